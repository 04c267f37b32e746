"""The catalogue of goods: what is registered when the program starts."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "daifuku.catalog"
    label = "catalog"
    verbose_name = "商品"

    def ready(self) -> None:
        """Nothing yet."""
