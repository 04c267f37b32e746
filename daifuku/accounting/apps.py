"""Accounting: what is registered when the program starts."""

from django.apps import AppConfig


class AccountingConfig(AppConfig):
    name = "daifuku.accounting"
    label = "accounting"
    verbose_name = "会計連携"

    def ready(self) -> None:
        """Nothing yet."""
