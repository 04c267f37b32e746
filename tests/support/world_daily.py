"""What stands of daily reports in the world of the tests: 青山's report of yesterday, and what the president shared."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.support.world import NOWHERE, Place

if TYPE_CHECKING:
    from tests.support.world import World


def daily(world: World) -> None:
    from daifuku.daily.actions import close_day, share

    by, day = world.cast.aoyama, timezone.localdate() - timedelta(days=2)
    report = close_day(day, {"remark": "手応えがあった"}, by=by)
    shared = share(world.records["account open"], "みんなで当たろう", by=world.cast.mori)
    things: dict[str, Any] = {"daily_report": report, "shared": shared}
    for name, thing in things.items():
        world.records[name] = thing
        world.places[name] = Place({"uid": thing.uid}, {"uid": NOWHERE})
    other = day - timedelta(days=1)
    world.places["daily"] = Place(
        {"uid": by.uid, "day": other.isoformat()}, {"uid": NOWHERE, "day": other.isoformat()}
    )
