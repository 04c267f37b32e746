"""What customers ask for, counted for whoever develops the products: by product and topic, and how long it waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.records.addresses import any_of, narrowed_list
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Option
from daifuku.staff.viewer import Viewer
from daifuku.voices.models import Voice
from daifuku.voices.models.voice import CLOSED

# (from days, to days without, words) that a voice has waited.
AGES: tuple[tuple[int, int | None, Any], ...] = (
    (0, 8, _("7日まで")),
    (8, 15, _("8〜14日")),
    (15, 31, _("15〜30日")),
    (31, None, _("31日以上")),
)
SPANS: Mapping[str, tuple[int | None, Any]] = {
    "30": (30, _("30日")), "90": (90, _("90日")), "365": (365, _("1年")), "all": (None, _("すべて")),
}  # fmt: skip
MOST_PRODUCTS = 50


@dataclass(frozen=True)
class Asked:
    """What is counted: how far back, only what is open, of one topic."""

    span: str = "365"
    open_only: bool = False
    topic: str = ""


@dataclass(frozen=True)
class Row:
    """A product ("" for none named) with its count for each topic, and where each leads."""

    product: str
    counts: Sequence[tuple[int, str]]
    total: int
    address: str


@dataclass(frozen=True)
class Summary:
    topics: Sequence[Option]
    rows: Sequence[Row]
    totals: Sequence[int]
    total: int
    states: Sequence[tuple[Option, int, str]]
    ages: Sequence[tuple[Any, int, str]]


def summary(viewer: Viewer, asked: Asked, now: datetime) -> Summary:
    """Three questions, however many voices there are."""
    rows = _rows(viewer, asked, now)
    topics = [each for each in _options("topic") if not asked.topic or each.key == asked.topic]
    counted: dict[str, dict[str, int]] = {}
    for product, topic, count in rows.order_by().values_list("product", "topic").annotate(n=Count("pk")):
        counted.setdefault(product, {})[topic] = count
    products = sorted(counted.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))[:MOST_PRODUCTS]
    made = [_row(product, counts, topics, asked, now) for product, counts in products]
    totals = [sum(row.counts[at][0] for row in made) for at in range(len(topics))]
    return Summary(
        topics, made, totals, sum(row.total for row in made), _states(viewer, asked, now), ages(viewer, now)
    )


def ages(viewer: Viewer, now: datetime) -> list[tuple[Any, int, str]]:
    """How long what is open has waited."""
    made_at = Voice.objects.visible_to(viewer).exclude(state__in=CLOSED).values_list("created_at", flat=True)
    days = [(now - each).days for each in made_at]
    found = []
    for begin, end, words in AGES:
        n = sum(1 for each in days if each >= begin and (end is None or each < end))
        where = [_not_closed(), _since("before", now - timedelta(days=begin)) if begin else None]
        if end is not None:
            where.append(_since("after", now - timedelta(days=end)))
        found.append((words, n, _list([each for each in where if each])))
    return found


def _rows(viewer: Viewer, asked: Asked, now: datetime) -> Any:
    rows = Voice.objects.visible_to(viewer)
    days = SPANS.get(asked.span, SPANS["365"])[0]
    if days is not None:
        rows = rows.filter(created_at__gte=now - timedelta(days=days))
    if asked.open_only:
        rows = rows.exclude(state__in=CLOSED)
    return rows.filter(topic=asked.topic) if asked.topic else rows


def _states(viewer: Viewer, asked: Asked, now: datetime) -> list[tuple[Option, int, str]]:
    """New to answered, in the order of the choices."""
    every = Asked(asked.span, topic=asked.topic)
    counts = dict(_rows(viewer, every, now).order_by().values_list("state").annotate(n=Count("pk")))
    narrowed = _narrowed(every, now)
    return [
        (option, counts.get(option.key, 0), _list([any_of("state", option.key), *narrowed]))
        for option in _options("state")
    ]


def _row(product: str, counts: dict[str, int], topics: Sequence[Option], asked: Asked, now: datetime) -> Row:
    named = (
        {"field": "product", "op": "is", "value": product} if product else {"field": "product", "op": "empty"}
    )
    beside = [named, *_narrowed(asked, now)]
    cells = [(counts.get(topic.key, 0), _list([*beside, any_of("topic", topic.key)])) for topic in topics]
    return Row(product, cells, sum(counts.values()), _list(beside))


def _narrowed(asked: Asked, now: datetime) -> list[dict[str, Any]]:
    days = SPANS.get(asked.span, SPANS["365"])[0]
    where = [_since("after", now - timedelta(days=days + 1))] if days is not None else []
    if asked.topic:
        where.append(any_of("topic", asked.topic))
    return [*where, _not_closed()] if asked.open_only else where


def _not_closed() -> dict[str, Any]:
    return {"field": "state", "op": "none_of", "value": list(CLOSED)}


def _since(op: str, at: datetime) -> dict[str, Any]:
    return {"field": "created_at", "op": op, "value": timezone.localdate(at).isoformat()}


def _list(where: Sequence[dict[str, Any]]) -> str:
    return narrowed_list("voices", *where)


def _options(key: str) -> list[Option]:
    options: list[Option] = vocabulary.fields_of("voice")[key].type.offered()  # type: ignore[attr-defined]
    return options
