"""Voices: what is registered when the program starts."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "daifuku.voices"
    label = "voices"
    verbose_name = "お客様の声"

    def ready(self) -> None:
        """Nothing yet."""
