"""Distribution: what is registered when the program starts."""

from django.apps import AppConfig


class DistributionConfig(AppConfig):
    name = "daifuku.distribution"
    label = "distribution"
    verbose_name = "リードの振り分け"

    def ready(self) -> None:
        """Nothing yet."""
