"""Accounting: what is registered when the program starts."""

from django.apps import AppConfig


class AccountingConfig(AppConfig):
    name = "daifuku.accounting"
    label = "accounting"
    verbose_name = "会計連携"

    def ready(self) -> None:
        from daifuku.accounting import closing, events, menu
        from daifuku.billing.actions.issuing import OPEN_PERIOD
        from daifuku.billing.objects.payment import PAYMENT

        OPEN_PERIOD.append(closing.need_open)
        PAYMENT.checks.append(closing.payment_open)
        PAYMENT.bound.append(closing.payment_bound)
        PAYMENT.bound_back.append(closing.payment_bound)
        events.register()
        menu.register()
