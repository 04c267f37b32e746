"""Quotes in the world of the tests: a draft and an issued one with its copy and link, for everybody and private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from tests.support.world import NOWHERE, Place

if TYPE_CHECKING:
    from tests.support.world import World

LINES = [{"name": "緩衝材", "quantity": 10, "unit": "枚", "unit_price": 120}]


def draft(world: World, sight: str) -> None:
    """Of the customer of this sight."""
    from daifuku.records import actions

    account = world.records[f"account {sight}"]
    values = {"title": f"{account}の緩衝材", "account": account, "lines": LINES}
    world.records[f"quote {sight}"] = actions.create("quote", values, by=world.cast.aoyama)


def quotes(world: World) -> None:
    from daifuku.documents.models import Sealed
    from daifuku.quotes import actions
    from daifuku.records import actions as records

    by, today, places = world.cast.aoyama, timezone.localdate(), {}
    tokens = {}
    for sight in ("open", "private"):
        account = world.records[f"account {sight}"]
        values = {"title": f"{account}の梱包", "account": account, "lines": LINES}
        quote = records.create("quote", values, by=by)
        actions.issue(quote, by=by, today=today)
        link, address = actions.open_link(quote, by=by, today=today)
        tokens[sight] = address.rstrip("/").rsplit("/", 1)[1]
        copy = Sealed.objects.get(object="quote", record_id=quote.pk)
        places[sight] = {"uid": quote.uid, "link": link.uid, "copy": copy.uid}
    opened, private = places["open"], places["private"]

    def place(*words: str) -> Place:
        return Place(
            {word: opened[word] for word in words}, dict.fromkeys(words, NOWHERE),
            {word: private[word] for word in words},
        )  # fmt: skip

    world.places["issued quote"] = place("uid")
    world.places["quote link"] = place("uid", "link")
    copies = place("uid", "copy")
    world.places["quote copy"] = Place(
        {"slug": "quotes", **copies.open},
        {"slug": "quotes", **copies.unknown},
        {"slug": "quotes", **(copies.private or {})},
    )
    world.places["quote token"] = Place({"token": tokens["open"]}, {"token": "nothing-here"})
