"""Duties: what is registered when the program starts."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "daifuku.duties"
    label = "duties"
    verbose_name = "入力の約束"

    def ready(self) -> None:
        """Nothing yet."""
