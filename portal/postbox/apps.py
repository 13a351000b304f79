"""App configuration."""

from django.apps import AppConfig


class PostboxConfig(AppConfig):
    name = "portal.postbox"
    label = "postbox"
    verbose_name = "收信"
