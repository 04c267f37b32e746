"""What the phone is told of talks, plans, tasks and customers: few words, as far as the person may see them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daifuku.activities.models import Plan, Talk, Task
from daifuku.activities.showing import Line, short
from daifuku.ledger.models import Event
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Option
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer
from daifuku.voices.showing import Line as VoiceLine

KANA = ("kana", "family_kana", "given_kana", "company_kana")


def option(found: Option) -> dict[str, str]:
    return {"key": found.key, "name": found.name, "colour": found.colour}


def talk(record: Talk) -> dict[str, Any]:
    return {
        "uid": str(record.uid), "name": str(record), "url": record.get_absolute_url(), "text": record.text,
        "when": short(record.started_at),
    }  # fmt: skip


def plan_now(record: Plan, viewer: Viewer) -> dict[str, Any]:
    """How somebody else left the plan: its state, why, when, and who it was."""
    fields = vocabulary.fields_for(viewer, "plan")
    line = (
        Event.objects.filter(subjects__object="plan", subjects__record_id=record.pk, subjects__role="main")
        .select_related("actor")
        .order_by("-pk")
        .first()
    )
    return {
        "name": str(record), "url": record.get_absolute_url(), "when": short(record.started_at),
        "state": fields["state"].text(record) if "state" in fields else "",
        "reason": record.reason if "reason" in fields else "",
        "who": str(line.actor) if line and line.actor else "", "at": short(line.at) if line else "",
    }  # fmt: skip


def plan(line: Line, viewer: Viewer) -> dict[str, Any]:
    """`with` is whom the person talks with when he goes there."""
    record: Plan = line.record
    if record.contact is not None and record.contact.account_id == record.account_id:
        record.contact.account = record.account
    return {
        "uid": str(record.uid), "name": str(record), "url": record.get_absolute_url(),
        "started_at": record.started_at.isoformat(), "clock": f"{timezone.localtime(record.started_at):%H:%M}",
        "when": short(record.started_at), "method": record.method, "overdue": line.overdue,
        "open": line.may_finish, "place": record.place, "words": [option(word) for word in line.words],
        "who": [name for name, _address in line.who],
        "with": customer(record.contact or record.account or record.lead, viewer, ""),
    }  # fmt: skip


def voice(line: VoiceLine) -> dict[str, Any]:
    """What the customer wished for, or what may be told him now."""
    return {
        "name": str(line.record), "answer": line.answer, "text": line.text, "product": line.product,
        "url": line.record.get_absolute_url(), "words": [option(word) for word in line.words],
    }  # fmt: skip


def task(line: Line) -> dict[str, Any]:
    record: Task = line.record
    due = date_format(record.due_on, _("n月j日")) if record.due_on else ""
    return {
        "uid": str(record.uid), "name": str(record), "url": record.get_absolute_url(), "due": due,
        "overdue": line.overdue, "who": [name for name, _address in line.who], "open": line.may_finish,
    }  # fmt: skip


def customer(record: Any, viewer: Viewer, why: str, **more: Any) -> dict[str, Any] | None:
    """Somebody to talk with, None where this person may not know of him. `read` is what he is found by in kana.

    `keeper` is the key of whoever else is in charge: `with_keepers` puts his name there.
    """
    if record is None or record.trashed_at is not None or not sees(viewer, record, "view"):
        return None
    fields = vocabulary.fields_for(viewer, record.object_key)
    read = " ".join(getattr(record, name, "") for name in KANA if name in fields)
    return {
        "object": record.object_key, "uid": str(record.uid), "name": str(record), "read": read.strip(),
        "firm": _firm(record, viewer), "why": why, "keeper": _keeper(record, viewer), **more,
    }  # fmt: skip


def with_keepers(customers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One question for all of them; whoever has left takes no calls."""
    wanted = {each["keeper"] for each in customers} - {None}
    people = (
        {each.pk: each for each in Person.objects.filter(pk__in=wanted, is_active=True)} if wanted else {}
    )
    for each in customers:
        keeper = people.get(each["keeper"])
        each["keeper"] = {"uid": str(keeper.uid), "name": str(keeper)} if keeper else None
    return customers


def _keeper(record: Any, viewer: Viewer) -> int | None:
    """For whom a call may have been that this person took."""
    firm = getattr(record, "account", None) if record.object_key == "contact" else record
    if firm is None or not sees(viewer, firm, "view"):
        return None
    if "owner" not in vocabulary.fields_for(viewer, firm.object_key) or firm.owner_id == viewer.pk:
        return None
    keeper: int | None = firm.owner_id
    return keeper


def _firm(record: Any, viewer: Viewer) -> str:
    """Where somebody works; nothing beside a firm."""
    if record.object_key == "lead":
        return record.company if "company" in vocabulary.fields_for(viewer, "lead") else ""
    firm = getattr(record, "account", None)
    return str(firm) if firm is not None and sees(viewer, firm, "view") else ""
