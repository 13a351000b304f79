"""App configuration: only a command, above the faces that it looks at."""

from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "portal.city"
    label = "city"
    verbose_name = "演示城市"
