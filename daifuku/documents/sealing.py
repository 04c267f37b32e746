"""Issuing: the number, the bytes and the figures of a paper are kept together, unchanged, with their hash.

Drawing a page takes longer than a transaction should. So it is drawn before, with the number that will probably come
(`ahead`), and drawn again inside only where somebody else was faster or the record was changed meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.translation import gettext_lazy as _

from daifuku.documents import kinds, numbering, pdf
from daifuku.documents.models import Issuer, Sealed
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.ledger.channel import moment
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Draft:
    """All that is printed. `data` holds nothing but what JSON holds: it is kept, and the page is drawn from it alone.

    `pictures` are names of files in the storage, by the name that the template uses.
    """

    template: str
    data: Mapping[str, Any]
    partner: str
    amount: int
    partner_id: int | None = None
    pictures: Mapping[str, str] | None = None


Compose = Callable[[str], Draft]


@dataclass(frozen=True)
class Ahead:
    draft: Draft
    content: bytes


class Damaged(DomainError):
    """What lies on the disk is not what was issued."""

    status = 500
    code = "damaged"


def draw(draft: Draft) -> bytes:
    """The page of a draft, also before it is issued."""
    pictures = {name: _picture(stored) for name, stored in (draft.pictures or {}).items() if stored}
    return pdf.render(draft.template, {**draft.data, "pictures": list(pictures)}, pictures)


def ahead(kind: str, compose: Compose, day: date) -> Ahead:
    """Draws the page before the transaction, with the number that comes next."""
    draft = compose(numbering.peek(kind, day).text)
    return Ahead(draft, draw(draft))


def seal(
    kind: str,
    record: Any,
    compose: Compose,
    day: date,
    *,
    by: Person,
    ahead: Ahead | None = None,
    replaces: Sealed | None = None,
    number: numbering.Number | None = None,
) -> Sealed:
    """Takes the number and keeps the paper. Inside `ledger.writing()`, with the record locked; the caller writes the
    number on the record and the line in the ledger (with `sha256`, so that the chain holds the paper too). `number` is
    one that the record took before."""
    if not connection.in_atomic_block:
        raise RuntimeError("a paper is sealed inside ledger.writing()")
    number = number or numbering.take(kinds.get(kind).key, day)
    draft = compose(number.text)
    content = ahead.content if ahead is not None and ahead.draft == draft else draw(draft)
    stored = default_storage.save("paper.pdf", ContentFile(content))
    row = Sealed(
        kind=kind, number=number.text, year=number.year, place=number.place, object=record.object_key,
        record_id=record.pk, issued_on=day, partner=draft.partner, partner_id=draft.partner_id,
        amount=draft.amount, data=dict(draft.data), stored=stored,
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), replaces=replaces, by=by, at=moment(),
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def content_of(copy: Sealed) -> bytes:
    """The very bytes that were issued. Raises Damaged."""
    try:
        with default_storage.open(copy.stored) as file:
            content: bytes = file.read()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != copy.sha256:
        raise Damaged(
            _(
                "保管した書類のファイルが壊れているか、見つかりません。管理者に、バックアップから戻すよう伝えてください。"
            )
        )
    return content


def copies_of(record: Any) -> list[Sealed]:
    """The newest first."""
    rows = Sealed.objects.filter(object=record.object_key, record_id=record.pk)
    return list(rows.select_related("by", "replaces").order_by("-id"))


def may_open(viewer: Viewer, kind: str) -> bool:
    """Does he see all that such a paper shows?"""
    paper = kinds.get(kind)
    named = [name if "." in name else f"{paper.object}.{name}" for name in paper.fields]
    shown = [name.partition(".")[::2] for name in named]
    return all(field in vocabulary.fields_for(viewer, object_key) for object_key, field in shown)


def need_open(viewer: Viewer, kind: str) -> None:
    if not may_open(viewer, kind):
        raise NotFound


def names_file(stored: str) -> bool:
    """For the sweeper: a file that a paper or the issuer names is not taken off the disk."""
    return Sealed.objects.filter(stored=stored).exists() or Issuer.objects.filter(seal=stored).exists()


def _picture(stored: str) -> bytes:
    try:
        with default_storage.open(stored) as file:
            content: bytes = file.read()
            return content
    except OSError:
        return b""
