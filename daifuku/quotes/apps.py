"""Quotes: what is registered when the program starts."""

from django.apps import AppConfig


class QuotesConfig(AppConfig):
    name = "daifuku.quotes"
    label = "quotes"
    verbose_name = "見積"

    def ready(self) -> None:
        """Nothing yet."""
