"""Passing: what is registered when the program starts."""

from django.apps import AppConfig


class PassingConfig(AppConfig):
    name = "daifuku.passing"
    label = "passing"
    verbose_name = "営業への引き渡し"

    def ready(self) -> None:
        """Nothing yet."""
