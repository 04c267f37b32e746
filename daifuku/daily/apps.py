"""Daily: what is registered when the program starts."""

from django.apps import AppConfig


class DailyConfig(AppConfig):
    name = "daifuku.daily"
    label = "daily"
    verbose_name = "日報"

    def ready(self) -> None:
        """Nothing yet."""
