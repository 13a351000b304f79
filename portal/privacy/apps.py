"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "portal.privacy"
    label = "privacy"
    verbose_name = "个人信息保护"

    def ready(self) -> None:
        autodiscover_modules("rotations")
