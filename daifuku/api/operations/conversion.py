"""取引の開始: what would come of a lead, beginning with one or many, the way back; the settings and the mapping."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of, uid_of
from daifuku.api.routing import fixed as router
from daifuku.conversion import blocking, history, preview
from daifuku.conversion.actions import NEW, NONE, Wanted, convert, reopen, take_back
from daifuku.conversion.actions.converting import gone
from daifuku.conversion.actions.many import MAKE, WAIT, begin, begun, counts
from daifuku.conversion.actions.mapping import map_field
from daifuku.conversion.actions.settling import edit_setup
from daifuku.conversion.alike import proposed
from daifuku.conversion.mapping.drafting import draft
from daifuku.conversion.mapping.rules import current, version
from daifuku.conversion.models import Conversion, Result
from daifuku.conversion.models.setup import setup
from daifuku.conversion.wanted import settled
from daifuku.conversion.who import need_converting
from daifuku.customers.models import Lead
from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.records.actions.powers import need_settings
from daifuku.records.bulk import Selection
from daifuku.records.catalogue import registry
from daifuku.records.scope import seen_by_uid, sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

MOST = 1000
SETTINGS = (
    "on", "leads", "deal", "deal_ticked", "deal_name", "owner", "owner_open", "private", "branches", "roles",
    "carry", "doubles", "automatic", "condition", "version",
)  # fmt: skip


class _Wish(Schema):
    model_config = ConfigDict(extra="forbid")


class ConvertWish(_Wish):
    account: str = NEW
    contact: str = NEW
    parent: str | None = None
    deal: bool | None = None
    owner: str | None = None
    overwrite: list[str] = Field(default=[], max_length=200)
    values: dict[str, dict[str, Any]] = {}
    reason: str = ""


class ConvertManyWish(_Wish):
    leads: list[str] = Field(..., min_length=1, max_length=MOST)
    deal: bool | None = None
    doubts: Literal["wait", "make"] = "wait"


class ConversionWish(_Wish):
    on: bool | None = None
    leads: bool | None = None
    deal: str | None = None
    deal_ticked: bool | None = None
    deal_name: str | None = None
    owner: str | None = None
    owner_open: bool | None = None
    private: str | None = None
    branches: str | None = None
    doubles: str | None = None
    automatic: bool | None = None
    condition: dict[str, Any] | None = None
    roles: list[str] | None = None
    carry: dict[str, str] | None = None
    version: int | None = None


class MapSide(_Wish):
    target: str
    how: str = ""
    words: str = ""
    default: str = ""
    values: dict[str, str] = {}


class MapWish(_Wish):
    account: MapSide | None = None
    contact: MapSide | None = None
    deal: MapSide | None = None
    stays: bool = False
    number: int | None = None


class ConversionAnswer(Schema):
    conversion: dict[str, Any] | None
    proposed: dict[str, list[dict[str, Any]]] = {}
    columns: dict[str, list[dict[str, Any]]] = {}
    lost: list[dict[str, Any]] = []


class BackAnswer(Schema):
    kept: list[dict[str, Any]]


class ManyAnswer(Schema):
    number: int
    job: str | None
    counts: dict[str, int]
    items: list[dict[str, Any]]


class Settled(Schema):
    settings: dict[str, Any]
    unmapped: dict[str, int]


class MappingAnswer(Schema):
    number: int
    rules: list[dict[str, Any]]
    stays: list[str]
    broken: list[dict[str, Any]]


@router.get(
    "/conversion", operation_id="get_conversion_settings", summary=noop("取引の開始の設定"), response=Settled
)
def get_conversion_settings(request: Asked) -> Answer:
    """Needs the power to change settings."""
    need_settings(request.auth.person)
    return _settled()


@router.patch(
    "/conversion", operation_id="change_conversion_settings", summary=noop("取引の開始の設定を変える"),
    response=Settled,
)  # fmt: skip
def change_conversion_settings(request: Asked, body: ConversionWish) -> Answer:
    """What is not named stays."""
    changes = body.dict(exclude_unset=True)
    edit_setup(changes, by=request.auth.person, version=changes.pop("version", None))
    return _settled()


@router.get(
    "/conversion/mapping", operation_id="get_conversion_mapping", summary=noop("見込み客の変換の関連付け"),
    response=MappingAnswer,
)  # fmt: skip
def get_conversion_mapping(request: Asked, number: int | None = None) -> Answer:
    """The version that counts, or the one with this number."""
    need_settings(request.auth.person)
    return _mapping(number)


@router.put(
    "/conversion/mapping/{field}", operation_id="map_lead_field", summary=noop("見込み客の項目の行き先を決める"),
    response=MappingAnswer,
)  # fmt: skip
def map_lead_field(request: Asked, field: str, body: MapWish) -> Answer:
    """Makes another version of the mapping."""
    given = {"account": body.account, "contact": body.contact, "deal": body.deal}
    sides = {key: side.dict() for key, side in given.items() if side is not None}
    map_field(field, sides, by=request.auth.person, stays=body.stays, number=body.number)
    return _mapping(None)


@router.post(
    "/conversion/leads",
    operation_id="convert_leads",
    summary=noop("取引をまとめて開始する"),
    response=ManyAnswer,
)
def convert_leads(request: Asked, body: ConvertManyWish) -> Answer:
    """A few at once; of more than 20 the job is answered, and the results are asked for by the number."""
    viewer = request.auth.viewer
    need_converting(viewer, setup())
    uids = [uid_of(each) for each in body.leads]
    keys = tuple(Lead.objects.visible_to(viewer).filter(uid__in=uids).values_list("pk", flat=True))
    doubts = MAKE if body.doubts == MAKE else WAIT
    event, job = begin(Selection("lead", keys), by=viewer.person, deal=body.deal, doubts=doubts)
    return _results(event, viewer, str(job.uid) if job else None)


@router.get(
    "/conversion/results/{number}", operation_id="conversion_results", summary=noop("まとめて開始した結果"),
    response=ManyAnswer,
)  # fmt: skip
def conversion_results(request: Asked, number: int) -> Answer:
    """For whoever began it, whoever is in charge where a rule did, and whoever keeps the settings."""
    viewer = request.auth.viewer
    return _results(begun(number, viewer), viewer, None)


@router.get(
    "/conversion/leads/{uid}", operation_id="preview_conversion", summary=noop("取引の開始の下見"),
    response=ConversionAnswer,
)  # fmt: skip
def preview_conversion(request: Asked, uid: str) -> Answer:
    """Who may be the same, where each value would go, what would be lost; of a converted lead what became of it."""
    viewer = request.auth.viewer
    lead = record_of(viewer, object_of(viewer, "leads"), uid)
    known = history.of_lead(lead) if lead.converted_at else None
    if known is not None:
        return Answer({"conversion": _shown(known, viewer)})
    wanted = settled(lead, Wanted(), setup(), viewer, by=viewer.person)
    found = draft(lead, current(), wanted.into)
    candidates = proposed(lead, found, viewer)
    return Answer(
        {
            "conversion": None,
            "proposed": {
                key: [{**named(each.record), "why": each.words, "sure": each.sure} for each in rows]
                for key, rows in candidates.items()
            },
            "columns": {
                column.key: [
                    {"field": row.piece.target.key, "from": row.piece.source.key, "text": row.piece.text}
                    for row in column.rows
                ]
                for column in preview.columns(found, wanted, viewer)
            },
            "lost": [
                {"field": each.source.key, "label": each.source.name, "text": each.text, "why": each.why}
                for each in preview.lost(found, viewer)
            ],
        }
    )


@router.post(
    "/conversion/leads/{uid}", operation_id="convert_lead", summary=noop("取引を開始する"),
    response={201: ConversionAnswer},
)  # fmt: skip
def convert_lead(request: Asked, uid: str, body: ConvertWish) -> Answer:
    """`account` and `contact` are `new`, the uid of one that is there, or (account) `none`.

    `reason` says why a new one is made although one that is the same is there, where the firm asks for it."""
    viewer = request.auth.viewer
    lead = record_of(viewer, object_of(viewer, "leads"), uid)
    parent = _chosen("account", body.parent, viewer) if body.parent else None
    wanted = Wanted(
        NONE if body.account == NONE else _chosen("account", body.account, viewer),
        _chosen("contact", body.contact, viewer), body.deal, _owner(body.owner), parent,
        frozenset(body.overwrite), body.values, body.reason,
    )  # fmt: skip
    done = convert(lead, wanted, by=viewer.person)
    return Answer({"conversion": _shown(done, viewer)}, status=201)


@router.post(
    "/conversion/leads/{uid}/undo", operation_id="take_back_conversion", summary=noop("取引の開始を取り消す"),
    response=BackAnswer,
)  # fmt: skip
def take_back_conversion(request: Asked, uid: str) -> Answer:
    """What somebody changed since stays, and is named in `kept`; what is in the way is a 409 with its names."""
    viewer = request.auth.viewer
    lead = record_of(viewer, object_of(viewer, "leads"), uid)
    if not sees(viewer, lead, "edit"):
        raise Forbidden
    known = history.of_lead(lead)
    if known is None:
        raise NotFound
    back = take_back(known, by=viewer.person)
    kept = [
        {**named(record), "fields": names} for record, names in back.fields if sees(viewer, record, "view")
    ]
    return Answer({"kept": kept})


@router.post(
    "/conversion/leads/{uid}/reopen", operation_id="reopen_lead", summary=noop("もう一度見込み客にする"),
    response={201: dict[str, str]},
)  # fmt: skip
def reopen_lead(request: Asked, uid: str) -> Answer:
    """The new lead, which knows the old one."""
    viewer = request.auth.viewer
    lead = record_of(viewer, object_of(viewer, "leads"), uid)
    return Answer(named(reopen(lead, by=viewer.person)), status=201)


def _chosen(key: str, word: str, viewer: Viewer) -> Any:
    if word == NEW:
        return NEW
    record = seen_by_uid(registry.get(key).model, uid_of(word), viewer, trashed=True)
    if record is None or record.trashed_at is not None:
        raise gone(key, str(record) if record is not None else "")
    return record


def _owner(uid: str | None) -> Person | None:
    if uid is None:
        return None
    found: Person | None = Person.objects.filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _settled() -> Answer:
    rules = setup()
    return Answer({"settings": {name: getattr(rules, name) for name in SETTINGS}, "unmapped": rules.unmapped})


def _mapping(number: int | None) -> Answer:
    book = current() if number is None else version(number)
    if book is None:
        raise NotFound
    return Answer(
        {
            "number": book.number, "rules": [rule.to_json() for rule in book.rules], "stays": sorted(book.stays),
            "broken": [rule.to_json() for rule in book.broken],
        }
    )  # fmt: skip


def _shown(done: Conversion, viewer: Viewer) -> dict[str, Any]:
    records = {key: done.record(key) for key in Conversion.OBJECTS}
    return {
        "uid": str(done.uid), "lead": str(done.lead.uid), "at": done.at.isoformat(), "mapping": done.mapping,
        "by": named(done.by) if done.by else None, "made": done.made,
        "blocked": [each.words for each in blocking.of(done, viewer)],
        **{
            key: named(record) if record is not None and sees(viewer, record, "view") else None
            for key, record in records.items()
        },
    }  # fmt: skip


def _results(event: Any, viewer: Viewer, job: str | None) -> Answer:
    rows = Result.objects.filter(event=event).select_related("lead", "conversion").order_by("pk")[:MOST]
    items = [
        {
            "lead": str(row.lead.uid), "state": row.state, "sentence": row.sentence,
            "conversion": str(row.conversion.uid) if row.conversion else None,
        }
        for row in rows
        if sees(viewer, row.lead, "view")
    ]  # fmt: skip
    return Answer({"number": event.pk, "job": job, "counts": counts(event), "items": items})
