"""Conversion: what is registered when the program starts."""

from django.apps import AppConfig


class ConversionConfig(AppConfig):
    name = "daifuku.conversion"
    label = "conversion"
    verbose_name = "取引の開始"

    def ready(self) -> None:
        """Nothing yet."""
