"""The rule book: written by the administrator, published as an edition, asked to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.catalogue import registry
from daifuku.rules import editions
from daifuku.rules.models import Book, Confirmation, Edition
from daifuku.staff.actions import rights
from daifuku.staff.actions.changes import check_version
from daifuku.staff.models import Person

MOST, LONGEST_TITLE, LONGEST_TEXT, LONGEST_NOTE = 40, 80, 5000, 300


def write_book(
    sections: Sequence[Mapping[str, Any]], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Book:  # fmt: skip
    """The whole draft in its order; what people read changes when it is published. Raises Invalid, Stale, Forbidden."""
    rights.need(by, "settings")
    cleaned = clean_sections(sections)
    with ledger.writing():
        book = held_book()
        check_version(book, version)
        before = book.sections
        if before == cleaned and undoes is None:
            return book
        book.sections, book.version = cleaned, book.version + 1
        book.save()
        ledger.record(
            "rule_book.written", by=by, data={"changes": {"sections": [before, cleaned]}}, undoes=undoes
        )
    return book


def publish_book(note: str, *, by: Person) -> Edition:
    """As the draft and the rules in force are now, for everybody to read and confirm; whoever publishes it has read it.
    Raises Conflict where nothing has changed since the last edition, Invalid without a section."""
    rights.need(by, "settings")
    words = clean_text(note or "")
    if len(words) > LONGEST_NOTE:
        raise Invalid(
            [FieldProblem("note", _("%(limit)s文字以内で入力してください。") % {"limit": LONGEST_NOTE})]
        )
    with ledger.writing():
        content = editions.content_now(held_book())
        if not content:
            raise Invalid(
                [FieldProblem("sections", _("見出しを1つ以上書いてから公開してください。"), code="required")]
            )
        last = Edition.objects.select_for_update().first()
        if last is not None and last.content == content:
            raise Conflict(_("前の版から変わったところがありません。"), code="nothing_new")
        edition: Edition = Edition.objects.create(
            number=last.number + 1 if last else 1, content=content, note=words, by=by, at=moment()
        )
        Confirmation.objects.create(edition=edition, person=by, at=moment())
        ledger.record("rule_book.published", by=by, data={"edition": edition.number, "note": words})
    return edition


def remind(*, by: Person) -> int:
    """Asks once more whoever has not confirmed the newest edition; returns how many are asked. Raises Conflict."""
    rights.need(by, "settings")
    edition = Edition.objects.first()
    waiting = editions.not_confirmed(edition) if edition else []
    if edition is None or not waiting:
        raise Conflict(_("まだ確認していない人はいません。"), code="nobody")
    with ledger.writing():
        people = [person.pk for person in waiting]
        ledger.record("rule_book.reminded", by=by, data={"edition": edition.number, "people": people})
    return len(waiting)


def clean_sections(raw: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if not isinstance(raw, list | tuple) or len(raw) > MOST:
        raise Invalid(
            [FieldProblem("sections", _("見出しは%(most)s個までです。") % {"most": MOST}, code="too_many")]
        )
    problems: list[FieldProblem] = []
    cleaned = [_section(each, f"sections.{place}", problems) for place, each in enumerate(raw)]
    if problems:
        raise Invalid(problems)
    return cleaned


def _section(raw: Mapping[str, Any], place: str, problems: list[FieldProblem]) -> dict[str, Any]:
    title = clean_text(str(raw.get("title") or ""))
    lines = str(raw.get("text") or "").replace("\r\n", "\n").split("\n")
    text = "\n".join(clean_text(line) for line in lines).strip()
    objects = [str(each) for each in raw.get("objects") or []]
    if not title:
        problems.append(FieldProblem(f"{place}.title", _("見出しを入力してください。"), code="required"))
    for name, value, limit in (("title", title, LONGEST_TITLE), ("text", text, LONGEST_TEXT)):
        if len(value) > limit:
            sentence = _("%(limit)s文字以内で入力してください。") % {"limit": limit}
            problems.append(FieldProblem(f"{place}.{name}", sentence, code="too_long"))
    if not all(map(registry.has, objects)):
        problems.append(FieldProblem(f"{place}.objects", _("記録の種類を選んでください。"), code="choice"))
    key = str(raw.get("key") or "")[:20] or get_random_string(8)
    return {"key": key, "title": title, "text": text, "objects": objects}


def held_book() -> Book:
    return Book.objects.select_for_update().order_by("pk").first() or Book.objects.create()


def undo_written(event: Event, by: Person) -> Undone:
    before, after = event.changes["sections"]
    book = Book.objects.order_by("pk").first()
    if book is None or book.sections != after:
        raise ChangedSince
    write_book(before, by=by, undoes=event)
    return Undone(1)
