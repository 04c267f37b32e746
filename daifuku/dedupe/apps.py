"""Dedupe: what is registered when the program starts."""

from django.apps import AppConfig


class DedupeConfig(AppConfig):
    name = "daifuku.dedupe"
    label = "dedupe"
    verbose_name = "名寄せ"

    def ready(self) -> None:
        """Nothing yet."""
