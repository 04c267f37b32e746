"""Orders: what is registered when the program starts."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "daifuku.orders"
    label = "orders"
    verbose_name = "受注"

    def ready(self) -> None:
        """Nothing yet."""
