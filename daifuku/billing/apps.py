"""Billing: what is registered when the program starts."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "daifuku.billing"
    label = "billing"
    verbose_name = "請求と入金"

    def ready(self) -> None:
        """Nothing yet."""
