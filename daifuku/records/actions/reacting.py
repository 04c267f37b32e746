"""Reactions to a comment, by one press: whoever sees the record may give one and take it back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.records.actions.commenting import held, tell
from daifuku.records.models import Comment, Reaction
from daifuku.staff.models import Person


def react(comment: Comment, word: str, *, by: Person) -> None:
    """Reacts with one of the known words; a second time changes nothing.

    Raises NotFound (the comment was removed, too), Invalid (no such word).
    """
    known = _known(word)
    with ledger.writing():
        record, comment = _there(comment, by)
        same = {"comment": comment, "person": by, "word": known}
        _reaction, fresh = Reaction.objects.get_or_create(**same, defaults={"at": moment()})
        if fresh:
            tell("reaction.given", record, comment, by, {"word": known})


def take_back(comment: Comment, word: str, *, by: Person) -> None:
    """Takes one's own reaction back; where there is none, nothing changes. Raises NotFound, Invalid."""
    known = _known(word)
    with ledger.writing():
        record, comment = _there(comment, by)
        gone, _each = Reaction.objects.filter(comment=comment, person=by, word=known).delete()
        if gone:
            tell("reaction.taken_back", record, comment, by, {"word": known})


def _known(word: Any) -> str:
    if word not in Reaction.Word.values:
        problem = FieldProblem("word", _("リアクションを一覧から選んでください。"), code="unknown")
        raise Invalid([problem])
    return str(word)


def _there(comment: Comment, by: Person) -> tuple[Any, Comment]:
    record, fresh = held(comment, by)
    if fresh.removed_at is not None:
        raise NotFound
    return record, fresh
