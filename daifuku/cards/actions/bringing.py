"""A card comes in: photographed, uploaded, pasted or mailed. It is kept at once, and read in the background."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from daifuku.cards.actions.noting import note
from daifuku.cards.models import Card, Way, setup
from daifuku.cards.pictures import MOST_BYTES, NoCard, kind_of_card
from daifuku.duties.working import Calendar
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.jobs import queue
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.records.actions.filing import TooLarge
from daifuku.records.catalogue.types import LongText
from daifuku.records.files.names import clean_name
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

READ = "cards.read"
LONGEST = {"occasion": 200, "note": 4000}


@dataclass(frozen=True)
class About:
    """What whoever brings a card says of it."""

    occasion: str = ""
    note: str = ""
    exchanged_on: date | None = None
    owner: Person | None = None


def bring(
    content: File[bytes], *, by: Person, about: About | None = None, way: str = Way.UPLOAD,
    uid: uuid.UUID | None = None,
) -> tuple[Card, bool]:  # fmt: skip
    """The card, and whether it came just now: the same picture of the same person, or a phone's `uid`, is there once.

    Raises Invalid, TooLarge, Forbidden, Conflict (the uid is another's).
    """
    may_bring(by)
    said = cleaned(about or About(), by)
    if (content.size or 0) > MOST_BYTES:
        raise TooLarge(_("ファイルが大きすぎます。1枚20MBまでにしてください。"))
    data = content.read()
    kind = _kind(data)
    digest = hashlib.sha256(data).hexdigest()
    if (known := _known(digest, by, uid)) is not None:
        return _again(known), False
    stored = default_storage.save("card", ContentFile(data))
    with ledger.writing():
        if (known := _known(digest, by, uid)) is not None:
            return known, False
        card = Card(
            name=_name(content.name, kind), original=stored, digest=digest, way=way, brought_by=by,
            brought_at=moment(), due_at=due_from(moment()), occasion=said.occasion, note=said.note,
            exchanged_on=said.exchanged_on, owner=said.owner or by, **({"uid": uid} if uid else {}),
        )  # fmt: skip
        card.save(force_insert=True)
        note("cards.brought", card, by=by)
        queue.enqueue(READ, {"card": card.pk}, by=by, title=_("名刺の読み取り"), key=f"{READ}:{card.pk}")
    return card, True


def may_bring(by: Person) -> None:
    """Whoever may register leads or contacts brings cards. Raises Forbidden."""
    viewer = viewer_of(by)
    if not (viewer.may("lead", "create") or viewer.may("contact", "create")):
        raise Forbidden


def due_from(now: datetime) -> datetime:
    """So many hours on, and never on a day on which nobody works."""
    due = now + timedelta(hours=setup().due_hours)
    calendar = Calendar([], due.date())
    for _each in range(14):
        if calendar.works(due.date()):
            break
        due += timedelta(days=1)
    return due


def cleaned(about: About, by: Person) -> About:
    """Raises Invalid."""
    words: dict[str, Any] = {}
    for name, most in LONGEST.items():
        typed = str(getattr(about, name) or "").replace("\x00", "")
        value = LongText().tidy(typed) if name == "note" else clean_text(typed)
        if len(value) > most:
            sentence = _("%(limit)s文字以内で入力してください。") % {"limit": most}
            raise Invalid([FieldProblem(name, sentence, code="too_long")])
        words[name] = value
    if about.owner is not None and not about.owner.is_active:
        raise Invalid(
            [FieldProblem("owner", _("退職した人は担当にできません。別の人を選んでください。"), code="left")]
        )
    return About(exchanged_on=about.exchanged_on, owner=about.owner, **words)


def _kind(data: bytes) -> str:
    try:
        return kind_of_card(ContentFile(data).open())
    except NoCard as error:
        raise Invalid([FieldProblem("file", str(error), code="no_card")]) from error


def _name(name: str | None, kind: str) -> str:
    try:
        return clean_name(name or kind.rpartition("/")[2])
    except Invalid:
        return kind.rpartition("/")[2]


def _known(digest: str, by: Person, uid: uuid.UUID | None) -> Card | None:
    found: Card | None = Card.objects.filter(uid=uid).first() if uid is not None else None
    if found is not None:
        if found.brought_by_id != by.pk:
            raise Conflict(_("この番号の名刺はすでにあります。"), code="uid_taken", field="uid")
        return found
    same: Card | None = Card.objects.filter(brought_by=by, digest=digest).first()
    return same


def _again(card: Card) -> Card:
    """What lies in the trash and is brought once more is wanted after all."""
    if card.trashed_at is not None:
        with ledger.writing():
            card.trashed_at = None
            card.save(update_fields=["trashed_at"])
    return card
