"""App configuration."""

from django.apps import AppConfig


class PortalWebConfig(AppConfig):
    name = "portal.web"
    label = "portal_web"
    verbose_name = "页面"
