"""Handover: what is registered when the program starts."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "daifuku.handover"
    label = "handover"
    verbose_name = "引き継ぎ"

    def ready(self) -> None:
        """Nothing yet."""
