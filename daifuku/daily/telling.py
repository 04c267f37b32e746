"""Who is told: everybody of what was shared; and whoever comments on a report has read it."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from daifuku.daily.actions.reading import read
from daifuku.daily.models import Report, Shared
from daifuku.foundation.errors import NotFound
from daifuku.ledger.models import Event
from daifuku.messages.notices import Sentence, notify
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

SHARED = "daily.shared"
LONGEST = 80


def tell_all(event: Event) -> None:
    """In the app alone: a mail to everybody for every remark would soon be read by nobody."""
    shared = Shared.objects.filter(pk=event.data.get("shared"), withdrawn_at__isnull=True).first()
    if shared is None:
        return
    words = " ".join(shared.remark.split())[:LONGEST]
    text = (
        gettext_noop("%(actor)sさんが全員に共有しました。「%(remark)s」")
        if words
        else gettext_noop("%(actor)sさんが全員に共有しました。")
    )
    sentence = Sentence(text, {"actor": event.actor or gettext("大福帳"), "remark": words})
    for person in Person.objects.working().exclude(pk=event.actor_id):
        notify(person, kind=SHARED, sentence=sentence, url=shared.get_absolute_url(), event=event)


def count_as_read(event: Event) -> None:
    """Whoever answered a report has read it."""
    subject = event.subjects.filter(object="daily_report").first()
    person = Person.objects.working().filter(pk=event.actor_id).first() if subject else None
    if person is None or subject is None:
        return
    rows = Report.objects.visible_to(viewer_of(person))
    report = rows.filter(pk=subject.record_id).exclude(owner=person).first()
    if report is not None:
        try:
            read(report, by=person)
        except NotFound:
            return
