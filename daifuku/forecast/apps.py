"""Forecast: what is registered when the program starts."""

from django.apps import AppConfig


class ForecastConfig(AppConfig):
    name = "daifuku.forecast"
    label = "forecast"
    verbose_name = "予実"

    def ready(self) -> None:
        from datetime import time, timedelta

        from daifuku.billing import settled
        from daifuku.billing.objects.invoice import INVOICE
        from daifuku.catalog.objects.product import PRODUCT
        from daifuku.customers.demo import CHAPTERS
        from daifuku.customers.objects.account import ACCOUNT
        from daifuku.deals import openness
        from daifuku.deals.actions import carrying, processes
        from daifuku.deals.objects.deal import DEAL
        from daifuku.forecast import booking, demo, events, keeping, menu, money, rights
        from daifuku.forecast.objects.target import TARGET
        from daifuku.jobs import schedule
        from daifuku.orders import state
        from daifuku.orders.objects.order import ORDER
        from daifuku.records.catalogue import registry

        registry.register(TARGET)
        rights.register()
        money.register_money()
        ACCOUNT.after_save.append(booking.accounts_saved)
        DEAL.after_save.append(booking.deals_saved)
        carrying.CARRIED.append(booking.deals_counted)
        openness.FOLLOWED.append(booking.deals_counted)
        ORDER.after_save.append(booking.orders_saved)
        processes.MEANS_OTHERWISE.append(booking.deals_counted)
        state.RECOUNTED.append(booking.orders_counted)
        settled.INVOICES.append(booking.invoices_counted)
        settled.PAYMENTS.append(booking.payments_counted)
        INVOICE.after_save.append(booking.invoices_saved)
        PRODUCT.after_save.append(booking.products_saved)
        minutes = timedelta(minutes=2)
        schedule.register(
            "forecast.fill", every=timedelta(seconds=30), run=booking.fill, wanted=booking.unfilled
        )
        schedule.register("forecast.renew", every=timedelta(days=1), at=time(3, 20), run=booking.renew)
        schedule.register(
            "forecast.together", every=minutes, run=booking.put_together, wanted=booking.scattered
        )
        schedule.register(
            "forecast.keep", every=timedelta(hours=1), run=keeping.keep_week, wanted=keeping.due
        )
        CHAPTERS.update(forecast=demo.targets)
        events.register()
        menu.register()
