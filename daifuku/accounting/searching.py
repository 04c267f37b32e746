"""書類の検索: issued papers and papers received, found by day, amount and partner (電子帳簿保存法).

電子帳簿保存法施行規則 第4条第1項, 第2条第6項第5号: what is kept as data must be found by day, amount and partner of
the trade, days and amounts by a range, and by two or more of them together. Issued papers are the sealed copies of
`documents`; what a customer sent lies as a file on the record to which it belongs and has its day, amount and partner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from daifuku.customers.models import Account
from daifuku.documents import kinds, sealing
from daifuku.documents.models import Sealed
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text, company_key, fold
from daifuku.foundation.whole import whole
from daifuku.records.absorbing import absorbed_by
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.types import Date, Money
from daifuku.records.catalogue.types.base import Refused
from daifuku.records.scope import seen_by_keys, sees
from daifuku.staff.viewer import Viewer

SIZE, CHUNK, MOST_ACCOUNTS, MOST_FILE = 50, 200, 2000, 10_000
RECEIVED, OF_RECEIVED = "received", ("order", "purchase")


@dataclass(frozen=True)
class Asked:
    """What is looked for; None and "" are everything. `only` is "" for all papers, "current" for those that no later
    one replaces; `side` is "" for papers that we issued, "received" for those that came to us."""

    begin: date | None = None
    end: date | None = None
    low: int | None = None
    high: int | None = None
    partner: str = ""
    kind: str = ""
    number: str = ""
    only: str = ""
    side: str = ""

    @property
    def is_empty(self) -> bool:
        return replace(self, side="") == Asked()


@dataclass(frozen=True)
class Found:
    """A paper with the record that it is of, as this viewer sees it; `older` and `newer` are its history."""

    copy: Sealed
    record: Any
    label: str
    slug: str
    older: Sealed | None
    newer: Sealed | None


def read(sent: Mapping[str, Any]) -> Asked:
    """Raises Invalid, naming each field."""
    values: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name, kind in (("begin", Date()), ("end", Date()), ("low", Money()), ("high", Money())):
        try:
            values[name] = kind.clean(sent.get(name) or "")
        except Refused as error:
            problems.append(FieldProblem(name, error.message, code=error.code))
    if values.get("begin") and values.get("end") and values["end"] < values["begin"]:
        problems.append(FieldProblem("end", _("終わりの日が始まりの日より前です。"), code="ends_before"))
    if values.get("low") is not None and values.get("high") is not None and values["high"] < values["low"]:
        problems.append(
            FieldProblem("high", _("上限の金額が下限より小さくなっています。"), code="ends_before")
        )
    kind_key = str(sent.get("kind") or "")
    side = RECEIVED if sent.get("side") == RECEIVED else ""
    known = kind_key in OF_RECEIVED if side else kinds.known(kind_key)
    if kind_key and not known:
        problems.append(FieldProblem("kind", _("書類の種類を選び直してください。"), code="kind"))
    if problems:
        raise Invalid(problems)
    words: dict[str, Any] = {
        name: clean_text(str(sent.get(name) or ""))[:200] for name in ("partner", "number")
    }
    only = "current" if sent.get("only") == "current" else ""
    return Asked(**values, **words, kind=kind_key, only=only, side=side)


def rows_of(asked: Asked, viewer: Viewer) -> Any:
    """The copies that are meant, the newest first; whether the viewer sees their records is asked of each."""
    rows = Sealed.objects.filter(kind__in=[k.key for k in kinds.every() if sealing.may_open(viewer, k.key)])
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.begin is not None:
        rows = rows.filter(issued_on__gte=asked.begin)
    if asked.end is not None:
        rows = rows.filter(issued_on__lte=asked.end)
    if asked.low is not None:
        rows = rows.filter(amount__gte=asked.low)
    if asked.high is not None:
        rows = rows.filter(amount__lte=asked.high)
    if asked.number:
        rows = rows.filter(number__icontains=asked.number)
    if asked.only:
        rows = rows.filter(replaced_by__isnull=True)
    if asked.partner:
        rows = rows.filter(
            Q(partner__icontains=asked.partner) | Q(partner_id__in=accounts_named(asked.partner))
        )
    return rows.order_by("-issued_on", "-id")


def accounts_named(words: str) -> list[int]:
    """Firms of this name, however it is written: width, kana, 株式会社 in front or behind make no difference; and those
    that went into them: their papers name them as they were."""
    keys = {key for key in (company_key(words), fold(words)) if key}
    meant = Q()
    for key in keys:
        meant |= Q(name_key__contains=key)
    if not keys:
        return []
    found = list(Account.plain.filter(meant).order_by("pk").values_list("pk", flat=True)[:MOST_ACCOUNTS])
    return [*found, *absorbed_by("account", found)]


def find(
    asked: Asked, viewer: Viewer, after: tuple[date, int] | None = None, size: int = SIZE
) -> tuple[list[Found], bool]:
    """One page, and whether there is more; `after` is the day and key of the last paper of the page before."""
    found: list[Found] = []
    for each in each_of(asked, viewer, after):
        if len(found) == size:
            return found, True
        found.append(each)
    return found, False


def each_of(
    asked: Asked, viewer: Viewer, after: tuple[date, int] | None = None, *, action: str = "view"
) -> Iterator[Found]:
    """All of them that he may `action`, fetched in portions."""
    rows = rows_of(asked, viewer)
    while True:
        part = rows
        if after is not None:
            day, key = after
            part = rows.filter(Q(issued_on__lt=day) | Q(issued_on=day, pk__lt=key))
        copies = list(part.select_related("by", "replaces")[:CHUNK])
        for each in _visible(copies, viewer):
            if action == "view" or sees(viewer, each.record, action):
                yield each
        if len(copies) < CHUNK:
            return
        after = (copies[-1].issued_on, copies[-1].pk)


def place(written: str) -> tuple[date, int] | None:
    """The end of a page, as an address brings it; None for anything else."""
    day, _dot, key = written.partition(".")
    number = whole(key)
    try:
        return (date.fromisoformat(day), number) if number is not None else None
    except ValueError:
        return None


def place_words(copy: Sealed) -> str:
    return f"{copy.issued_on:%Y-%m-%d}.{copy.pk}"


def _visible(copies: list[Sealed], viewer: Viewer) -> Iterator[Found]:
    by_object: dict[str, set[int]] = {}
    for copy in copies:
        by_object.setdefault(copy.object, set()).add(copy.record_id)
    records = {
        (key, pk): record
        for key, keys in by_object.items()
        for pk, record in seen_by_keys(registry.get(key).model, keys, viewer, trashed=True).items()
    }
    newer = {
        each.replaces_id: each for each in Sealed.objects.filter(replaces__in=[copy.pk for copy in copies])
    }
    for copy in copies:
        record = records.get((copy.object, copy.record_id))
        if record is not None:
            yield Found(
                copy, record, str(kinds.get(copy.kind).label), registry.get(copy.object).slug, copy.replaces,
                newer.get(copy.pk),
            )  # fmt: skip


def offered(viewer: Viewer) -> list[tuple[str, Any]]:
    """The kinds of papers that this viewer may open."""
    return [(kind.key, kind.label) for kind in kinds.every() if sealing.may_open(viewer, kind.key)]


def may_export(viewer: Viewer) -> bool:
    return any(viewer.may(kinds.get(key).object, "export") for key, _label in offered(viewer))


def history(copy: Sealed) -> list[Sealed]:
    """From the first paper of this chain to the last."""
    first = copy
    for _step in range(100):
        if first.replaces is None:
            break
        first = first.replaces
    chain: list[Sealed] = []
    now: Iterable[Sealed] = [first]
    while now and len(chain) < 200:
        chain += now
        now = list(Sealed.objects.filter(replaces__in=[each.pk for each in now]).order_by("pk"))
    return chain
