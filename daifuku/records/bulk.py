"""The same done to many records: a few at once, thousands in a job with progress, all of it taken back together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import kinds
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records import conditions, undoing
from daifuku.records.actions import edit_many, tagging, trash_many
from daifuku.records.actions.cleaning import Cleaner
from daifuku.records.actions.many import Outcome
from daifuku.records.actions.saving import require
from daifuku.records.catalogue import registry
from daifuku.records.listing import Listing, query
from daifuku.records.models import Tag
from daifuku.records.rewriting import AT_ONCE, Told, nobody_asks
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

PIECE = 2000
REFUSED_SHOWN = 100
JOBS = ("records.bulk_edit", "records.bulk_assign", "records.bulk_tag", "records.bulk_trash")


@dataclass(frozen=True)
class Selection:
    """The records with these keys, or, without keys, all that a list with this condition and search shows."""

    object: str
    keys: tuple[int, ...] | None = None
    condition: Any = None
    search: str = ""

    def size(self, viewer: Viewer, most: int = 1_000_000) -> int:
        if self.keys is not None:
            return len(self.keys)
        return self.listing(viewer, timezone.localdate()).count(most)[0]

    def listing(self, viewer: Viewer, today: date) -> Listing:
        condition = conditions.parse(self.condition, self.object, viewer)
        return query(self.object, viewer, condition, self.search, today=today)

    def pieces(self, viewer: Viewer, today: date, after: int = 0) -> Iterator[list[int]]:
        """The keys in their order, so that a second attempt goes on behind the last one that was done."""
        while True:
            if self.keys is None:
                rows = self.listing(viewer, today).rows.filter(pk__gt=after).order_by("pk")
                piece = list(rows.values_list("pk", flat=True)[:PIECE])
            else:
                piece = sorted(key for key in set(self.keys) if key > after)[:PIECE]
            if not piece:
                return
            yield piece
            after = piece[-1]


@dataclass
class Begun:
    """`event` is the line by which all of it can be undone. Either it is done (`outcome`) or a `job` does it."""

    event: Event
    outcome: Outcome | None = None
    job: Job | None = None


def edit(selection: Selection, changes: Mapping[str, Any], *, by: Person, kind: str = JOBS[0]) -> Begun:
    """Makes the same changes to all of them. Raises Invalid (a value, or nothing to change), Forbidden."""
    viewer, object_type = viewer_of(by), registry.get(selection.object)
    require(viewer, object_type, "edit")
    if not changes:
        raise Invalid([FieldProblem("changes", _("変更する項目を選んでください。"), code="required")])
    cleaner = Cleaner(object_type, viewer)
    values = cleaner.changes(changes)
    kept = {key: cleaner.fields[key].type.to_json(value) for key, value in values.items()}
    names = _("、").join(cleaner.fields[key].name for key in kept)
    title = _("%(object)sの一括変更: %(fields)s") % {"object": object_type.name, "fields": names}
    return _begin(selection, kind, "bulk_edited", title, {"changes": kept}, names, by)


def assign(selection: Selection, person: Person, *, by: Person) -> Begun:
    """Puts this person in charge of all of them. Raises Invalid, Forbidden."""
    return edit(selection, {"owner": str(person.uid)}, by=by, kind="records.bulk_assign")


def trash(selection: Selection, *, by: Person) -> Begun:
    """Puts all of them into the trash. Raises Forbidden."""
    object_type = registry.get(selection.object)
    require(viewer_of(by), object_type, "delete")
    title = _("%(object)sをごみ箱へ") % {"object": object_type.name}
    return _begin(selection, "records.bulk_trash", "bulk_trashed", title, {}, "", by)


def tag(selection: Selection, name: str, *, by: Person, remove: bool = False) -> Begun:
    """Puts the tag on all of them, or takes it off. Raises Invalid, Forbidden."""
    object_type = registry.get(selection.object)
    require(viewer_of(by), object_type, "edit")
    found = tagging.tag_named(name, by=by)
    sentence = _("タグ「%(tag)s」を外す") if remove else _("タグ「%(tag)s」をつける")
    title = sentence % {"tag": found.name}
    work = {"tag": found.pk, "remove": remove}
    return _begin(selection, "records.bulk_tag", "bulk_edited", title, work, found.name, by)


def undo(event: Event, *, by: Person) -> Undone | Job:
    """As `undoing.undo`; what took a job takes one to undo as well."""
    how = kinds.get(event.kind).undo
    effects = Event.objects.filter(cause=event)
    if not isinstance(how, undoing.InTwoSteps) or effects.count() <= AT_ONCE:
        return undoing.undo(event, by=by)
    undoing.check(event)
    title = _("元に戻す: %(what)s") % {"what": event.data.get("title") or kinds.get(event.kind).label}
    with ledger.writing():
        return queue.enqueue("records.undo", {"event": event.pk}, by=by, title=title, key=f"undo:{event.pk}")


def run(running: Any) -> None:
    """The job. A batch that was done before a kill is found unchanged by the second attempt."""
    payload, by = running.payload, running.by
    selection = Selection(payload["object"], _keys(payload), payload["condition"], payload["search"])
    event = Event.objects.get(pk=payload["event"])
    viewer, today = viewer_of(by), date.fromisoformat(payload["today"])
    running.expect(payload["count"])
    result = running.result
    for name in ("done", "unchanged", "refused_count"):
        result.setdefault(name, 0)
    result.setdefault("refused", [])
    result["event"] = event.pk
    for piece in selection.pieces(viewer, today, running.state.get("after", 0)):
        if running.cancelled:
            return
        _note(
            result, _carry_out(selection.object, piece, payload["work"], event, by, running.advance), viewer
        )
        running.state["after"] = piece[-1]
        running.advance(0)


def run_undo(running: Any) -> None:
    """The job that takes a large change back."""
    event = Event.objects.get(pk=running.payload["event"])
    how = kinds.get(event.kind).undo
    assert isinstance(how, undoing.InTwoSteps)
    running.expect(Event.objects.filter(cause=event).count())
    with ledger.writing():
        if "line" not in running.state:
            undoing.check(event)
            running.state["line"] = how.begin(event, running.by).pk
        running.advance(0)
    line = Event.objects.get(pk=running.state["line"])
    undone = how.go_on(event, line, running.by, running.advance)
    running.result |= {"done": undone.done, "refused_count": len(undone.kept)}


def undo_address(job: Job) -> str:
    event = Event.objects.filter(pk=job.payload.get("event")).first()
    return reverse("records:undo", args=[event.pk]) if event and undoing.may_be_undone(event) else ""


def _begin(
    selection: Selection, kind: str, what: str, title: str, work: dict[str, Any], detail: str, by: Person
) -> Begun:
    viewer, today = viewer_of(by), timezone.localdate()
    count = selection.size(viewer)
    if not count:
        raise Conflict(_("対象の記録がありません。選び直してください。"), code="nothing_selected")
    event_kind = registry.get(selection.object).event(what)
    with ledger.writing():
        event = ledger.record(event_kind, by=by, data={"title": title, "name": detail, "count": count})
        job = None
        if count > AT_ONCE:
            payload = {
                "object": selection.object, "keys": selection.keys, "condition": selection.condition,
                "search": selection.search, "today": today.isoformat(), "count": count, "event": event.pk,
                "work": work,
            }  # fmt: skip
            job = queue.enqueue(kind, payload, by=by, title=title)
    if job is not None:
        return Begun(event, job=job)
    outcome = Outcome()
    for piece in list(selection.pieces(viewer, today)):
        done = _carry_out(selection.object, piece, work, event, by, nobody_asks)
        outcome.done += done.done
        outcome.unchanged += done.unchanged
        outcome.refused += done.refused
    return Begun(event, outcome)


def _carry_out(
    object_key: str, keys: list[int], work: Mapping[str, Any], event: Event, by: Person, told: Told
) -> Outcome:
    with through(cause=event):
        if "changes" in work:
            return edit_many(object_key, keys, work["changes"], by=by, told=told)
        if "tag" in work:
            found = Tag.objects.get(pk=work["tag"])
            verb = tagging.remove_tag_from_many if work["remove"] else tagging.put_tag_on_many
            return verb(object_key, keys, found, by=by, told=told)
        return trash_many(object_key, keys, by=by, told=told)


def _note(result: dict[str, Any], outcome: Outcome, viewer: Viewer) -> None:
    result["done"] += outcome.done
    result["unchanged"] += outcome.unchanged
    result["refused_count"] += len(outcome.refused)
    room = REFUSED_SHOWN - len(result["refused"])
    result["refused"] += [[key, error.message] for key, error in outcome.refused[:room]]


def _keys(payload: Mapping[str, Any]) -> tuple[int, ...] | None:
    return None if payload["keys"] is None else tuple(payload["keys"])
