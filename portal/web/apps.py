"""App configuration: a check of the production cache."""

from django.apps import AppConfig
from django.core import checks


class PortalWebConfig(AppConfig):
    name = "portal.web"
    label = "portal_web"
    verbose_name = "页面"

    def ready(self) -> None:
        from portal.web.checks import check_redis

        checks.register(check_redis, checks.Tags.security, deploy=True)
