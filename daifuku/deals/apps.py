"""Deals: what is registered when the program starts."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "daifuku.deals"
    label = "deals"
    verbose_name = "商談"

    def ready(self) -> None:
        """Nothing yet."""
