"""App configuration."""

from django.apps import AppConfig


class HolidaysConfig(AppConfig):
    name = "portal.holidays"
    label = "holidays"
    verbose_name = "工作日历"
