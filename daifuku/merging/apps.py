"""Merging: what is registered when the program starts."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "daifuku.merging"
    label = "merging"
    verbose_name = "統合"

    def ready(self) -> None:
        from daifuku.merging import ways

        ways.register()
