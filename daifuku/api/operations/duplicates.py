"""名寄せ: what may be the same as values or as one another, the scan of everything, what stays two, the settings."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.routing import fixed as router
from daifuku.customers.same import PARTNERS, Candidate
from daifuku.dedupe import found_pairs, lookup
from daifuku.dedupe.actions import edit_setup, keep_apart, rejoin
from daifuku.dedupe.actions.scanning import begin
from daifuku.dedupe.actions.settling import THRESHOLDS, thought_of
from daifuku.dedupe.models import Setup, setup
from daifuku.dedupe.weighing import Weighed, weigh
from daifuku.foundation.errors import NotFound
from daifuku.records.actions.powers import need_settings
from daifuku.records.presenting.links import address

SETTINGS = (*THRESHOLDS, "left_out", "offices_apart", "learn", "version")


class _Wish(Schema):
    model_config = ConfigDict(extra="forbid")


class CandidatesWish(_Wish):
    object: str
    values: dict[str, str]
    but: str | None = None
    most: int = 5


class ApartWish(_Wish):
    object: str
    uid: str
    other_object: str
    other_uid: str
    kind: str
    note: str = ""


class RejoinWish(_Wish):
    object: str
    uid: str
    other_object: str
    other_uid: str


class DedupeWish(_Wish):
    firm_sure: float | None = None
    firm_perhaps: float | None = None
    person_sure: float | None = None
    person_perhaps: float | None = None
    left_out: list[str] | None = None
    offices_apart: bool | None = None
    learn: bool | None = None
    version: int | None = None


class Duplicates(Schema):
    items: list[dict[str, Any]]


class DuplicatePairs(Schema):
    items: list[dict[str, Any]]
    after: str


class DedupeSettings(Schema):
    settings: dict[str, Any]


class Limits(Schema):
    sure: float
    perhaps: float


class NowAndThen(Schema):
    now: int
    then: int


class WeighedLine(Schema):
    verdict: str
    same: NowAndThen
    apart: NowAndThen
    found: NowAndThen | None


class WeighedWay(Schema):
    way: str
    now: Limits
    then: Limits
    decisions: int
    lines: list[WeighedLine]
    proposed: Limits | None


class WeighedThresholds(Schema):
    items: list[WeighedWay]


class ScanStarted(Schema):
    job: str


@router.post(
    "/duplicates/candidates", operation_id="duplicate_candidates", summary=noop("入力した値と同じかもしれない記録"),
    response=Duplicates,
)  # fmt: skip
def candidates(request: Asked, body: CandidatesWish) -> Answer:
    """The likeliest first, among those that the caller sees: score, verdict (sure, perhaps) and reasons."""
    viewer = request.auth.viewer
    object_type = object_of(viewer, body.object)
    if object_type.key not in PARTNERS:
        raise NotFound
    but = record_of(viewer, object_type, body.but) if body.but else None
    most = max(1, min(20, body.most))
    found = lookup.candidates(object_type, body.values, viewer, but=but, most=most)
    return Answer({"items": [_candidate(each) for each in found]})


def _candidate(each: Candidate) -> dict[str, Any]:
    return {
        **_named(each.record), "subtitle": each.subtitle, "matched": list(each.kinds), "verdict": each.verdict,
        "score": round(each.score, 2), "likely": round(each.likely, 4), "reasons": _reasons(each.lines),
    }  # fmt: skip


def _named(record: Any) -> dict[str, Any]:
    return {"object": record.object_key, "uid": str(record.uid), "label": str(record), "url": address(record)}


def _reasons(lines: Any) -> list[dict[str, Any]]:
    return [{"text": text, "points": round(points, 2)} for text, points in lines]


@router.get(
    "/duplicates",
    operation_id="list_duplicates",
    summary=noop("名寄せで見つかった組"),
    response=DuplicatePairs,
)
def list_duplicates(request: Asked, verdict: str = "", kind: str = "", after: str = "") -> Answer:
    """The likeliest first, thirty at a time: `after` of the answer gives the next. `kind` as account-account,
    contact-contact, lead-lead, contact-lead, account-lead; `verdict` sure or perhaps."""
    viewer = request.auth.viewer
    if not any(viewer.may(key, "edit") for key in PARTNERS):
        raise NotFound
    shown, following = found_pairs.page(found_pairs.chosen(verdict, kind, viewer), viewer, after, verdict)
    items = [
        {
            "first": _named(each.first), "second": _named(each.second), "way": each.pair.way,
            "verdict": each.verdict, "score": round(each.score, 2), "at": each.pair.at.isoformat(),
            "reasons": _reasons((line.sentence, line.points) for line in (*each.facts, *each.rest)),
        }
        for each in shown
    ]  # fmt: skip
    return Answer({"items": items, "after": following})


@router.post(
    "/duplicates/scan", operation_id="scan_duplicates", summary=noop("全件の名寄せを始める"),
    response={202: ScanStarted},
)  # fmt: skip
def scan_duplicates(request: Asked) -> Answer:
    """A job; the one that runs where there is one. For whoever may change all accounts, contacts and leads, or the
    settings."""
    return Answer({"job": str(begin(by=request.auth.person).uid)}, status=202)


@router.post(
    "/duplicates/apart", operation_id="keep_apart", summary=noop("別々の記録とする（種類の違う記録も）"),
    response={204: None},
)  # fmt: skip
def apart(request: Asked, body: ApartWish) -> Answer:
    """`kind` is not_same, decider, branch, billing or other (with a `note`); never proposed again."""
    keep_apart(*_both(request, body), body.kind, body.note, by=request.auth.person)
    return Answer(status=204)


@router.post(
    "/duplicates/rejoin", operation_id="rejoin", summary=noop("別々の記録の印を外す（種類の違う記録も）"),
    response={204: None},
)  # fmt: skip
def together(request: Asked, body: RejoinWish) -> Answer:
    """The two may be proposed again."""
    rejoin(*_both(request, body), by=request.auth.person)
    return Answer(status=204)


def _both(request: Asked, body: ApartWish | RejoinWish) -> tuple[Any, Any]:
    viewer = request.auth.viewer
    return (
        record_of(viewer, object_of(viewer, body.object), body.uid),
        record_of(viewer, object_of(viewer, body.other_object), body.other_uid),
    )


@router.get(
    "/duplicates/settings",
    operation_id="get_dedupe_settings",
    summary=noop("名寄せの設定"),
    response=DedupeSettings,
)
def get_dedupe_settings(request: Asked) -> Answer:
    """Thresholds in points, fields that are not compared. Needs the power to change settings."""
    need_settings(request.auth.person)
    return _settled(setup())


@router.patch(
    "/duplicates/settings", operation_id="change_dedupe_settings", summary=noop("名寄せの設定を変える"),
    response=DedupeSettings,
)  # fmt: skip
def change_dedupe_settings(request: Asked, body: DedupeWish) -> Answer:
    """What is not named stays."""
    changes = body.dict(exclude_unset=True)
    return _settled(edit_setup(changes, by=request.auth.person, version=changes.pop("version", None)))


@router.get(
    "/duplicates/thresholds", operation_id="weigh_thresholds", summary=noop("点数を変えると何が変わるか"),
    response=WeighedThresholds,
)  # fmt: skip
def weigh_thresholds(
    request: Asked,
    firm_sure: str = "",
    firm_perhaps: str = "",
    person_sure: str = "",
    person_perhaps: str = "",
) -> Answer:
    """For the thresholds named, others as they are: how many that were merged (`same`) and that were not the same
    (`apart`), and how many pairs that were found, lie where, `now` and `then`. Needs the power to change settings."""
    need_settings(request.auth.person)
    chosen = setup()
    typed = {
        "firm_sure": firm_sure, "firm_perhaps": firm_perhaps, "person_sure": person_sure,
        "person_perhaps": person_perhaps,
    }  # fmt: skip
    found = weigh(chosen, thought_of(typed, chosen), request.auth.viewer)
    return Answer({"items": [_weighed(each) for each in found]})


def _weighed(each: Weighed) -> dict[str, Any]:
    lines = [
        {
            "verdict": line.verdict, "same": asdict(line.same), "apart": asdict(line.apart),
            "found": asdict(line.found) if line.found else None,
        }
        for line in each.lines
    ]  # fmt: skip
    return {
        "way": each.way.value, "now": asdict(each.now), "then": asdict(each.then), "decisions": each.decisions,
        "lines": lines, "proposed": asdict(each.proposed) if each.proposed else None,
    }  # fmt: skip


def _settled(chosen: Setup) -> Answer:
    return Answer({"settings": {name: getattr(chosen, name) for name in SETTINGS}})
