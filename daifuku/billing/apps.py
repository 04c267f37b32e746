"""Billing: what is registered when the program starts."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "daifuku.billing"
    label = "billing"
    verbose_name = "請求と入金"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from daifuku.billing import (
            bound,
            demo,
            drawing,
            erasing,
            events,
            menu,
            panels,
            paper,
            payments_ready,
            state,
        )
        from daifuku.billing.actions import closing
        from daifuku.billing.models import Invoice
        from daifuku.billing.objects.invoice import INVOICE
        from daifuku.catalog.openness import AS_OPEN
        from daifuku.customers.demo import CHAPTERS
        from daifuku.documents.kinds import PaperKind
        from daifuku.documents.kinds import register as register_paper
        from daifuku.jobs import handlers
        from daifuku.orders import state as orders_state
        from daifuku.records.actions import erasing as records_erasing
        from daifuku.records.catalogue import registry
        from daifuku.staff.shipped import EVERYTHING, GRANTS

        registry.register(INVOICE)
        register_paper(
            PaperKind(
                paper.KEY, _("請求書"), "I{YYYY}-{NNNNN}", "invoice", 50, ("lines", "total"),
                "下記のとおりご請求申し上げます。",
            )
        )  # fmt: skip
        AS_OPEN.append(Invoice)
        # Whoever keeps the books bills, and writes down what comes in.
        for key in ("invoice", "payment"):
            GRANTS.setdefault("accountant", {})[key] = EVERYTHING | {"delete": "own"}
        orders_state.FURTHER.append(state.invoiced)
        handlers.register(drawing.JOB, drawing.run, cancellable=True)
        handlers.register(closing.JOB, closing.run, cancellable=True)
        if erasing.forget_addresses not in records_erasing.also_erase:
            records_erasing.also_erase += [erasing.forget_addresses, erasing.forget_payer]
            records_erasing.say_before.append(erasing.say)
        CHAPTERS.update(invoices=demo.invoices)
        bound.register()
        events.register()
        menu.register()
        panels.register()
        payments_ready.register()
