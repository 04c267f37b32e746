"""Which talks are minutes: those that were written by a template, by whichever way they came in."""

from __future__ import annotations

from daifuku.activities.models import Talk
from daifuku.minutes.models import Minutes
from daifuku.minutes.reading import read
from daifuku.minutes.templates import written_by
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

MARK, FEWEST = "【", 2


def recognise(saved: Saved, by: Person) -> None:
    """After talks were saved. One that holds no headings costs nothing."""
    for talk, changed in saved:
        if changed & {"text", "started_at"} and talk.text.count(MARK) >= FEWEST:
            keep_minutes(talk, only_by_template=True)


def keep_minutes(talk: Talk, *, only_by_template: bool = False) -> Minutes | None:
    """The row beside the talk, with the template that its headings are of. Call inside a transaction."""
    row = Minutes.objects.filter(talk=talk).first()
    edition = row.edition if row else None
    edition = written_by(read(talk.text, talk.started_at.date()).sections) or edition
    if row is None and edition is None and only_by_template:
        return None
    found: Minutes
    found, _made = Minutes.objects.update_or_create(
        talk=talk, defaults={"edition": edition, "held_at": talk.started_at}
    )
    return found
