"""What 青山 owes in the world of the tests: an entry with a reason given, a question why, a half day off."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.support.world import NOWHERE, Place

if TYPE_CHECKING:
    from tests.support.world import World


def duties(world: World) -> None:
    from daifuku.duties.actions import owe, plead, take_day_off
    from daifuku.duties.models import Why

    by, now = world.cast.aoyama, timezone.now()
    account = world.records["account open"]
    duty = owe(
        "world",
        origin="rule:world",
        owner=by,
        due_at=now + timedelta(days=1),
        label="会社名の確認",
        subject=account,
    )
    plead(duty, "電波の届かない工場にいたため", by=by)
    week = timezone.localdate() - timedelta(days=7)
    why = Why.objects.create(person=by, week=week, percent=40)
    day_off = take_day_off(by, timezone.localdate() + timedelta(days=20), "morning", "通院", by=by)
    _penalties(world)
    things: dict[str, Any] = {"duty": duty, "why_asked": why, "day_off": day_off}
    for name, thing in things.items():
        world.records[name] = thing
        world.places[name] = Place({"uid": thing.uid}, {"uid": NOWHERE})


def _penalties(world: World) -> None:
    """A fund, an entry of 青山 of today, and what she paid."""
    from daifuku.penalties.actions import edit_terms
    from daifuku.penalties.models import Entry, Payment

    by, today, keeper = world.cast.aoyama, timezone.localdate(), world.cast.mizuno
    edit_terms({"on": True, "mode": "fund"}, by=keeper)
    entry = Entry.objects.create(person=by, day=today, mode="fund", amount=500)
    paid = Payment.objects.create(
        person=by, month=today.replace(day=1), amount=100, paid_on=today, created_by=keeper
    )
    things: dict[str, Any] = {"penalty": entry, "penalty_payment": paid}
    for name, thing in things.items():
        world.records[name] = thing
        world.places[name] = Place({"uid": thing.uid}, {"uid": NOWHERE})
