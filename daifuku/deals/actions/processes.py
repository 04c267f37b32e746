"""The administrator shapes the firm's sales processes: which there are, their stages, what belongs to each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.deals import processes, shipped
from daifuku.deals.actions.stage_details import clean_stage
from daifuku.deals.models import Deal, Process
from daifuku.deals.models.deal import OPEN
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid, NotFound, WayOn
from daifuku.foundation.japanese import clean_text
from daifuku.foundation.reversing import url_of
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person

DETAILS = ("name", "name_en", "purpose", "active")
LONGEST = {"name": 60, "name_en": 60, "purpose": 200}
MOST, MOST_STAGES, PIECE = 30, 30, 500
# Told of deals whose stage means something else now, in the same transaction. Areas above add to it.
MEANS_OTHERWISE: list[Callable[[list[int]], None]] = []
Document = dict[str, Any]


def add_process(values: Mapping[str, Any], *, by: Person, like: str = "") -> Process:
    """A new process with the stages of the one that it is `like`, else of the usual one. Raises Invalid, Forbidden."""
    need_settings(by)
    with ledger.writing():
        _materialise()
        if Process.objects.count() >= MOST:
            raise Conflict(_("営業プロセスは%(most)s個までです。") % {"most": MOST}, code="too_many")
        book = processes.read()
        pattern = book.processes.get(like) or book.usual
        key = _free_key()
        stages, renamed = [], {stage.key: f"{key}_{stage.place + 1}" for stage in pattern.stages}
        for stage in pattern.stages:
            kept = stage.json()
            stages.append(
                {**kept, "key": renamed[stage.key], "exits": [renamed[each] for each in kept["exits"]]}
            )
        position = (Process.objects.aggregate(last=Max("position"))["last"] or 0) + 1
        document = {
            "name": "", "name_en": "", "purpose": "", "active": True, "position": position, "stages": stages,
            **_details(values),
        }  # fmt: skip
        return _put(key, document, by=by)


def edit_process(key: str, values: Mapping[str, Any], *, by: Person) -> Process:
    """Its name, what it is for, whether it is offered. Raises Invalid, Conflict, Forbidden, NotFound."""
    need_settings(by)
    with ledger.writing():
        row = _held(key)
        return _put(key, {**document_of(row), **_details(values)}, by=by)


def save_stage(process: str, stage: str, values: Mapping[str, Any], *, by: Person) -> str:
    """Changes a stage, or adds one where `stage` is empty: before the lost ones. Returns its key. Raises Invalid,
    Conflict, Forbidden, NotFound."""
    need_settings(by)
    with ledger.writing():
        row = _held(process)
        document = document_of(row)
        stages = list(document["stages"])
        place = next((n for n, each in enumerate(stages) if each["key"] == stage), None)
        if stage and place is None:
            raise NotFound
        old = stages[place] if place is not None else processes.Stage(_free_stage(process, stages), "").json()
        cleaned = clean_stage(values, old, stages)
        if place is not None:
            stages[place] = cleaned
        else:
            if len(stages) >= MOST_STAGES:
                raise Conflict(_("段階は%(most)s個までです。") % {"most": MOST_STAGES}, code="too_many")
            before = [n for n, each in enumerate(stages) if each["kind"] == "lost"]
            stages.insert(before[0] if before else len(stages), cleaned)
        _put(process, {**document, "stages": stages}, by=by)
    return str(cleaned["key"])


def order_stages(process: str, keys: Sequence[str], *, by: Person) -> Process:
    """All its stages in this order. Raises Conflict where somebody else added or removed one."""
    need_settings(by)
    with ledger.writing():
        row = _held(process)
        by_key = {each["key"]: each for each in row.stages}
        if sorted(keys) != sorted(by_key):
            raise ChangedSince
        return _put(process, {**document_of(row), "stages": [by_key[key] for key in keys]}, by=by)


def remove_stage(process: str, stage: str, *, by: Person) -> Process:
    """Raises Conflict while deals stand in it: they are carried over first."""
    need_settings(by)
    with ledger.writing():
        row = _held(process)
        left = [
            {**each, "exits": [key for key in each.get("exits", ()) if key != stage]}
            for each in row.stages
            if each["key"] != stage
        ]
        if len(left) == len(row.stages):
            raise NotFound
        return _put(process, {**document_of(row), "stages": left}, by=by)


def undo_saved(event: Event, by: Person) -> Undone:
    """The process as it was before; a new one goes again, unless deals stand in it."""
    need_settings(by)
    data = event.data
    with ledger.writing():
        row = Process.objects.select_for_update().filter(key=data["process"]).first()
        if row is None or document_of(row) != data["new"]:
            raise ChangedSince
        if data["old"] is not None:
            _put(row.key, data["old"], by=by, undoes=event)
        else:
            _need_empty(row.key, [stage["key"] for stage in row.stages])
            row.delete()
            told = {"process": row.key, "name": row.name, "old": data["new"], "new": None}
            ledger.record("process.saved", by=by, data=told, undoes=event)
            vocabulary.changed()
    return Undone(1)


def document_of(row: Process) -> Document:
    """All of it, as it stands in the ledger."""
    return {
        "name": row.name, "name_en": row.name_en, "purpose": row.purpose, "active": row.active,
        "position": row.position, "stages": row.stages,
    }  # fmt: skip


def _put(key: str, document: Document, *, by: Person, undoes: Event | None = None) -> Process:
    row = Process.objects.filter(key=key).first()
    old = document_of(row) if row else None
    if old == document and undoes is None:
        assert row is not None
        return row
    _check(key, document, old)
    row = row or Process(key=key, version=0)
    for name, value in document.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    _keep_states(old, document)
    data = {"process": key, "name": row.name, "old": old, "new": document}
    ledger.record("process.saved", by=by, data=data, undoes=undoes)
    vocabulary.changed()
    return row


def _check(key: str, document: Document, old: Document | None) -> None:
    others = Process.objects.exclude(key=key)
    if others.filter(name=document["name"]).exists():
        raise Invalid([FieldProblem("name", _("同じ名前の営業プロセスがあります。"), code="taken")])
    if not document["active"] and not others.filter(active=True).exists():
        sentence = _("使う営業プロセスが1つは必要です。")
        raise Invalid([FieldProblem("active", sentence, code="last_one")])
    stages = document["stages"]
    if not stages or stages[0]["kind"] != OPEN:
        sentence = _("最初の段階は「商談中」の段階にしてください。")
        raise Conflict(sentence, code="first_stage")
    kept = {each["key"] for each in stages}
    gone = [each["key"] for each in (old or {"stages": []})["stages"] if each["key"] not in kept]
    if gone:
        _need_empty(key, gone)


def _need_empty(process: str, stages: Sequence[str]) -> None:
    count = Deal.plain.filter(stage__in=stages).count()
    if count:
        sentence = _("この段階に商談が%(count)s件あります。先に、商談をほかの段階へ移してください。")
        refused = Conflict(sentence % {"count": count}, code="stage_in_use")
        refused.way_on = WayOn(url_of("deals:carry", process), _("商談を移す"))
        raise refused


def _keep_states(old: Document | None, new: Document) -> None:
    """A stage that now means something else: its deals are won, lost or open as it says."""
    before = {each["key"]: each["kind"] for each in (old or {"stages": []})["stages"]}
    for each in new["stages"]:
        if before.get(each["key"], each["kind"]) != each["kind"]:
            rows = Deal.plain.filter(stage=each["key"])
            rows.update(state=each["kind"])
            _date_results(rows, each["kind"])
            keys = list(rows.order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(keys), PIECE):
                for told in MEANS_OTHERWISE:
                    told(keys[start : start + PIECE])


def _date_results(rows: Any, kind: str) -> None:
    """Won or lost on the day on which they came into the stage; of an open deal there is no such day."""
    if kind == OPEN:
        rows.update(closed_on=None)
        return
    for deal in rows.filter(closed_on__isnull=True).only("stage_since").iterator(PIECE):
        Deal.plain.filter(pk=deal.pk).update(closed_on=timezone.localtime(deal.stage_since).date())


def _materialise() -> None:
    """The first change makes rows of what is shipped."""
    if Process.objects.exists():
        return
    for position, each in enumerate(shipped.PROCESSES):
        Process.objects.create(
            key=each.key, name=each.name, name_en=each.name_en, purpose=each.purpose, position=position,
            stages=[stage.json() for stage in each.stages],
        )  # fmt: skip


def _held(key: str) -> Process:
    _materialise()
    row = Process.objects.select_for_update().filter(key=key).first()
    if row is None:
        raise NotFound
    return row


def _details(values: Mapping[str, Any]) -> Document:
    cleaned: Document = {}
    for name in DETAILS:
        if name not in values:
            continue
        if name == "active":
            cleaned[name] = bool(values[name])
            continue
        text = clean_text(str(values[name] or ""))
        if len(text) > LONGEST[name]:
            sentence = _("%(most)s文字以内で入力してください。") % {"most": LONGEST[name]}
            raise Invalid([FieldProblem(name, sentence, code="too_long")])
        cleaned[name] = text
    if "name" in values and not cleaned["name"]:
        raise Invalid([FieldProblem("name", _("名前を入力してください。"), code="required")])
    return cleaned


def _free_key() -> str:
    taken = set(Process.objects.values_list("key", flat=True))
    return next(key for key in (f"process{n}" for n in range(1, 10_000)) if key not in taken)


def _free_stage(process: str, stages: Sequence[Mapping[str, Any]]) -> str:
    """A key that no stage has now, and none has had while deals tell of it."""
    taken = set(processes.read().stages) | {each["key"] for each in stages}
    found = (f"{process}_{n}" for n in range(1, 10_000))
    return next(key for key in found if key not in taken and not Deal.plain.filter(stage=key).exists())
