"""What stands of minutes in the world of the tests: a template that the administrator may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.world import NOWHERE, Place

if TYPE_CHECKING:
    from tests.support.world import World


def minutes(world: World) -> None:
    from daifuku.minutes.actions import change_template
    from daifuku.minutes.models import Template

    headings = [{"name": "課題"}, {"name": "決定事項"}]
    template = Template.objects.order_by("pk").first() or change_template(
        None, {"name": "初回訪問", "headings": headings}, by=world.cast.mizuno
    )
    world.records["template"] = template
    world.places["template"] = Place({"uid": template.uid}, {"uid": NOWHERE})
