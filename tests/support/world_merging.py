"""What stands of merges in the world of the tests: two leads of 青山 became one; and two accounts that look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.world import NOWHERE, Place

if TYPE_CHECKING:
    from tests.support.world import World


def merges(world: World) -> None:
    from daifuku.merging.actions import merge
    from daifuku.records import actions

    by = world.cast.aoyama
    for sight, privacy in (("open", ""), ("private", "private")):
        values = {"family_name": "統谷", "company": "統谷商店", "privacy": privacy}
        leads = [actions.create("lead", values, by=by) for _n in range(2)]
        world.records[f"merge {sight}"] = merge(leads, leads[0], by=by)
    made = {sight: {"uid": world.records[f"merge {sight}"].uid} for sight in ("open", "private")}
    world.places["merge"] = Place(made["open"], {"uid": NOWHERE}, made["private"])
    pair = world.places["pair"]
    beside = {"other_slug": "accounts"}
    private = None if pair.private is None else {**pair.private, **beside}
    world.places["same pair"] = Place(
        {**(pair.open or {}), **beside}, {**(pair.unknown or {}), **beside}, private
    )
