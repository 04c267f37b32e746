"""Where voices are shown: what this customer asked for, before the next visit, in a talk; and what to do with one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.activities.models import Plan, Talk
from daifuku.activities.objects.plan import PLAN
from daifuku.activities.objects.talk import TALK
from daifuku.customers.objects.account import ACCOUNT
from daifuku.customers.objects.contact import CONTACT
from daifuku.customers.objects.lead import LEAD
from daifuku.records.addresses import any_of, narrowed_list
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.catalogue.types import Option
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer
from daifuku.voices import finding
from daifuku.voices.actions.picking import says_less, text_of
from daifuku.voices.models import Voice
from daifuku.voices.objects.voice import VOICE
from daifuku.voices.showing import voice_line


def register() -> None:
    for object_type in (ACCOUNT, CONTACT, LEAD):
        object_type.panels.append(
            Panel(
                "voices",
                pgettext_lazy("many", "お客様の声"),
                "voices/panels/voices.html",
                of_customer,
                "main",
                12,
            )
        )
    PLAN.panels.append(
        Panel("voices", _("訪問の前に: お客様の声"), "voices/panels/voices.html", of_plan, "main", 4)
    )
    TALK.panels.append(
        Panel("voices", pgettext_lazy("many", "お客様の声"), "voices/panels/pick.html", of_talk, "main", 5)
    )
    VOICE.panels.append(Panel("turn", _("この声"), "voices/panels/turn.html", turning, "head", 1))


def of_customer(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    """What is open and what was answered of late; nothing where nobody has said anything."""
    link = record.object_key
    if not finding.may_see(viewer) or link not in vocabulary.fields_for(viewer, "voice"):
        return None
    return _told(link, record, viewer, {"account", link})


def of_plan(plan: Plan, viewer: Viewer) -> dict[str, Any] | None:
    """Of the customer to whom one goes; a plan that is over needs no preparing."""
    link = "account" if plan.account_id else "lead"
    customer = getattr(plan, link)
    if (
        not plan.is_open
        or not finding.may_see(viewer)
        or customer is None
        or not sees(viewer, customer, "view")
    ):
        return None
    return _told(link, customer, viewer, {"account", "lead"})


def _told(link: str, customer: Any, viewer: Viewer, besides: set[str]) -> dict[str, Any] | None:
    found = finding.of_customer(link, customer.pk, viewer)
    if not found:
        return None
    lines = [voice_line(voice, viewer, besides) for voice in found[: finding.MOST]]
    return {
        "answered": [line for line in lines if line.record.is_closed],
        "open": [line for line in lines if not line.record.is_closed],
        "every": narrowed_list(VOICE.slug, any_of(link, customer.uid)),
    }


def of_talk(talk: Talk, viewer: Viewer) -> dict[str, Any] | None:
    """The voices that were picked out of it, and the way to pick out another one."""
    if not finding.may_see(viewer):
        return None
    rows = Voice.objects.visible_to(viewer).filter(talk=talk).select_related(*finding.LINKED)
    found = [
        voice_line(voice, viewer, {"account", "contact", "lead"})
        for voice in rows.order_by("id")[: finding.MOST]
    ]
    may_pick = talk.trashed_at is None and viewer.may("voice", "create")
    if not found and not may_pick:
        return None
    return {
        "voices": found,
        "may_pick": may_pick,
        "topics": topics(),
        "text": text_of(talk, viewer),
        "closed": says_less(talk),
    }


def topics() -> list[Option]:
    offered: list[Option] = vocabulary.fields_of("voice")["topic"].type.offered()  # type: ignore[attr-defined]
    return offered


def turning(voice: Voice, viewer: Viewer) -> dict[str, Any] | None:
    """The next step: somebody takes it, somebody answers it."""
    if voice.trashed_at is not None or voice.is_closed or not sees(viewer, voice, "edit"):
        return None
    return {"may_take": voice.solver_id != viewer.pk}
