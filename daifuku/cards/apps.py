"""Cards: what is registered when the program starts."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "daifuku.cards"
    label = "cards"
    verbose_name = "名刺"

    def ready(self) -> None:
        """Nothing yet."""
