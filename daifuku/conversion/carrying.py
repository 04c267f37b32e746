"""What hangs on a lead follows it to the customer, row by row with what stood there before, so that it can come back.

Records that name the lead (talks, plans, tasks, deals, wishes) keep naming it, so that reports on leads stay true, and
get the customer's firm, person and deal beside it. Companions (comments, files, tags, followers, shares) move: each has
one record. Rooms above add kinds of their own with `register` from `apps.ready()`.

A merge moves by `records.hanging`: from one record to another of its kind, all that hangs on it, by the columns that
lead there. Here nothing loses its lead, other columns are filled, only where they are empty, and each kind goes where
the firm's setting says, or stays: what the two have in common is too little for one way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.activities.models import Series
from daifuku.customers.models import Lead
from daifuku.messages.models import Watch
from daifuku.records.actions.writing_back import before, write_back
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.formulas.spreading import spread
from daifuku.records.models import Attachment, Comment, Mark, Share, Tagging
from daifuku.staff.models import Person

STAY, FOLLOW = "stay", "follow"
COLUMNS = ("account_id", "contact_id", "deal_id")
# What else a talk takes over from its customer.
BESIDE = ("team_id", "privacy", "keeper_id")
# [key, {column: [old, new]}]
Row = list[Any]
Target = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """`carry(lead, target, word, by)` does it, `target` being {account, contact, deal: record or None} and `word` what
    the setting says, and returns what stood there; `back(rows, by)` puts that back and returns the keys of those that
    were changed since. `count(lead)` says how many there are, `among(leads)` which of these have any, by key.
    `choices` are the words that the setting may have."""

    key: str
    label: Any
    count: Callable[[Lead], int]
    carry: Callable[[Lead, Target, str, Person], list[Row]]
    back: Callable[[list[Row], Person], list[int]]
    among: Callable[[Collection[int]], set[int]]
    usual: str = FOLLOW
    choices: tuple[str, ...] = (FOLLOW, STAY)


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    for kind in kinds:
        _kinds[kind.key] = kind


def every() -> list[Kind]:
    """Records first: they are what people look for."""
    if "comment" not in _kinds:
        register(*_records(), _series(), *_companions())
    return list(_kinds.values())


def way_of(kind: Kind, settled: Mapping[str, str]) -> str:
    """What the firm has settled for this kind, where that can still be done."""
    word = settled.get(kind.key, kind.usual)
    return word if word in kind.choices else kind.usual


def hung_on(leads: Collection[int]) -> dict[str, set[int]]:
    """By kind the leads on which something of it hangs: many are asked about at once."""
    return {kind.key: kind.among(leads) for kind in every()}


def carry_all(
    lead: Lead, target: Target, settled: Mapping[str, str], by: Person, hung: Mapping[str, set[int]] | None = None
) -> dict[str, list[Row]]:  # fmt: skip
    """Call inside the transaction of the conversion. `hung` is what `hung_on` has answered in it."""
    found = {}
    for kind in every():
        if hung is not None and lead.pk not in hung[kind.key]:
            continue
        word = way_of(kind, settled)
        rows = kind.carry(lead, target, word, by) if word != STAY else []
        if rows:
            found[kind.key] = rows
    return found


def back_all(carried: Mapping[str, list[Row]], by: Person) -> dict[str, list[int]]:
    """Puts all of it back; returns the keys of what was changed since, which stays as it is."""
    kinds = {kind.key: kind for kind in every()}
    kept = {key: kinds[key].back(rows, by) for key, rows in carried.items() if key in kinds}
    return {key: rows for key, rows in kept.items() if rows}


def _records() -> list[Kind]:
    return [_of_records(each) for each in registry.every() if _names_leads(each.model)]


def _names_leads(model: Any) -> bool:
    names = {field.name: field for field in model._meta.concrete_fields}
    return "lead" in names and names["lead"].related_model is Lead and "account" in names


def _of_records(object_type: Any) -> Kind:
    model, key = object_type.model, object_type.key
    label = lazy(lambda: registry.get(key).names, str)()
    return Kind(
        key,
        label,
        lambda lead: model.plain.filter(lead=lead, trashed_at__isnull=True).count(),
        partial(_carry_records, object_type),
        partial(_records_back, object_type),
        lambda leads: _column(model.plain.filter(lead__in=leads), "lead"),
    )


def _column(rows: Any, name: str) -> set[int]:
    return set(rows.order_by().values_list(name, flat=True).distinct())


def _carry_records(object_type: Any, lead: Lead, target: Target, word: str, by: Person) -> list[Row]:
    model = object_type.model
    rows = model.plain.select_for_update(of=("self",), no_key=True).filter(lead=lead).order_by("pk")
    own = {field.attname for field in model._meta.concrete_fields}
    changed: list[tuple[Any, dict[str, Any]]] = []
    for record in rows:
        old = before(record)
        _put(object_type, record, target, own)
        if any(record.__dict__[name] != old[name] for name in own):
            changed.append((record, old))
    kept = [
        [record.pk, {n: [old[n], record.__dict__[n]] for n in own if record.__dict__[n] != old[n]}]
        for record, old in changed
    ]
    _write(object_type, changed, by)
    return kept


def _put(object_type: Any, record: Any, target: Target, own: set[str]) -> None:
    """Fills in the customer where none was named; then it is as open as that customer."""
    before = record.account_id
    for column in COLUMNS:
        wanted = target[column.removesuffix("_id")]
        if column in own and wanted is not None and record.__dict__[column] is None:
            setattr(record, column.removesuffix("_id"), wanted)
    if record.account_id != before:
        object_type.prepare(record, frozenset({"account"}))


def _records_back(object_type: Any, rows: list[Row], by: Person) -> list[int]:
    wanted: dict[Any, Any] = dict(rows)
    found = object_type.model.plain.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted)
    changed, since = [], []
    for record in found.order_by("pk"):
        old, columns = before(record), wanted[record.pk]
        if any(record.__dict__[name] != columns[name][1] for name in columns if name not in BESIDE):
            since.append(record.pk)
            continue
        for name, (was, _now) in columns.items():
            setattr(record, name, was)
        changed.append((record, old))
    _write(object_type, changed, by)
    return since


def _write(object_type: Any, changed: list[tuple[Any, dict[str, Any]]], by: Person) -> None:
    """What follows from it follows: the deal's next step, sums over a customer's talks."""
    if not changed:
        return
    write_back(object_type.model, changed)
    fields = vocabulary.fields_of(object_type.key)
    names = [name for name in ("account", "contact", "deal") if name in fields]
    saved: list[tuple[Any, dict[str, list[Any]]]] = []
    for record, old in changed:
        done: dict[str, list[Any]] = {
            name: [_link(old[f"{name}_id"]), _link(record.__dict__[f"{name}_id"])]
            for name in names
            if old[f"{name}_id"] != record.__dict__[f"{name}_id"]
        }
        saved.append((record, done))
    object_type.follow([(record, frozenset(done)) for record, done in saved], by)
    spread(object_type, saved)


def _link(key: int | None) -> dict[str, Any] | None:
    return None if key is None else {"id": key}


def _series() -> Kind:
    """Plans that come again: those that are made from now on are with the customer."""

    running = Series.objects.filter(ended_at__isnull=True)

    def of(lead: Lead) -> Any:
        return running.filter(pattern__lead=lead.pk).order_by("pk")

    def carry(lead: Lead, target: Target, word: str, by: Person) -> list[Row]:
        rows: list[Row] = []
        for series in of(lead).select_for_update():
            more = {
                name: record.pk
                for name, record in target.items()
                if record is not None and not series.pattern.get(name)
            }
            rows.append([series.pk, {"pattern": [series.pattern, {**series.pattern, **more}]}])
            series.pattern = {**series.pattern, **more}
            series.save(update_fields=["pattern"])
        return rows

    return Kind(
        "series", _("繰り返しの予定"), lambda lead: of(lead).count(), carry, partial(_rows_back, Series),
        lambda leads: _column(running.filter(pattern__lead__in=list(leads)), "pattern__lead"),
    )  # fmt: skip


def _companions() -> list[Kind]:
    at = ("account", "contact", "deal", STAY)
    marks = Mark.objects.exclude(kind=Mark.Kind.SEEN)
    plain = Share.objects.filter(role="")
    return [
        _companion("comment", _("コメント"), Comment.objects.all(), (), at),
        _companion("file", pgettext_lazy("many", "ファイル"), Attachment.objects.all(), (), at),
        _companion("tag", _("タグ"), Tagging.objects.all(), ("tag_id",), at),
        _companion("mark", _("フォローとお気に入り"), marks, ("person_id", "kind"), at),
        _companion("share", _("共有"), plain, ("person_id", "team_id"), at),
        _companion("watch", _("お客様まるごとのフォロー"), Watch.objects.all(), ("person_id",), ("account", STAY)),
    ]  # fmt: skip


def _companion(key: str, label: Any, rows: models.QuerySet[Any], alike: tuple[str, ...], at: Any) -> Kind:
    """`alike` are the columns by which a record has one of them only: what is there already is not moved."""

    def of(record: Any) -> Any:
        return rows.filter(object=record.object_key, record_id=record.pk).order_by("pk")

    def carry(lead: Lead, target: Target, word: str, by: Person) -> list[Row]:
        there = target[word] or target["account"] or target["contact"]
        if there is None:
            return []
        known = set(of(there).values_list(*alike)) if alike else set()
        moving = [row for row in of(lead) if not alike or tuple(getattr(row, n) for n in alike) not in known]
        rows.model.objects.filter(pk__in=[row.pk for row in moving]).update(
            object=there.object_key, record_id=there.pk
        )
        change = {"object": [lead.object_key, there.object_key], "record_id": [lead.pk, there.pk]}
        return [[row.pk, change] for row in moving]

    usual = "contact" if key == "tag" else "account"
    return Kind(
        key,
        label,
        lambda lead: of(lead).count(),
        carry,
        partial(_companions_back, rows.model, alike),
        lambda leads: _column(rows.filter(object="lead", record_id__in=leads), "record_id"),
        usual,
        at,
    )


def _companions_back(model: Any, alike: tuple[str, ...], rows: list[Row], by: Person) -> list[int]:
    """All at once: they stood on one record, and stand on one now."""
    if not rows:
        return []
    change = rows[0][1]
    here = {name: new for name, (_old, new) in change.items()}
    back = {name: old for name, (old, _new) in change.items()}
    found = list(model.objects.filter(pk__in=[key for key, _change in rows], **here))
    if alike:
        there = set(model.objects.filter(**back).values_list(*alike))
        found = [row for row in found if tuple(getattr(row, name) for name in alike) not in there]
    model.objects.filter(pk__in=[row.pk for row in found]).update(**back)
    moved = {row.pk for row in found}
    return [key for key, _change in rows if key not in moved]


def _rows_back(model: Any, rows: list[Row], by: Person) -> list[int]:
    """Where it still stands as it was put."""
    since = []
    for key, columns in rows:
        row = model.objects.select_for_update().filter(pk=key).first()
        if row is None or any(getattr(row, name) != new for name, (_old, new) in columns.items()):
            since.append(key)
            continue
        for name, (old, _new) in columns.items():
            setattr(row, name, old)
        row.save(update_fields=list(columns))
    return since
