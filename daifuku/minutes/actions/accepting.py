"""Of a line something is made: a task, the next plan, a customer's voice, a changed field; or it is taken as a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _

from daifuku.activities.models import Talk
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.minutes.found import Chip, customer_of, found_in
from daifuku.minutes.keeping import keep_minutes
from daifuku.minutes.models import Minutes
from daifuku.minutes.reading import Finding, lines
from daifuku.minutes.words import target_of
from daifuku.records.actions import create, edit, trash
from daifuku.records.actions.editing import locked
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.types.moment import TOKYO
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

MORNING = time(10)
# Others wait while they are written.
MOST_AT_ONCE = 100
# Quantities and names of products are read in passing; whoever wants them as facts takes them singly.
WORTH_ALL = (lines.TASK, lines.PLAN, lines.DECISION, lines.VOICE, lines.CHANGE, lines.AMOUNT)


def accept(talk: Talk, key: str, *, by: Person) -> Any:
    """The record that came of it, or None for a fact; what was accepted before is left as it is.

    Raises NotFound (no line says so any more), Invalid (the record lacks something), Forbidden.
    """
    return accept_many(talk, [key], by=by)[0]


def accept_many(talk: Talk, keys: Iterable[str] | None = None, *, by: Person) -> list[Any]:
    """Those lines, None for all of which nothing was made yet; a hundred at once, or none. Raises as `accept`."""
    with ledger.writing():
        held: Talk = locked(talk, viewer_of(by), "edit")
        chips = {chip.finding.key: chip for chip in found_in(held, viewer_of(by)).chips}
        if keys is None:
            open_ones = [
                key for key, c in chips.items() if c.accepted is None and c.finding.kind in WORTH_ALL
            ]
            keys = open_ones[:MOST_AT_ONCE]
        wanted = list(keys)
        if len(wanted) > MOST_AT_ONCE:
            sentence = _("一度に取り込めるのは%(most)s件までです。分けて取り込んでください。")
            raise Invalid([FieldProblem("keys", sentence % {"most": MOST_AT_ONCE}, code="too_many")])
        if not set(wanted) <= chips.keys():
            raise NotFound(_("この行は、もう議事録にありません。画面を開き直してください。"))
        return [_accept(held, chips[key], by) for key in wanted]


def _accept(held: Talk, chip: Chip, by: Person) -> Any:
    if chip.accepted is not None:
        return chip.made
    row = Minutes.objects.select_for_update().filter(talk=held).first() or keep_minutes(held)
    assert row is not None
    finding = chip.finding
    made = _MAKERS[finding.kind](finding, held, by) if finding.kind in _MAKERS else None
    entry = {
        "key": finding.key, "kind": finding.kind, "heading": finding.heading, "line": finding.text,
        "object": made.object_key if made is not None else "", "uid": str(made.uid) if made is not None else "",
    }  # fmt: skip
    row.accepted = [*row.accepted, entry]
    row.save(update_fields=["accepted"])
    data = {"key": finding.key, "words": finding.text, "object": entry["object"], "uid": entry["uid"]}
    ledger.record("minutes.accepted", by=by, about=about(registry.get("talk"), held), data=data)
    chip.accepted, chip.made = entry, made
    return made


def undo_accepted(event: Event, by: Person) -> Undone:
    """The line is open again; what was made of it goes to the trash. A changed field has an undo of its own."""
    with ledger.writing():
        talk = locked(subject_of(event), viewer_of(by), "edit")
        row = Minutes.objects.select_for_update().filter(talk=talk).first()
        if row is None or not any(each["key"] == event.data["key"] for each in row.accepted):
            raise Conflict(_("すでに取り消されています。"), code="gone")
        row.accepted = [each for each in row.accepted if each["key"] != event.data["key"]]
        row.save(update_fields=["accepted"])
        if event.data["object"] in {"task", "plan", "voice"}:
            made = registry.get(event.data["object"]).model.plain.filter(uid=event.data["uid"]).first()
            if made is not None and made.trashed_at is None:
                trash(made, by=by)
        ledger.record("minutes.turned_back", by=by, about=about(registry.get("talk"), talk), undoes=event)
    return Undone(1)


def _customer(talk: Talk) -> dict[str, Any]:
    return {name: record for name, record in customer_of(talk).items() if record is not None}


def _owner(finding: Finding, by: Person) -> Person:
    """Whoever is named; where a customer's own people promised something, the one who wrote it down sees to it."""
    named = finding.who.key if finding.who is not None and finding.who.is_staff else None
    found = Person.objects.working().filter(uid=named).first() if named else None
    return found or by


def _task(finding: Finding, talk: Talk, by: Person) -> Any:
    values = {"subject": finding.text[:200], "due_on": finding.day, "owner": _owner(finding, by)}
    return create("task", {**_customer(talk), **values}, by=by)


def _plan(finding: Finding, talk: Talk, by: Person) -> Any:
    """With nobody but colleagues there is no plan with a customer: the day is kept as a task."""
    assert finding.day is not None
    if talk.internal:
        return create("task", _next_within(finding, talk, by), by=by)
    start = datetime.combine(finding.day, finding.clock or MORNING, TOKYO)
    method = talk.method if talk.method in {"visit", "online", "phone"} else "visit"
    values = {"subject": finding.text[:200], "started_at": start, "method": method, "owner": talk.owner or by}
    return create("plan", {**_customer(talk), **values}, by=by)


def _next_within(finding: Finding, talk: Talk, by: Person) -> dict[str, Any]:
    words = " ".join(filter(None, (f"{finding.clock:%H:%M}" if finding.clock else "", finding.text)))
    subject = _("次回: %(words)s") % {"words": words or talk.subject}
    return {"subject": subject[:200], "due_on": finding.day, "owner": talk.owner or by}


def _voice(finding: Finding, talk: Talk, by: Person) -> Any:
    return create(
        "voice", {**_customer(talk), "talk": talk, "text": finding.text, "topic": finding.topic}, by=by
    )


def _change(finding: Finding, talk: Talk, by: Person) -> Any:
    record, name = target_of(finding.field, customer_of(talk))
    if record is None:
        raise NotFound
    return edit(record, {name: finding.text}, by=by)


_MAKERS: dict[str, Callable[[Finding, Talk, Person], Any]] = {
    lines.TASK: _task, lines.PLAN: _plan, lines.VOICE: _voice, lines.CHANGE: _change,
}  # fmt: skip
