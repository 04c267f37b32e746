"""Rules: what is registered when the program starts."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "daifuku.rules"
    label = "rules"
    verbose_name = "運用ルール"

    def ready(self) -> None:
        """Nothing yet."""
