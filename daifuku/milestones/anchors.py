"""From which days milestones are reckoned, and how they follow when such a day moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.ledger import writing as ledger
from daifuku.milestones.models import Milestone
from daifuku.milestones.objects.milestone import MILESTONE, keeper_of
from daifuku.records import derived
from daifuku.records.actions.editing import apply, stamp
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.object_type import Saved
from daifuku.records.formulas.filling import fill
from daifuku.records.formulas.spreading import spread
from daifuku.staff.models import Person

# By kind of record: (key, label, attribute).
ANCHORS: dict[str, tuple[tuple[str, Any, str], ...]] = {
    "deal": (
        ("begun", _("商談を登録した日"), "created_at"),
        ("close_on", _("受注予定日"), "close_on"),
    ),
    "order": (("ordered_on", _("受注日"), "ordered_on"), ("due_on", _("納期"), "due_on")),
}
LABELS = {key: label for anchors in ANCHORS.values() for key, label, _attribute in anchors}


def day_of(record: Any, anchor: str) -> date | None:
    """The day itself; None where the record does not say it yet."""
    for key, _label, attribute in ANCHORS[record.object_key]:
        if key == anchor:
            found = getattr(record, attribute)
            return timezone.localtime(found).date() if attribute == "created_at" else found
    return None


def reckoned(record: Any, anchor: str, days: int, today: date) -> date:
    """From today on where the day is not known yet."""
    return (day_of(record, anchor) or today) + timedelta(days=days)


def follow_days(saved: Saved, by: Person) -> None:
    """After a deal or an order got another day: what was reckoned from it and nobody has moved himself moves along."""
    for record, changed in saved:
        moved = [key for key, _label, attribute in ANCHORS[record.object_key] if attribute in changed]
        if not moved or record.version == 1:
            continue
        rows = Milestone.plain.filter(
            **{record.object_key: record}, anchor__in=moved, done_on__isnull=True, trashed_at__isnull=True
        )
        for milestone in rows.order_by("pk"):
            _move(milestone, record, by)


def _move(milestone: Any, record: Any, by: Person) -> None:
    """It follows whoever moved the day, also where he may not change milestones himself."""
    day = day_of(record, milestone.anchor)
    if day is None or day + timedelta(days=milestone.days) == milestone.due_on:
        return
    done = apply(
        milestone, {"due_on": day + timedelta(days=milestone.days)}, vocabulary.fields_of("milestone")
    )
    milestone.moved_along = True
    MILESTONE.prepare(milestone, frozenset(done))
    fill(MILESTONE, milestone)
    stamp(milestone)
    milestone.save()
    derived.keep(MILESTONE, [milestone])
    MILESTONE.follow([(milestone, frozenset(done))], by)
    spread(MILESTONE, [(milestone, done)])
    about_it = about(MILESTONE, milestone)
    ledger.record(MILESTONE.event("edited"), by=by, about=about_it, data={"changes": done})


def follow_rights(saved: Saved, by: Person) -> None:
    """After a deal or an order became more or less open: its milestones are as open as it is. Those of an order are of
    its deal as well, whichever that is."""
    for record, changed in saved:
        if record.object_key == "order" and record.version > 1 and "deal" in changed:
            Milestone.plain.filter(order=record).update(deal=record.deal_id)
        if record.version > 1 and changed & {"owner", "team", "privacy", "account", "contact", "lead"}:
            _as_open(Milestone.plain.filter(**{record.object_key: record}), record)


def _as_open(rows: Any, record: Any) -> None:
    if record.object_key == "deal":
        rows = rows.filter(order__isnull=True)
    rows.update(
        account=record.account_id, team=record.team_id, privacy=record.privacy, keeper=keeper_of(record)
    )  # fmt: skip


def follow_deals(keys: Sequence[int]) -> None:
    """After deals became as closed as their customers, or open again."""
    rows = Milestone.plain.filter(deal__in=keys, order__isnull=True).select_related("deal")
    for milestone in rows:
        _as_open(Milestone.plain.filter(pk=milestone.pk), milestone.deal)


def follow_accounts(saved: Saved, by: Person) -> None:
    """After a customer became more or less open: orders follow him by themselves, and their milestones with them."""
    keys = [a.pk for a, changed in saved if a.version > 1 and changed & {"owner", "team", "privacy"}]
    rows: Iterable[Milestone] = Milestone.plain.filter(account__in=keys, order__isnull=False) if keys else ()
    for milestone in rows:
        _as_open(Milestone.plain.filter(pk=milestone.pk), milestone.order)
