"""Carries what is due to each person: one mail for all that waited, grouped by customer, and one push.

A person's notices turn into a mail and lose their time in the same transaction: whoever is killed in between has done
nothing, whoever comes after it finds nothing left to do. What somebody has read in the meantime is not sent any more,
and what he may not see any more is not told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from daifuku.foundation.sql import write_transaction
from daifuku.messages import holding, mail
from daifuku.messages.models import Hold, Mail, Notice
from daifuku.messages.push import lining_up
from daifuku.messages.sharing import own
from daifuku.records.scope import seen_of_kinds
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

PEOPLE_A_TURN, MOST = 50, 500
CUSTOMER = "account"


@dataclass
class Group:
    """What happened with one customer; the last group is about no customer."""

    label: str
    url: str
    notices: list[Notice] = field(default_factory=list)


def anything_due() -> bool:
    """Only reads, so that an idle program leaves the disk alone."""
    return _due().exists() and holding.current() is None


def send_due() -> int:
    """Of a few people whose time has come, those first who waited longest; returns how many were told."""
    if holding.current() is not None:
        return 0
    waiting = _due().order_by().values("person").annotate(first=Min("due_at")).order_by("first")
    people = [row["person"] for row in waiting[:PEOPLE_A_TURN]]
    return sum(send_to(person) for person in people)


def _due() -> Any:
    return Notice.objects.filter(due_at__lte=timezone.now())


def send_to(person_id: int) -> int:
    """1 when he was told of something."""
    with write_transaction():
        rows = list(_due().filter(person=person_id).select_for_update().order_by("pk")[:MOST])
        if not rows:
            return 0
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(due_at=None)
        person = Person.objects.get(pk=person_id)
        told = _still_to_tell(rows, person)
        if not told or not person.is_active:
            return 0
        with translation.override(person.language):
            sent = _by_mail(told, person)
            if sent is not None:
                Notice.objects.filter(pk__in=[row.pk for row in told]).update(mail=sent)
            lining_up.line_up(told, person)
    return 1


def _still_to_tell(rows: list[Notice], person: Person) -> list[Notice]:
    """Unread, still visible, and not out of a backup whose messages were left out."""
    left_out = Hold.objects.filter(discarded=True).order_by("-last_event").first()
    last = left_out.last_event if left_out else 0
    rows = [row for row in rows if row.read_at is None and (row.event_id is None or row.event_id > last)]
    seen = _seen(rows, viewer_of(person))
    return [row for row in rows if not row.object or (row.object, row.record_id) in seen]


def _seen(rows: list[Notice], viewer: Viewer) -> dict[tuple[str, int], Any]:
    """The records and customers that they are about."""
    places = [place for row in rows for place in ((row.object, row.record_id), (CUSTOMER, row.customer))]
    return seen_of_kinds(places, viewer)


def _by_mail(rows: list[Notice], person: Person) -> Mail | None:
    if not mail.has_server() or not own.receiving_of([person.pk])[person.pk].by_mail:
        return None
    groups = grouped(rows, viewer_of(person))
    context = {
        "groups": groups, "count": len(rows), "base": settings.BASE_URL,
        "choosing": f"{settings.BASE_URL}{reverse('messages:receiving')}",
    }  # fmt: skip
    if len(rows) == 1:
        key, subject = f"notice:{rows[0].uid}", rows[0].sentence
    else:
        key = f"digest:{rows[0].uid}:{rows[-1].uid}"
        subject = _("お知らせ%(count)s件（%(first)s）") % {
            "count": len(rows), "first": _first_names([group.label for group in groups]),
        }  # fmt: skip
    text = render_to_string("messages/mails/digest.txt", context)
    html = render_to_string("messages/mails/digest.html", context)
    return mail.send(person.email, subject, text, key=key, html=html, event=_only_event(rows))


def _only_event(rows: list[Notice]) -> Any:
    return rows[0].event if len(rows) == 1 else None


def _first_names(labels: list[str]) -> str:
    first = labels[0]
    return first if len(labels) == 1 else _("%(first)sほか") % {"first": first}


def grouped(rows: list[Notice], viewer: Viewer) -> list[Group]:
    """By customer, in the order in which each was first heard of; inside in the order of the ledger."""
    seen = _seen(rows, viewer)
    found: dict[int | None, Group] = {}
    for row in rows:
        key = row.customer if (CUSTOMER, row.customer) in seen else None
        if key not in found:
            customer = seen.get((CUSTOMER, key)) if key else None
            label = str(customer) if customer else _("そのほか")
            found[key] = Group(label, customer.get_absolute_url() if customer else "")
        found[key].notices.append(row)
    rest = found.pop(None, None)
    return [*found.values(), *([rest] if rest else [])]
