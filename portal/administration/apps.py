"""App configuration."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "portal.administration"
    label = "administration"
    verbose_name = "系统管理"
