"""A new record together with the first one that belongs to it: a firm and whom one talks to there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event, Subject
from daifuku.records.actions.creating import create
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import Along
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def create_along(
    kind: str, values: Mapping[str, Any], others: Mapping[str, Any], *, by: Person
) -> tuple[Any, Any]:
    """The record, and the one made of `others` (None where they are all empty). Both are kept or none; the undo of the
    first takes both back. Raises what `create` raises; problems of the second name their fields `contact.phone`."""
    along = registry.get(kind).along
    if along is None or not any(others.values()):
        return create(kind, values, by=by), None
    with ledger.writing():
        record = create(kind, values, by=by)
        with through(cause=_line_of(kind, record)):
            return record, _second(along, record, others, by)


def _second(along: Along, record: Any, others: Mapping[str, Any], by: Person) -> Any:
    fields = vocabulary.editable_for(viewer_of(by), along.object)
    own = vocabulary.fields_of(record.object_key)
    same = {key: own[key].get(record) for key in along.same if key in fields}
    try:
        return create(along.object, {**same, **others, along.link: record}, by=by)
    except Invalid as error:
        raise Invalid([_named(along, problem) for problem in error.problems]) from error


def _named(along: Along, problem: FieldProblem) -> FieldProblem:
    return FieldProblem(f"{along.object}.{problem.field}", problem.message, code=problem.code)


def _line_of(kind: str, record: Any) -> Event:
    about = {"subjects__object": kind, "subjects__record_id": record.pk, "subjects__role": Subject.MAIN}
    return Event.objects.get(kind=registry.get(kind).event("created"), **about)
