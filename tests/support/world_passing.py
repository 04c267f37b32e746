"""A lead that was passed on to sales and waits for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.world import NOWHERE, Place

if TYPE_CHECKING:
    from tests.support.world import World


def passing(world: World) -> None:
    """A lead that waits for 青山's answer."""
    from daifuku.passing.actions import edit_setup, pass_on
    from daifuku.records import actions

    by = world.cast.mizuno
    edit_setup({"on": True}, by=by)
    values = {"family_name": "引渡", "company": "引渡商店", "status": "qualified"}
    handing = pass_on(actions.create("lead", values, by=by), world.cast.aoyama, by=by)
    world.records["handing"] = handing
    world.places["handing"] = Place({"uid": handing.uid}, {"uid": NOWHERE})
