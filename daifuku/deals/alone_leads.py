"""放置 of leads: with whom nobody has spoken, and whom somebody wanted to ask again. Kept on the lead, as on deals.

Looked at when a lead, or a talk, plan, task or deal of it, is saved, and every morning, because time passes by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Lead
from daifuku.deals.alone import MANY, PIECE, Limits, Reason, after, concerned, keep, limits
from daifuku.deals.models import Deal
from daifuku.deals.models.deal import RUNNING
from daifuku.foundation.portions import pieces
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

# Nobody has decided about them yet; who is nurtured or was given up waits for the day to ask again.
WAITING = ("", "new", "working", "qualified")
CLEARS = {
    "ask_again": _("お客様と話して取引を記録するか、「いつまた声をかけるか」を新しい日にすると消えます。"),
    "card": _("取引を記録するか、予定や「いつまた声をかけるか」を入れると消えます。"),
    "quiet": _("取引を記録するか、予定や「いつまた声をかけるか」を入れると消えます。"),
}


@dataclass(frozen=True)
class Contacts:
    """`last` is the day of the last talk, `ahead` whether a plan or task is still to come."""

    last: date | None = None
    ahead: bool = False


# What was spoken and planned with each lead by key; filled by the room that knows talks.
contacts: list[Callable[[Sequence[Lead], date], Mapping[int, Contacts]]] = []


def reasons(leads: Sequence[Lead], today: date, limits: Limits) -> dict[int, list[Reason]]:
    """Of each lead by key, the gravest first; a few questions however many there are."""
    known: dict[int, Contacts] = {}
    for ask in contacts:
        known |= ask(leads, today)
    rows = Deal.plain.filter(lead__in=[lead.pk for lead in leads], state__in=RUNNING, trashed_at__isnull=True)
    sold = set(rows.order_by().values_list("lead_id", flat=True))
    found: dict[int, list[Reason]] = {}
    for lead in leads:
        kept = lead.trashed_at is None and lead.converted_at is None
        told = _of(lead, known.get(lead.pk, Contacts()), lead.pk in sold, today, limits) if kept else ()
        found[lead.pk] = list(told)
    return found


def _of(lead: Lead, known: Contacts, sold: bool, today: date, limits: Limits) -> Iterator[Reason]:
    """What is said of a running deal stands on the deal."""
    if lead.ask_again_on is not None:
        if lead.ask_again_on <= today and (known.last is None or known.last < lead.ask_again_on):
            yield Reason("ask_again", lead.ask_again_on)
            return
        if lead.ask_again_on > today:
            return
    if sold or known.ahead or lead.status not in WAITING:
        return
    if known.last is None:
        begun = timezone.localtime(lead.created_at).date()
        yield from after("card", begun, limits.days["card"], today)
    else:
        yield from after("quiet", known.last, limits.days["lead_quiet"], today)


def look_at(leads: Sequence[Lead], today: date, known: Limits | None = None) -> int:
    """Keeps on each lead what holds now; how many are others than before. Nobody did it: no line, the same version."""
    found, changed = reasons(leads, today, known or limits()), 0
    for lead in leads:
        first = found[lead.pk][0] if found[lead.pk] else None
        changed += keep(lead, first.key, first.since) if first else keep(lead, "", None)
    return changed


def look_again(keys: Iterable[int]) -> None:
    """Something about these leads was recorded: a talk, a plan, a deal."""
    rows = list(Lead.plain.filter(pk__in=set(keys)))
    if rows:
        look_at(rows, timezone.localdate())


def after_save(saved: Saved, by: Person) -> None:
    """Many at once wait for the morning."""
    leads = concerned(saved)
    if leads and len(leads) <= MANY:
        look_at(leads, timezone.localdate())


def after_deals(saved: Saved, by: Person) -> None:
    """A deal that begins or ends says whether its lead is looked after."""
    keys = {deal.lead_id for deal, changed in saved if deal.lead_id and changed & {"lead", "stage", "state"}}
    if keys and len(saved) <= MANY:
        look_again(keys)


def look_at_all() -> int:
    """Every morning, in short pieces, so that nobody waits."""
    today, known = timezone.localdate(), limits()
    wanted = Q(status__in=WAITING) | Q(ask_again_on__lte=today) | ~Q(alone="")
    rows = Lead.plain.filter(wanted, trashed_at__isnull=True)
    return sum(look_at(piece, today, known) for piece in pieces(rows, PIECE))
