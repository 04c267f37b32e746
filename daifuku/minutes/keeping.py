"""Which talks are minutes: those that were written by a template, by whichever way they came in."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from daifuku.activities.models import Talk
from daifuku.foundation.errors import FieldProblem
from daifuku.minutes.models import Minutes
from daifuku.minutes.reading import read
from daifuku.minutes.slots import problems_in, slots_of
from daifuku.minutes.templates import written_by
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

MARK, FEWEST = "【", 2


def slots_are_filled(talk: Talk, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """On every way in: a template's blank is filled in, with what it asks for, or its line is gone."""
    if "text" not in changed or talk.text.count(MARK) < FEWEST:
        return
    day = timezone.localtime(talk.started_at).date()
    sections = read(talk.text, day).sections
    if (edition := written_by(sections)) is not None:
        yield from problems_in(sections, slots_of(edition.headings), day)


def recognise(saved: Saved, by: Person) -> None:
    """After talks were saved. One that holds no headings costs nothing."""
    for talk, changed in saved:
        if changed & {"text", "started_at"} and talk.text.count(MARK) >= FEWEST:
            keep_minutes(talk, only_by_template=True)


def keep_minutes(talk: Talk, *, only_by_template: bool = False) -> Minutes | None:
    """The row beside the talk, with the template that its headings are of. Call inside a transaction."""
    row = Minutes.objects.filter(talk=talk).first()
    edition = row.edition if row else None
    edition = written_by(read(talk.text, timezone.localtime(talk.started_at).date()).sections) or edition
    if row is None and edition is None and only_by_template:
        return None
    found: Minutes
    found, _made = Minutes.objects.update_or_create(
        talk=talk, defaults={"edition": edition, "held_at": talk.started_at}
    )
    return found
