"""What stands of cards in the world of the tests: 青山 has brought one, and a letter lies aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.support.world import NOWHERE, Place

if TYPE_CHECKING:
    from tests.support.world import World


def cards(world: World) -> None:
    from daifuku.cards.actions.bringing import bring
    from daifuku.cards.models import Card, Letter, Reading
    from daifuku.cards.tests.conftest import picture

    drawn = picture()
    made, _fresh = bring(ContentFile(drawn, "meishi.jpg"), by=world.cast.aoyama)
    stored = default_storage.save("card", ContentFile(drawn))
    Card.objects.filter(pk=made.pk).update(
        picture=stored, thumb=stored, width=640, height=400, reading=Reading.BLANK
    )
    letter = Letter.objects.create(box="x", uidvalidity=1, number=1, state=Letter.State.ASIDE)
    things: dict[str, Any] = {"card": made, "card letter": letter}
    for name, thing in things.items():
        world.records[name] = thing
        world.places[name] = Place({"uid": thing.uid}, {"uid": NOWHERE})
