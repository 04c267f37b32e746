"""What is no record and moves: series of plans, views that all use, duties of a rule. One line each way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.activities.models import Series
from daifuku.duties.actions.snoozing import hand_on
from daifuku.duties.models import Duty
from daifuku.duties.showing import lines_of
from daifuku.duties.whose import people_seen
from daifuku.foundation.errors import ChangedSince, DomainError, Forbidden
from daifuku.handover.movers import Found, Mover, Refused
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.models import View
from daifuku.records.scope import seen_of_kinds
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

# Whoever was there enters his own visit; what is asked about a customer, or by a rule, goes with the customer.
NOT_HIS_VISIT = Q(weight=0) | Q(origin__startswith="rule:")


@dataclass(frozen=True)
class Rows:
    """How one kind of rows is asked and told whose it is. `key` is what the line in the ledger says."""

    key: str
    model: Any
    whose: Callable[[Any], int | None]
    give: Callable[[Any, int], None]


def _series_owner(series: Series) -> int | None:
    owner: int | None = series.pattern.get("owner")
    return owner


def _give_series(series: Series, person: int) -> None:
    """What is made from now on is the successor's; by whose right it is made goes along, as he may leave."""
    series.pattern = {**series.pattern, "owner": person}
    series.save(update_fields=["pattern"])


def _view_owner(view: View) -> int | None:
    return view.owner_id


def _give_view(view: View, person: int) -> None:
    view.owner_id = person
    view.version += 1
    view.save(update_fields=["owner", "version"])


ROWS = {
    "series": Rows("series", Series, _series_owner, _give_series),
    "view": Rows("view", View, _view_owner, _give_view),
}


def move_rows(key: str, keys: Sequence[int], giver: Person, to: Person, by: Person) -> list[Refused]:
    """Those that are still the giver's; one line for all of them."""
    rows, moved = ROWS[key], []
    with ledger.writing():
        for row in rows.model.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
            if rows.whose(row) == giver.pk:
                rows.give(row, to.pk)
                moved.append(row.pk)
        if moved:
            data = {"rows": key, "keys": moved, "from": giver.pk, "to": to.pk}
            about = [ledger.About("person", giver.pk), ledger.About("person", to.pk, "related")]
            ledger.record("handover.rows_moved", by=by, about=about, data=data)
    return []


def undo_rows(event: Event, by: Person) -> Undone:
    """What somebody else has since is left with him."""
    rows, undone, seen = ROWS[event.data["rows"]], Undone(), people_seen(viewer_of(by))
    if seen is not None and event.data["from"] not in seen and event.actor_id != by.pk:
        raise Forbidden
    with ledger.writing():
        for row in rows.model.objects.select_for_update().filter(pk__in=event.data["keys"]).order_by("pk"):
            if rows.whose(row) == event.data["to"]:
                rows.give(row, event.data["from"])
                undone.done += 1
            else:
                undone.kept.append((row.pk, str(_("その後に変更されています"))))
        if not undone.done:
            raise ChangedSince
        ledger.record("handover.rows_back", by=by, data={"rows": event.data["rows"]}, undoes=event)
    return undone


def series() -> Mover:
    """Plans that are made night by night: without this they would go on being the predecessor's."""

    def find(giver: Person, viewer: Viewer) -> Iterable[Found]:
        found = []
        for row in Series.objects.filter(ended_at__isnull=True, pattern__owner=giver.pk).order_by("pk"):
            links = [(name, row.pattern.get(name)) for name in ("account", "lead")]
            found.append(Found(row.pk, next(((name, key) for name, key in links if key is not None), None)))
        seen = seen_of_kinds((each.customer for each in found if each.customer), viewer)
        return [each for each in found if each.customer is None or each.customer in seen]

    def names(keys: Sequence[int], viewer: Viewer) -> list[tuple[str, str]]:
        return [(str(row), "") for row in Series.objects.filter(pk__in=keys).order_by("pk")]

    def move(keys: Sequence[int], giver: Person, to: Person, by: Person) -> list[Refused]:
        return move_rows("series", keys, giver, to, by)

    return Mover("series", _("繰り返しの予定"), find, names, move, 45)


def views() -> Mover:
    """Views that he showed to others: whoever takes over keeps them; his own stay his."""

    def find(giver: Person, viewer: Viewer) -> Iterable[Found]:
        if viewer.pk != giver.pk and not viewer.has_power("staff"):
            return []
        used = Q(shared=True) | Q(guests__isnull=False)
        rows = View.objects.filter(used, owner=giver, trashed_at__isnull=True)
        return [Found(pk) for pk in rows.order_by("pk").values_list("pk", flat=True).distinct()]

    def names(keys: Sequence[int], viewer: Viewer) -> list[tuple[str, str]]:
        return [(row.name, "") for row in View.objects.filter(pk__in=keys).order_by("pk")]

    def move(keys: Sequence[int], giver: Person, to: Person, by: Person) -> list[Refused]:
        return move_rows("view", keys, giver, to, by)

    return Mover("view", _("共有しているビュー"), find, names, move, 80)


def duties() -> Mover:
    """What he has still to enter: the successor does it, and it is measured where it was."""

    def find(giver: Person, viewer: Viewer) -> Iterable[Found]:
        rows = Duty.objects.visible_to(viewer).waiting().of(giver.pk).filter(NOT_HIS_VISIT).order_by("pk")
        found = []
        for pk, kind, key in rows.values_list("pk", "subject_object", "subject_id"):
            customer = (kind, key) if key is not None and kind in {"account", "lead"} else None
            found.append(Found(pk, customer))
        return found

    def names(keys: Sequence[int], viewer: Viewer) -> list[tuple[str, str]]:
        rows = Duty.objects.visible_to(viewer).filter(pk__in=keys).order_by("pk")
        return [(line.name, line.duty.get_absolute_url()) for line in lines_of(rows, viewer, moment())]

    def move(keys: Sequence[int], giver: Person, to: Person, by: Person) -> list[Refused]:
        refused: list[Refused] = []
        for duty in Duty.objects.visible_to(viewer_of(by)).waiting().of(giver.pk).filter(pk__in=keys):
            try:
                hand_on(duty, to, str(_("引き継ぎ")), by=by)
            except DomainError as error:
                refused.append((duty.pk, str(error.message)))
        return refused

    return Mover("duty", _("やり残し"), find, names, move, 70)
