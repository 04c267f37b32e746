"""Minutes are the talk: written once they are its record, its text, and what came of the meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from daifuku.activities.models import Talk
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.minutes.actions.accepting import accept_many
from daifuku.minutes.actions.drafting import drop_draft
from daifuku.minutes.keeping import keep_minutes
from daifuku.minutes.reading import read
from daifuku.minutes.templates import written_by
from daifuku.records.actions import create, edit
from daifuku.staff.models import Person


def write(values: Mapping[str, Any], *, by: Person, accepted: Iterable[str] = (), uid: Any = None) -> Talk:
    """The talk, and what was accepted of its lines (keys of findings), all or nothing; the draft is gone.

    Raises Invalid, Forbidden, Conflict (the uid is taken).
    """
    with ledger.writing():
        talk: Talk = create("talk", _called(values), by=by, uid=uid)
        keep_minutes(talk)
        accept_many(talk, accepted, by=by)
        drop_draft(by=by, talk=None)
    return talk


def _called(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without a subject they are called by their template, where more than half of its headings are there: who came to
    the meeting is no name for it."""
    if values.get("subject"):
        return values
    sections = read(str(values.get("text") or ""), timezone.localdate(moment())).sections
    edition = written_by(sections)
    if edition is None or 2 * len({each.name for each in sections} & set(edition.names)) <= len(
        edition.names
    ):
        return values
    return {**values, "subject": edition.template.name}


def rewrite(talk: Talk, changes: Mapping[str, Any], *, by: Person, accepted: Iterable[str] = ()) -> Talk:
    """As `write`, of minutes that are there."""
    with ledger.writing():
        saved: Talk = edit(talk, changes, by=by)
        keep_minutes(saved)
        accept_many(saved, accepted, by=by)
        drop_draft(by=by, talk=saved)
    return saved
