"""App configuration."""

from django.apps import AppConfig


class PortalApiConfig(AppConfig):
    name = "portal.api"
    label = "portal_api"
    verbose_name = "接口"
