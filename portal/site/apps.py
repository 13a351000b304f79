"""App configuration."""

from django.apps import AppConfig


class PortalSiteConfig(AppConfig):
    name = "portal.site"
    label = "portal_site"
    verbose_name = "门户"
