"""Forecast: what is registered when the program starts."""

from django.apps import AppConfig


class ForecastConfig(AppConfig):
    name = "daifuku.forecast"
    label = "forecast"
    verbose_name = "予実"

    def ready(self) -> None:
        """Nothing yet."""
