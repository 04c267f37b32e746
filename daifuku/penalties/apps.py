"""Penalties: what is registered when the program starts."""

from django.apps import AppConfig


class PenaltiesConfig(AppConfig):
    name = "daifuku.penalties"
    label = "penalties"
    verbose_name = "入力漏れの台帳"

    def ready(self) -> None:
        """Nothing yet."""
