"""Several records become one, and several again; two that are one party and stay two."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named, paged
from daifuku.api.auth import Asked
from daifuku.api.finding import number_of, object_of, record_of, uid_of
from daifuku.api.routing import fixed
from daifuku.api.routing import records as of_records
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.merging import actions
from daifuku.merging.asking import KINDS, need_mergeable, need_number
from daifuku.merging.models import Merge, SameParty
from daifuku.merging.panels import SAME
from daifuku.merging.proposing import ALL, most_complete, propose, told_to
from daifuku.merging.standing import contested, made_since, survivor_of_merge
from daifuku.records import hanging
from daifuku.records.catalogue import registry
from daifuku.records.scope import seen_of_kinds, sees
from daifuku.staff.viewer import Viewer


class MergeWanted(Schema):
    """`choices` say for a field from which record its value comes (uid), or "all" where values can stand together."""

    model_config = ConfigDict(extra="forbid")

    object: str = Field(..., description=noop("account、contact、lead のどれか"))
    records: list[str] = Field(..., description=noop("統合する記録の uid。2件から20件まで"))
    survivor: str | None = Field(None, description=noop("残す記録の uid。省略すると、いちばん情報の多い記録"))
    choices: dict[str, str] = Field(
        default_factory=dict, description=noop("項目ごとの、値を残す記録の uid か all")
    )
    versions: dict[str, int] = Field(
        default_factory=dict, description=noop("uid ごとの、読み取ったときの version")
    )


class MergeProposalField(Schema):
    field: str
    label: str
    chosen: str = Field(..., description=noop("値を残す記録の uid か all"))
    value: Any
    lost: list[str] = Field(..., description=noop("値が残らない記録の uid"))
    all: bool = Field(..., description=noop("all を選べるか"))
    sure: bool = Field(..., description=noop("選べない項目。配信停止など"))


class MergeMoved(Schema):
    label: str
    count: int


class MergeProposal(Schema):
    survivor: dict[str, Any]
    fields: list[MergeProposalField]
    moved: list[MergeMoved]


class MergeItem(Schema):
    uid: str
    object: str
    survivor: dict[str, Any]
    records: list[dict[str, str]]
    moved: dict[str, int]
    at: str
    by: dict[str, Any]
    undone_at: str | None
    event: int | None


class Merges(Schema):
    items: list[MergeItem]
    next: str | None


class MergeContested(Schema):
    field: str
    label: str
    before: Any
    now: Any


class MergeSince(Schema):
    key: str
    label: str
    count: int


class MergeStanding(MergeItem):
    contested: list[MergeContested] = Field(..., description=noop("統合のあとに変更された項目"))
    since: list[MergeSince] = Field(..., description=noop("統合のあとにできたもの"))


class UndoWanted(Schema):
    model_config = ConfigDict(extra="forbid")

    fields: list[str] = Field(default_factory=list, description=noop("統合の前の値に戻す、変更された項目"))
    give: dict[str, str] = Field(
        default_factory=dict, description=noop("since の key ごとの、付け替える先の記録の uid")
    )


class MergeUndone(Schema):
    merge: MergeItem
    kept: int = Field(..., description=noop("統合のあとに付け替えられ、そのままのものの数"))


class NewSameParty(Schema):
    model_config = ConfigDict(extra="forbid")

    object: str
    record: str
    other_object: str
    other: str
    reason: str


class SamePartyItem(Schema):
    id: int
    record: dict[str, Any]
    other: dict[str, Any]
    reason: str
    by: dict[str, Any]
    at: str


class SameParties(Schema):
    items: list[SamePartyItem]


@fixed.post(
    "/merges/preview", operation_id="preview_merge", summary=noop("統合の下見"), response=MergeProposal
)
def preview(request: Asked, body: MergeWanted) -> Answer:
    """What would be kept, lost and moved. Nothing changes."""
    viewer = request.auth.viewer
    records, survivor = _meant(body, viewer)
    need_mergeable(records, viewer)
    sources = [record.pk for record in records if record.pk != survivor.pk]
    proposals = told_to(viewer, body.object, propose(records, survivor, viewer))
    fields = []
    for key, each in proposals.items():
        chosen = each.chosen if each.sure else body.choices.get(key, each.chosen)
        if chosen not in each.values and not (chosen == ALL and each.may_be_all):
            raise Invalid([FieldProblem(key, _("どの記録の値を残すかを選び直してください。"), code="choice")])
        value = each.field.type.to_json(each.value(chosen))
        fields.append(
            {
                "field": key, "label": each.field.name, "chosen": chosen, "value": value, "lost": each.lost(chosen),
                "all": each.may_be_all, "sure": each.sure,
            }
        )  # fmt: skip
    moved = [
        {"label": each.label, "count": each.total} for each in hanging.hung_on(body.object, sources, viewer)
    ]
    return Answer({"survivor": named(survivor), "fields": fields, "moved": moved})


@fixed.post("/merges", operation_id="merge_records", summary=noop("統合"), response={201: MergeItem})
def merge(request: Asked, body: MergeWanted) -> Answer:
    """All of it in one transaction. The address of a merged record answers 410 and names the one that stays."""
    viewer = request.auth.viewer
    records, survivor = _meant(body, viewer)
    done = actions.merge(
        records, survivor, by=request.auth.person, choices=body.choices, versions=body.versions
    )
    return Answer(_shown(done, survivor), 201)


@fixed.get("/merges", operation_id="list_merges", summary=noop("統合の記録"), response=Merges)
def list_merges(
    request: Asked,
    limit: int = Query(50, ge=1, le=200),
    after: str | None = Query(None, description=noop("前のページの next")),
) -> Answer:
    """The newest first, of records that one sees."""
    viewer = request.auth.viewer
    kinds = [key for key in KINDS if viewer.may(key, "view")]
    rows = Merge.objects.filter(object__in=kinds).select_related("by").order_by("-pk")
    if after is not None:
        last = Merge.objects.filter(uid=uid_of(after)).first()
        if last is None:
            raise NotFound
        rows = rows.filter(pk__lt=last.pk)
    page, following = paged(rows, limit)
    seen = seen_of_kinds([(each.object, each.survivor_id) for each in page], viewer, trashed=True)
    items = [_shown(each, seen[place]) for each in page if (place := (each.object, each.survivor_id)) in seen]
    return Answer({"items": items, "next": following})


@fixed.get("/merges/{uid}", operation_id="get_merge", summary=noop("ひとつの統合"), response=MergeStanding)
def get_merge(request: Asked, uid: str) -> Answer:
    """With what was changed and made since."""
    viewer = request.auth.viewer
    done, survivor = _one(uid, viewer)
    undone = done.undone_at is not None or done.final
    disputed = [
        {
            "field": each.field.key, "label": each.field.name, "before": each.field.type.to_json(each.before),
            "now": each.field.type.to_json(each.now),
        }
        for each in ([] if undone else contested(done, viewer))
    ]  # fmt: skip
    since = [
        {"key": each.key, "label": each.label, "count": each.count}
        for each in ([] if undone else made_since(done, viewer))
    ]
    return Answer({**_shown(done, survivor), "contested": disputed, "since": since})


@fixed.post(
    "/merges/{uid}/undo", operation_id="undo_merge", summary=noop("統合を元に戻す"), response=MergeUndone
)
def undo(request: Asked, uid: str, body: UndoWanted) -> Answer:
    """The merged records come back with all that moved; values changed since stay, unless named in `fields`."""
    done, survivor = _one(uid, request.auth.viewer)
    kept = actions.take_back(done, by=request.auth.person, fields=body.fields, give=body.give)
    done.refresh_from_db()
    return Answer({"merge": _shown(done, survivor), "kept": len(kept)})


@of_records.get(
    "/{slug}/{uid}/same-parties", operation_id="same_parties_{object}", summary=noop("同じ相手"),
    response=SameParties,
)  # fmt: skip
def list_same(request: Asked, slug: str, uid: str) -> Answer:
    """The records that are one party with this one."""
    viewer = request.auth.viewer
    own = record_of(viewer, object_of(viewer, slug), uid)
    rows = SAME(own.object_key, own.pk)
    places = {row.pk: _other_place(row, own) for row in rows}
    seen = seen_of_kinds(places.values(), viewer)
    items = [_same(row, own, seen[places[row.pk]]) for row in rows if places[row.pk] in seen]
    return Answer({"items": items})


@fixed.post(
    "/same-parties", operation_id="link_same_party", summary=noop("同じ相手とする"),
    response={201: SamePartyItem},
)  # fmt: skip
def link(request: Asked, body: NewSameParty) -> Answer:
    """Both stay, and are never proposed as the same again."""
    viewer = request.auth.viewer
    own, other = _record(viewer, body.object, body.record), _record(viewer, body.other_object, body.other)
    row = actions.link_same(own, other, body.reason, by=request.auth.person)
    return Answer(_same(row, own, other), 201)


@fixed.delete(
    "/same-parties/{link}", operation_id="unlink_same_party", summary=noop("同じ相手の印を外す"),
    response={204: None},
)  # fmt: skip
def unlink(request: Asked, link: str) -> Answer:
    """The two may be proposed as the same again."""
    row = SameParty.objects.filter(pk=number_of(link)).first()
    if row is None:
        raise NotFound
    places = [(row.object, row.first_id), (row.other_object, row.second_id)]
    seen = seen_of_kinds(places, request.auth.viewer)
    if len(seen) < 2:
        raise NotFound
    actions.unlink_same(seen[places[0]], seen[places[1]], by=request.auth.person)
    return Answer(status=204)


def _meant(body: MergeWanted, viewer: Viewer) -> tuple[list[Any], Any]:
    uids = list(dict.fromkeys(body.records))
    need_number(len(uids))
    records = [_record(viewer, body.object, uid) for uid in uids]
    if body.survivor is None:
        return records, most_complete(records)
    survivor = next((record for record in records if str(record.uid) == body.survivor), None)
    if survivor is None:
        sentence = _("残す記録を、統合する記録の中から選んでください。")
        raise Invalid([FieldProblem("survivor", sentence, code="choice")])
    return records, survivor


def _record(viewer: Viewer, kind: str, uid: str) -> Any:
    if kind not in KINDS:
        sentence = _("同じ種類の記録を選んでください。統合できるのは、取引先、担当者、見込み客です。")
        raise Invalid([FieldProblem("object", sentence, code="kind")])
    return record_of(viewer, object_of(viewer, registry.get(kind).slug), uid)


def _one(uid: str, viewer: Viewer) -> tuple[Merge, Any]:
    done = Merge.objects.select_related("by").filter(uid=uid_of(uid)).first()
    survivor = survivor_of_merge(done) if done else None
    if done is None or survivor is None or not sees(viewer, survivor, "view"):
        raise NotFound
    return done, survivor


def _shown(done: Merge, survivor: Any) -> dict[str, Any]:
    return {
        "uid": str(done.uid), "object": done.object, "survivor": named(survivor),
        "records": [{"uid": uid, "label": name} for _key, uid, name in done.sources],
        "moved": done.moved, "at": done.at, "by": named(done.by), "undone_at": done.undone_at,
        "event": done.line_id,
    }  # fmt: skip


def _other_place(row: SameParty, own: Any) -> tuple[str, int]:
    one, other = (row.object, row.first_id), (row.other_object, row.second_id)
    return other if one == (own.object_key, own.pk) else one


def _same(row: SameParty, own: Any, other: Any) -> dict[str, Any]:
    return {
        "id": row.pk, "record": named(own), "other": named(other), "reason": row.reason, "by": named(row.by),
        "at": row.at,
    }  # fmt: skip
