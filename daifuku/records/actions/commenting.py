"""Comments on a record: whoever sees it may write; only the author changes or removes his own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import (
    ChangedSince,
    Conflict,
    FieldProblem,
    Forbidden,
    Invalid,
    NotFound,
    Stale,
)
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.editing import locked
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.types import LongText, Refused
from daifuku.records.mentions import mentioned_in
from daifuku.records.models import Comment
from daifuku.records.models.comment import LONGEST
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def comments_on(record: Any) -> QuerySet[Comment]:
    """What may be shown of it to whoever sees the record, oldest first."""
    rows = Comment.objects.filter(object=record.object_key, record_id=record.pk, removed_at__isnull=True)
    return rows.select_related("author", "quotes__author").prefetch_related("mentions")


def write_comment(
    record: Any, text: str, *, by: Person, mentions: Iterable[Person] = (), uid: uuid.UUID | None = None,
    quotes: uuid.UUID | None = None,
) -> Comment:  # fmt: skip
    """Says something about the record to the others who see it; `@姓 名`, `mentions` and whom it answers are told.

    `quotes` is the uid of the comment on the same record that this one answers.
    Raises Invalid, NotFound, Conflict (the uid that a phone brought is taken).
    """
    cleaned = _clean(text)
    with ledger.writing():
        record = locked(record, viewer_of(by), "view")
        if uid is not None and Comment.objects.filter(uid=uid).exists():
            raise Conflict(_("このコメントはすでに保存されています。"), code="uid_taken", field="uid")
        quoted = quotable(record, quotes) if quotes is not None else None
        comment = Comment(
            object=record.object_key, record_id=record.pk, author=by, text=cleaned, written_at=moment(),
            quotes=quoted,
        )  # fmt: skip
        if uid is not None:
            comment.uid = uid
        comment.save(force_insert=True)
        people = _set_mentions(comment, mentions)
        answered = {"answers": quoted.author_id} if quoted else {}
        tell("comment.written", record, comment, by, {"text": cleaned, "mentions": people} | answered)
    return comment


def quotable(record: Any, uid: uuid.UUID) -> Comment:
    """The comment on this record that somebody wants to answer. Raises Invalid (removed, or none of this record)."""
    found: Comment | None = comments_on(record).filter(uid=uid).first()
    if found is None:
        sentence = _("返信先のコメントが見つかりません。引用をやめると、このままコメントできます。")
        raise Invalid([FieldProblem("quotes", sentence, code="unknown")])
    return found


def edit_comment(
    comment: Comment, text: str, *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Comment:
    """Changes one's own comment. Raises Invalid, NotFound, Forbidden (another's), Stale."""
    cleaned = _clean(text)
    with ledger.writing():
        record, comment = _own(comment, by)
        if comment.removed_at is not None:
            raise NotFound
        if version is not None and version != comment.version:
            raise Stale(
                _("このコメントは別の画面で変更されました。開き直してください。"),
                context={"version": comment.version},
            )
        if cleaned == comment.text and undoes is None:
            return comment
        before, comment.text, comment.edited_at = comment.text, cleaned, moment()
        comment.version += 1
        comment.save()
        people = _set_mentions(comment, ())
        tell(
            "comment.edited",
            record,
            comment,
            by,
            {"old": before, "text": cleaned, "mentions": people},
            undoes,
        )
    return comment


def remove_comment(comment: Comment, *, by: Person, undoes: Event | None = None) -> Comment:
    """Takes one's own comment away; undoing brings it back. Raises NotFound, Forbidden (another's)."""
    with ledger.writing():
        record, comment = _own(comment, by)
        if comment.removed_at is None:
            comment.removed_at = moment()
            comment.version += 1
            comment.save()
            tell("comment.removed", record, comment, by, {"text": comment.text}, undoes)
    return comment


def bring_back_comment(comment: Comment, *, by: Person, undoes: Event | None = None) -> Comment:
    with ledger.writing():
        record, comment = _own(comment, by)
        if comment.removed_at is not None:
            comment.removed_at = None
            comment.version += 1
            comment.save()
            tell("comment.restored", record, comment, by, {"text": comment.text}, undoes)
    return comment


def undo_written(event: Event, by: Person) -> Undone:
    remove_comment(comment_of(event), by=by, undoes=event)
    return Undone(1)


def undo_edited(event: Event, by: Person) -> Undone:
    comment = comment_of(event)
    if comment.text != event.data["text"]:
        raise ChangedSince
    edit_comment(comment, event.data["old"], by=by, undoes=event)
    return Undone(1)


def undo_removed(event: Event, by: Person) -> Undone:
    bring_back_comment(comment_of(event), by=by, undoes=event)
    return Undone(1)


def _clean(text: Any) -> str:
    try:
        cleaned = LongText(LONGEST).clean(text)
    except Refused as error:
        raise Invalid([FieldProblem("text", error.message, code=error.code)]) from error
    if not cleaned.strip():
        raise Invalid([FieldProblem("text", _("コメントを入力してください。"), code="required")])
    return cleaned


def held(comment: Comment, by: Person) -> tuple[Any, Comment]:
    """The record and the comment as they stand now, held until the transaction ends."""
    viewer = viewer_of(by)
    model = registry.get(comment.object).model
    record = locked(model(pk=comment.record_id), viewer, "view")
    fresh = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if fresh is None:
        raise NotFound
    return record, fresh


def _own(comment: Comment, by: Person) -> tuple[Any, Comment]:
    """The same; the comment must be this person's own."""
    record, fresh = held(comment, by)
    if fresh.author_id != by.pk:
        raise Forbidden(_("ほかの人のコメントは変更できません。"))
    return record, fresh


def _set_mentions(comment: Comment, picked: Iterable[Person]) -> list[int]:
    people = {person.pk: person for person in [*picked, *mentioned_in(comment.text)]}
    comment.mentions.set(people.values())
    return sorted(people)


def tell(
    kind: str, record: Any, comment: Comment, by: Person, data: dict[str, Any], undoes: Event | None = None
) -> None:
    ledger.record(
        kind,
        by=by,
        about=about(registry.of(record), record),
        data={"comment": comment.pk} | data,
        undoes=undoes,
    )


def comment_of(event: Event) -> Comment:
    comment = Comment.objects.filter(pk=event.data.get("comment")).first()
    if comment is None:
        raise NotFound
    return comment
