"""The customers of hand-overs: what one has to receive, the predecessor's note, the sheet."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named, paged
from daifuku.api.auth import Asked
from daifuku.api.finding import uid_of
from daifuku.api.operations.handovers import WORDS, handover_of
from daifuku.api.operations.sheet import Sheet, sheet_answer
from daifuku.api.routing import fixed
from daifuku.foundation.errors import NotFound
from daifuku.handover.actions import acknowledge, print_sheets, write_note
from daifuku.handover.answers import paper_file
from daifuku.handover.models import Handover, Item, Paper
from daifuku.handover.naming_items import named_items, to_receive
from daifuku.records.catalogue import registry

ONE = "/handed_customers/{uid}"


class HandedCustomer(Schema):
    uid: str
    handover: dict[str, str]
    customer: dict[str, str] | None = Field(..., description=noop("見られないお客様は null"))
    giver: dict[str, str]
    successor: dict[str, str]
    state: str = Field(..., description=noop("waiting、moved、left"))
    why: str = Field(..., description=noop("引き継がれなかった理由"))
    note: str = Field(..., description=noop("前任からの伝言"))
    acknowledged_at: str | None = Field(..., description=noop("受け取った時刻"))


class HandedCustomers(Schema):
    items: list[HandedCustomer]
    next: str | None


class HandoverNote(Schema):
    model_config = ConfigDict(extra="forbid")

    note: str = Field(..., description=noop("前任からの伝言。5,000文字まで"))


class HandoverPaper(Schema):
    uid: str
    name: str
    ready: bool
    sheets: int = Field(..., description=noop("入っているお客様の数"))
    job: str | None = Field(..., description=noop("処理の番号"))
    created_at: str
    finished_at: str | None


SIZE = Query(50, ge=1, le=200)
AFTER = Query("", description=noop("前のページの next"), max_length=40)


@fixed.get(
    "/handed_customers", operation_id="list_to_receive", summary=noop("受け取りを待っているお客様"), tags=[WORDS],
    response=HandedCustomers,
)  # fmt: skip
def list_to_receive(request: Asked, size: int = SIZE, after: str = AFTER) -> Answer:
    """One's own, of all hand-overs."""
    return _page(request, to_receive(request.auth.viewer), size, after)


@fixed.get(
    "/handovers/{uid}/customers", operation_id="list_handed_customers", summary=noop("引き継ぎのお客様"),
    tags=[WORDS], response=HandedCustomers,
)  # fmt: skip
def list_handed_customers(request: Asked, uid: str, size: int = SIZE, after: str = AFTER) -> Answer:
    """To whom each goes, whether it was received."""
    return _page(request, handover_of(request, uid).items.all(), size, after)


@fixed.get(
    ONE, operation_id="get_handed_customer", summary=noop("引き継ぎの一つのお客様"), tags=[WORDS],
    response=HandedCustomer,
)  # fmt: skip
def get_handed_customer(request: Asked, uid: str) -> Answer:
    return _one(request, _item(request, uid))


@fixed.put(
    f"{ONE}/note", operation_id="write_handover_note", summary=noop("前任からの伝言を書く"), tags=[WORDS],
    response=HandedCustomer,
)  # fmt: skip
def write_handover_note(request: Asked, uid: str, body: HandoverNote) -> Answer:
    """For whoever gives, or arranged it."""
    return _one(request, write_note(_item(request, uid), body.note, by=request.auth.person))


@fixed.post(
    f"{ONE}/receive", operation_id="receive_handed_customer", summary=noop("受け取りの確認"), tags=[WORDS],
    response=HandedCustomer,
)  # fmt: skip
def receive_handed_customer(request: Asked, uid: str) -> Answer:
    """For the successor; a second time changes nothing."""
    return _one(request, acknowledge(_item(request, uid), by=request.auth.person))


@fixed.get(
    f"{ONE}/sheet", operation_id="sheet_handed_customer", summary=noop("引継書"), tags=[WORDS], response=Sheet
)
def handed_customer_sheet(request: Asked, uid: str) -> Answer:
    """Only what the caller may see."""
    ((_row, record),) = named_items([_item(request, uid)], request.auth.viewer)
    if record is None:
        raise NotFound
    return sheet_answer(record, request.auth.viewer)


@fixed.post(
    "/handovers/{uid}/papers", operation_id="print_handover", summary=noop("引継書のPDFを作る"), tags=[WORDS],
    response={201: HandoverPaper},
)  # fmt: skip
def print_handover(request: Asked, uid: str) -> Answer:
    """In the background: one PDF, or a ZIP of PDFs of fifty customers each."""
    paper = print_sheets(handover_of(request, uid), by=request.auth.person)
    return Answer(_paper(paper), 201, {"Location": f"/api/v1/handover_papers/{paper.uid}"})


@fixed.get(
    "/handover_papers/{uid}", operation_id="get_handover_paper", summary=noop("引継書のPDFの状態"), tags=[WORDS],
    response=HandoverPaper,
)  # fmt: skip
def get_handover_paper(request: Asked, uid: str) -> Answer:
    """One's own."""
    return Answer(_paper(Paper.objects.find(request.auth.viewer, uid_of(uid))))


@fixed.get(
    "/handover_papers/{uid}/file", operation_id="get_handover_paper_file", summary=noop("引継書のPDF"), tags=[WORDS]
)  # fmt: skip
def get_handover_paper_file(request: Asked, uid: str) -> HttpResponseBase:
    """The bytes; 404 as long as it is not ready, and when the week is over."""
    return paper_file(Paper.objects.find(request.auth.viewer, uid_of(uid)))


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "uid": str(paper.uid), "name": paper.name, "ready": bool(paper.file), "sheets": paper.sheets,
        "job": str(paper.job) if paper.job else None, "created_at": paper.at, "finished_at": paper.finished_at,
    }  # fmt: skip


def _page(request: Asked, rows: Any, size: int, after: str) -> Answer:
    if after:
        rows = rows.filter(pk__gt=_item(request, after).pk)
    rows = rows.select_related("handover__giver", "successor").order_by("pk")
    page, following = paged(rows, size)
    return Answer({"items": _shown(request, page), "next": following})


def _item(request: Asked, uid: str) -> Item:
    rows = Item.objects.select_related("handover__giver", "successor").filter(uid=uid_of(uid))
    found = rows.filter(handover__in=Handover.objects.visible_to(request.auth.viewer)).first()
    if found is None:
        raise NotFound
    return found


def _one(request: Asked, item: Item) -> Answer:
    fresh = Item.objects.select_related("handover__giver", "successor").get(pk=item.pk)
    return Answer(_shown(request, [fresh])[0])


def _shown(request: Asked, items: list[Item]) -> list[dict[str, Any]]:
    return [
        {
            "uid": str(item.uid), "handover": named(item.handover), "giver": named(item.handover.giver),
            "customer": {"object": registry.of(record).slug, **named(record)} if record is not None else None,
            "successor": named(item.successor), "state": str(item.state), "why": item.why,
            "note": item.note if record is not None else "", "acknowledged_at": item.acknowledged_at,
        }
        for item, record in named_items(items, request.auth.viewer)
    ]  # fmt: skip
