"""App configuration: a production portal without a virus scanner says so."""

from django.apps import AppConfig
from django.core import checks


class FilesConfig(AppConfig):
    name = "portal.files"
    label = "files"
    verbose_name = "文件"

    def ready(self) -> None:
        from portal.files.settings_checks import check_scanner

        checks.register(check_scanner, checks.Tags.security, deploy=True)
