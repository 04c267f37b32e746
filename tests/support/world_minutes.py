"""What stands of minutes in the world of the tests: a template that the administrator may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.world import NOWHERE, Place

if TYPE_CHECKING:
    from tests.support.world import World


def minutes(world: World) -> None:
    from daifuku.minutes.models import Template

    template = Template.objects.order_by("pk").first()
    assert template is not None
    world.records["template"] = template
    world.places["template"] = Place({"uid": template.uid}, {"uid": NOWHERE})
