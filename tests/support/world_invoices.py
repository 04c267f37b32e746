"""Invoices in the world of the tests: a draft and an issued one, for everybody and private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from tests.support.world import NOWHERE, Place

if TYPE_CHECKING:
    from tests.support.world import World

LINES = [{"name": "保守料", "quantity": 1, "unit": "式", "unit_price": 12000}]


def draft(world: World, sight: str) -> None:
    """Of the customer of this sight."""
    from daifuku.records import actions

    account = world.records[f"account {sight}"]
    values = {"title": f"{account}の保守料", "account": account, "lines": LINES}
    world.records[f"invoice {sight}"] = actions.create("invoice", values, by=world.cast.aoyama)


def invoices(world: World) -> None:
    from daifuku.billing import actions
    from daifuku.billing.models import ClosingRun
    from daifuku.messages.models import Mail
    from daifuku.records import actions as records

    by, today, places, tokens = world.cast.aoyama, timezone.localdate(), {}, {}
    for sight in ("open", "private"):
        account = world.records[f"account {sight}"]
        values = {"title": f"{account}の点検", "account": account, "lines": LINES}
        invoice = actions.issue(records.create("invoice", values, by=by), by=by, today=today)
        link = actions.send(invoice, "keiri@example.co.jp", "請求書", "{リンク}", by=by, today=today)
        tokens[sight] = Mail.objects.get(key=f"invoice-{link.uid}").text.rstrip("/").rsplit("/", 1)[1]
        places[sight] = {"uid": invoice.uid, "link": link.uid}
    for name, words in (("issued invoice", ("uid",)), ("invoice link", ("uid", "link"))):
        world.places[name] = Place(
            {word: places["open"][word] for word in words}, dict.fromkeys(words, NOWHERE),
            {word: places["private"][word] for word in words},
        )  # fmt: skip
    run = ClosingRun.objects.create(
        closes_on=today, issued_on=today, by=by, at=timezone.now(), state=ClosingRun.State.DONE
    )
    world.places["closing run"] = Place({"uid": run.uid}, {"uid": NOWHERE})
    world.places["invoice token"] = Place({"token": tokens["open"]}, {"token": "nothing-here"})
