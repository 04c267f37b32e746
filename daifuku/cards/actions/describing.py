"""Who is in charge of a card, where and when it was exchanged, what is to be known of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.cards.actions.bringing import About, cleaned
from daifuku.cards.actions.noting import held, need_open, note
from daifuku.cards.actions.taking import need_work
from daifuku.cards.models import Card
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.records.catalogue.types import Date, PersonLink, Refused
from daifuku.staff.actions.changes import put
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def described(raw: Mapping[str, Any], by: Person) -> About:
    """From what a form or a program sends; empty `owner` is whoever brings it. Raises Invalid."""
    values: dict[str, Any] = {}
    for name, field in (("exchanged_on", Date()), ("owner", PersonLink())):
        try:
            values[name] = field.clean(raw.get(name) or None, viewer_of(by))
        except Refused as error:
            raise Invalid([FieldProblem(name, error.message, code=error.code)]) from error
    return cleaned(About(str(raw.get("occasion") or ""), str(raw.get("note") or ""), **values), by)


def describe(card: Card, raw: Mapping[str, Any], *, by: Person) -> Card:
    """Changes what is sent of owner, occasion, note, exchanged_on; an empty owner leaves it to the distribution.

    Raises Invalid, NotFound, Forbidden, Conflict.
    """
    said = described(raw, by)
    changes = {
        name: getattr(said, name) for name in ("owner", "occasion", "note", "exchanged_on") if name in raw
    }
    with ledger.writing():
        fresh = held(card, viewer_of(by))
        need_work(fresh, by)
        need_open(fresh)
        done = put(fresh, changes)
        if done:
            fresh.save(update_fields=list(done))
            note("cards.described", fresh, by=by, data={"fields": sorted(done)})
    return fresh


def try_again(card: Card, *, by: Person) -> Card:
    """A picture that could not be opened is looked at once more. Raises NotFound, Forbidden, Conflict."""
    from daifuku.cards.actions.bringing import READ
    from daifuku.cards.models import Reading
    from daifuku.foundation.errors import Conflict
    from daifuku.jobs import queue

    with ledger.writing():
        fresh = held(card, viewer_of(by))
        need_work(fresh, by)
        if fresh.reading != Reading.FAILED or not fresh.original:
            raise Conflict(_("読み取りは終わっています。"), code="not_failed")
        fresh.reading, fresh.trouble = Reading.WAITING, ""
        fresh.version += 1
        fresh.save(update_fields=["reading", "trouble", "version"])
        title = _("名刺の読み取り")
        queue.enqueue(READ, {"card": fresh.pk}, by=by, title=title, key=f"{READ}:{fresh.pk}:{fresh.version}")
    return fresh
