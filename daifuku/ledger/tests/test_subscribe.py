"""Subscribers hear every line at least once, and a failing one is tried again before it is given up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.ledger import subscribing
from daifuku.ledger.models import Delivery, Event
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    heard: list[str] = []
    monkeypatch.setattr(subscribing, "_subscribers", {})
    subscribing.subscribe("test", ["account."], lambda event: heard.append(event.kind))
    subscribing.deliver()
    yield heard


def test_what_happens_is_told_once(heard: list[str], cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    actions.edit(account, {"note": "訪問"}, by=cast.aoyama)
    subscribing.deliver()
    subscribing.deliver()
    assert heard == ["account.created", "account.edited"]


def test_other_kinds_are_not_told(heard: list[str], cast: Cast) -> None:
    actions.create("lead", {"family_name": "山田", "company": "山田商店"}, by=cast.aoyama)
    subscribing.deliver()
    assert heard == []


def test_a_failing_subscriber_is_tried_again_and_given_up_in_the_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscribing, "_subscribers", {})

    def fail(event: Event) -> None:
        raise RuntimeError("no")

    subscribing.subscribe("failing", ["account.created"], fail)
    subscribing.deliver()
    actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    for _attempt in range(subscribing.ATTEMPTS):
        subscribing.deliver()
        Delivery.objects.filter(state="open").update(due_at=timezone.now() - timedelta(seconds=1))
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("dead", subscribing.ATTEMPTS)
    assert "RuntimeError: no" in delivery.error


def test_what_does_not_concern_a_subscriber_never_becomes_a_delivery(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscribing, "_subscribers", {})
    heard: list[str] = []
    subscribing.subscribe(
        "picky", ["account."], lambda event: heard.append(event.kind), lambda event: "note" in event.changes
    )
    subscribing.deliver()
    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    actions.edit(account, {"note": "訪問"}, by=cast.aoyama)
    subscribing.deliver()
    assert heard == ["account.edited"]
    assert Delivery.objects.count() == 1


def test_where_the_order_counts_a_killed_worker_passes_no_line_by(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    monkeypatch.setattr(subscribing, "_subscribers", {})
    heard: list[int] = []
    kills = [1, 2]

    def hear(event: Event) -> None:
        if len(heard) in kills:
            kills.remove(len(heard))
            raise Killed
        heard.append(event.pk)

    subscribing.subscribe("ordered", ["account.created"], hear, in_order=True)
    subscribing.deliver()
    actions.create_many("account", [{"name": f"会社{number}"} for number in range(4)], by=cast.aoyama)
    for _worker in range(2):
        with pytest.raises(Killed):
            subscribing.deliver()
    subscribing.deliver()
    lines = list(
        Event.objects.filter(kind="account.created").order_by("txid", "id").values_list("pk", flat=True)
    )
    assert list(dict.fromkeys(heard)) == lines
    assert not Delivery.objects.exists()
    assert not subscribing.anything_waiting()


def test_in_order_too_one_that_fails_holds_up_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribing, "_subscribers", {})
    heard: list[str] = []
    ill = [True]

    def hear(event: Event) -> None:
        if ill[0] and event.kind == "account.created":
            raise RuntimeError("no")
        heard.append(event.kind)

    subscribing.subscribe("ordered", ["account."], hear, in_order=True)
    subscribing.deliver()
    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    actions.edit(account, {"note": "訪問"}, by=cast.aoyama)
    subscribing.deliver()
    assert heard == ["account.edited"]
    assert Delivery.objects.get().attempts == 1
    ill[0] = False
    Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    subscribing.deliver()
    assert heard == ["account.edited", "account.created"]
