"""受け取った書類: what a customer or supplier sent, found by day, amount and partner like what was issued.

電子帳簿保存法 第7条: a 注文書 that came as data is kept as data. It lies as a file on the order, and what a supplier
sent on the purchase; its day, amount and partner are those of that trade. Each version that was ever put there is kept.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from daifuku.accounting.searching import CHUNK, SIZE, Asked, accounts_named
from daifuku.foundation.whole import whole
from daifuku.orders.models import Order, Purchase
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.models import Attachment
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Source:
    """On which records such papers lie, and which field is the day of the trade."""

    object: str
    label: Any
    model: Any
    day: str


SOURCES = (
    Source("order", _("お客様からの書類（注文書など）"), Order, "ordered_on"),
    Source("purchase", _("仕入先からの書類"), Purchase, "issued_on"),
)
Place = tuple[date, str, int]


@dataclass(frozen=True)
class Received:
    """A file with the trade that it belongs to; `versions` are how often it was replaced."""

    record: Any
    file: Attachment
    label: str
    slug: str
    day: date
    partner: str
    amount: int
    versions: int

    @property
    def place(self) -> Place:
        return (self.day, self.record.object_key, self.record.pk)


def offered(viewer: Viewer, action: str = "view") -> list[Source]:
    """Where this viewer may see day, partner and amount."""
    return [
        source
        for source in SOURCES
        if viewer.may(source.object, "view")
        and viewer.may(source.object, action)
        and {source.day, "account", "total"} <= vocabulary.fields_for(viewer, source.object).keys()
    ]


def find(asked: Asked, viewer: Viewer, after: Place | None = None) -> tuple[list[Received], Place | None]:
    """One page of trades with their files, the newest first, and where the next one begins."""
    found: list[Received] = []
    records: set[Place] = set()
    for each in each_of(asked, viewer, after):
        if each.place not in records and len(records) == SIZE:
            return found, found[-1].place
        records.add(each.place)
        found.append(each)
    return found, None


def each_of(
    asked: Asked, viewer: Viewer, after: Place | None = None, *, action: str = "view"
) -> Iterator[Received]:
    streams = [
        _of(source, asked, viewer, after, action)
        for source in offered(viewer, action)
        if asked.kind in ("", source.object)
    ]
    yield from heapq.merge(*streams, key=lambda each: each.place, reverse=True)


def _of(source: Source, asked: Asked, viewer: Viewer, after: Place | None, action: str) -> Iterator[Received]:
    slug, label = registry.get(source.object).slug, str(source.label)
    rows = _rows(source, asked, viewer, action)
    while True:
        part = rows.filter(_beyond(source, after)) if after is not None else rows
        records = list(part.select_related("account")[:CHUNK])
        files = _files(source, records)
        for record in records:
            day = getattr(record, source.day)
            for file in files.get(record.pk, ()):
                versions = file.current.number if file.current else 1
                yield Received(record, file, label, slug, day, record.account.name, record.total, versions)
        if len(records) < CHUNK:
            return
        after = (getattr(records[-1], source.day), source.object, records[-1].pk)


def _rows(source: Source, asked: Asked, viewer: Viewer, action: str) -> Any:
    files = Attachment.objects.filter(
        object=source.object, record_id=OuterRef("pk"), trashed_at__isnull=True, current__isnull=False
    )
    rows = source.model.objects.visible_to(viewer, action=action).filter(
        Exists(files), **{f"{source.day}__isnull": False}
    )
    for name, look, value in (
        (source.day, "gte", asked.begin), (source.day, "lte", asked.end), ("total", "gte", asked.low),
        ("total", "lte", asked.high),
    ):  # fmt: skip
        if value is not None:
            rows = rows.filter(**{f"{name}__{look}": value})
    if asked.number:
        number = Q(number__icontains=asked.number)
        rows = rows.filter(
            number | Q(customer_number__icontains=asked.number) if source.object == "order" else number
        )
    if asked.partner:
        rows = rows.filter(account__in=accounts_named(asked.partner))
    return rows.order_by(f"-{source.day}", "-pk")


def _beyond(source: Source, after: Place) -> Q:
    """Trades of the same day go by kind and key, as the page orders them."""
    day, object_key, key = after
    older = Q(**{f"{source.day}__lt": day})
    same = Q(**{source.day: day})
    if source.object < object_key:
        return older | same
    return older | (same & Q(pk__lt=key)) if source.object == object_key else older


def _files(source: Source, records: list[Any]) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = {}
    rows = Attachment.objects.filter(
        object=source.object, record_id__in=[record.pk for record in records], trashed_at__isnull=True,
        current__isnull=False,
    )  # fmt: skip
    for file in rows.select_related("current", "current__by").order_by("pk"):
        found.setdefault(file.record_id, []).append(file)
    return found


def place(written: str) -> Place | None:
    """The end of a page, as an address brings it; None for anything else."""
    parts = written.split(".")
    number = whole(parts[-1])
    if len(parts) != 3 or number is None or parts[1] not in {source.object for source in SOURCES}:
        return None
    try:
        return (date.fromisoformat(parts[0]), parts[1], number)
    except ValueError:
        return None


def place_words(place: Place) -> str:
    return f"{place[0]:%Y-%m-%d}.{place[1]}.{place[2]}"
