"""App configuration."""

from django.apps import AppConfig
from django.core import checks


class MessagingConfig(AppConfig):
    name = "portal.messaging"
    label = "messaging"
    verbose_name = "消息"

    def ready(self) -> None:
        from portal.messaging.checks import check_gateway

        checks.register(check_gateway, checks.Tags.security, deploy=True)
