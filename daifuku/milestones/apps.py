"""Milestones: what is registered when the program starts."""

from django.apps import AppConfig


class MilestonesConfig(AppConfig):
    name = "daifuku.milestones"
    label = "milestones"
    verbose_name = "節目"

    def ready(self) -> None:
        """Nothing yet."""
