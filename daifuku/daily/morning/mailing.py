"""The morning page by mail: on working days at the time that the settings say, to each as much as he may know."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from daifuku.daily import days, shares, who
from daifuku.daily.models import Habits, habits
from daifuku.daily.morning.people import rows_of
from daifuku.daily.morning.sheet import morning_of
from daifuku.duties.working import Calendar
from daifuku.foundation.sql import write_transaction
from daifuku.messages import mail
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


def anything_to_send() -> bool:
    """Only reads: whether it is time, and this morning's are not sent yet."""
    return _due(timezone.now(), habits())


def send_all(now: datetime | None = None) -> int:
    """Returns how many were written; one that was written before is not written again, whatever died in between."""
    now, rules = now or timezone.now(), habits()
    if not _due(now, rules):
        return 0
    today = timezone.localdate(now)
    day = days.last_working(today, Calendar([], today))
    readers = [person for person in who.morning_readers(rules) if person.email]
    for person in readers:
        send(person, day, now, rules)
    with write_transaction():
        row = Habits.objects.select_for_update().order_by("pk").first() or rules
        row.mailed_on = today
        row.save()
    return len(readers)


def send(person: Person, day: date, now: datetime, rules: Habits) -> Any:
    """Headlines and links; the words of customers stay in the program."""
    viewer = Viewer(person)
    with translation.override(person.language):
        morning = morning_of(viewer, day, now, rules)
        context = {
            "morning": morning, "rows": rows_of(morning), "shared": shares.of_day(day, viewer),
            "base": settings.BASE_URL,
            "address": f"{settings.BASE_URL}{reverse('daily:morning')}?day={day.isoformat()}",
        }  # fmt: skip
        subject = _("朝の一枚 %(month)s月%(day)s日") % {"month": day.month, "day": day.day}
        text = render_to_string("daily/mails/morning.txt", context)
        html = render_to_string("daily/mails/morning.html", context)
    return mail.send(person.email, subject, text, key=f"morning:{day.isoformat()}:{person.uid}", html=html)


def _due(now: datetime, rules: Habits) -> bool:
    local = timezone.localtime(now)
    if not rules.mails or local.time() < rules.mails_at or rules.was_mailed(local.date()):
        return False
    return mail.has_server() and Calendar([], local.date()).works(local.date())
