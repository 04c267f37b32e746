"""What stands of hand-overs in the world of the tests: 青山 hands a firm over to 馬場 some days from now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.support.world import NOWHERE, Place

if TYPE_CHECKING:
    from tests.support.world import World


def handover(world: World) -> None:
    from daifuku.handover.actions import arrange
    from daifuku.handover.models import Item, Paper

    today = timezone.localdate()
    values = {
        "giver": world.cast.aoyama, "successors": [{"person": world.cast.baba, "condition": None}],
        "starts_on": today + timedelta(days=30),
    }  # fmt: skip
    made = arrange(values, by=world.cast.mizuno, today=today)
    item = Item.objects.get(handover=made, object="account", record_id=world.records["account open"].pk)
    paper = Paper.objects.create(handover=made, by=world.cast.mizuno)
    things: dict[str, Any] = {"handover": made, "handed customer": item, "handover_paper": paper}
    for name, thing in things.items():
        world.records[name] = thing
        world.places[name] = Place({"uid": thing.uid}, {"uid": NOWHERE})
