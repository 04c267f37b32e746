"""Minutes: what is registered when the program starts."""

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "daifuku.minutes"
    label = "minutes"
    verbose_name = "議事録"

    def ready(self) -> None:
        """Nothing yet."""
