"""What moves, of the rooms below: asked when it is wanted, as their objects are registered after this room."""

from __future__ import annotations

from django.db.models import Q

from daifuku.handover import movers


def whenever_ready() -> None:
    movers.late = fill


def fill() -> None:
    from daifuku.activities.models.plan import OPEN
    from daifuku.deals.models.deal import RUNNING
    from daifuku.handover import deciding
    from daifuku.handover.movers import naming, rows
    from daifuku.handover.movers.records import records
    from daifuku.orders.models import order
    from daifuku.quotes.models import quote
    from daifuku.voices.models.voice import CLOSED

    movers.register(
        records("account", order=10),
        records("lead", order=15),
        records("contact", order=20),
        records("deal", only=Q(state__in=RUNNING), order=22),
        records("quote", only=Q(state__in=[*quote.OPEN, quote.ASKED, quote.ISSUED]), order=24),
        records("purchase", only=Q(state__in=order.OPEN), order=28),
        records("task", only=Q(done_at__isnull=True), order=30),
        records("plan", only=Q(state__in=OPEN), order=40),
        records("order", only=~Q(state__in=("paid", "cancelled")), order=45),
        rows.series(),
        records("voice", field="solver", only=~Q(state__in=CLOSED), order=50),
        rows.duties(),
        rows.views(),
        naming.memberships(),
        naming.entry_rules(),
        naming.lead_rules(),
    )
    deciding.register_all()
