"""Sealing and verifying: whatever is changed, removed or inserted shows; an erasure does not break the chain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from daifuku.ledger import anchoring, erasing, sealing
from daifuku.ledger.models import Event, Seal, Subject
from daifuku.records import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def account(cast: Cast):
    anchoring.path().unlink(missing_ok=True)
    made = actions.create("account", {"name": "日本電気硝子", "phone": "03-1234-5678"}, by=cast.aoyama)
    for number in range(3):
        made = actions.edit(made, {"note": f"訪問{number}"}, by=cast.aoyama)
    anchoring.seal_and_anchor()
    return made


def test_an_untouched_chain_is_whole(account: object) -> None:
    assert Seal.objects.count() == 4
    assert anchoring.verify_against_anchor() == []


def test_sealing_again_adds_nothing(account: object) -> None:
    assert sealing.seal() == 0


def test_worker_and_command_write_the_anchor_at_once(account: object) -> None:
    end = sealing.anchor()
    with ThreadPoolExecutor(8) as writers:
        for written in [writers.submit(anchoring.write, end) for _number in range(200)]:
            written.result()
    assert anchoring.read() == end
    assert list(anchoring.path().parent.glob("ledger.*new")) == []


def change_a_value() -> None:
    event = Event.objects.order_by("pk")[1]
    Event.objects.filter(pk=event.pk).update(data={"changes": {"note": ["", "嘘"]}})


def change_who_did_it() -> None:
    Event.objects.filter(pk=Event.objects.order_by("pk")[1].pk).update(actor=None)


def change_whom_it_is_about() -> None:
    Subject.objects.filter(event=Event.objects.order_by("pk")[1]).update(record_id=99999)


def remove_a_line_in_the_middle() -> None:
    event = Event.objects.order_by("pk")[1]
    Subject.objects.filter(event=event).delete()
    Event.objects.filter(pk=event.pk).delete()


def remove_a_line_and_its_link() -> None:
    seal = Seal.objects.get(position=2)
    Subject.objects.filter(event=seal.event_id).delete()
    Event.objects.filter(pk=seal.event_id).delete()
    seal.delete()


def cut_the_tail() -> None:
    seal = Seal.objects.get(position=4)
    seal.delete()
    Subject.objects.filter(event=seal.event_id).delete()
    Event.objects.filter(pk=seal.event_id).delete()


def insert_a_line_behind() -> None:
    first = Event.objects.order_by("pk")[0]
    Event.objects.create(pk=-5, txid=first.txid, kind="account.edited", data={})


def pretend_an_erasure() -> None:
    event = Event.objects.order_by("pk")[1]
    Event.objects.filter(pk=event.pk).update(salt="", data={"erased_by": event.pk})


@pytest.mark.parametrize(
    "tamper",
    [
        change_a_value, change_who_did_it, change_whom_it_is_about, remove_a_line_in_the_middle,
        remove_a_line_and_its_link, cut_the_tail, insert_a_line_behind, pretend_an_erasure,
    ],
)  # fmt: skip
def test_verify_finds(tamper: Callable[[], None], account: object) -> None:
    tamper()
    assert anchoring.verify_against_anchor()


def test_a_cut_tail_still_shows_after_new_lines_were_sealed(account: object, cast: Cast) -> None:
    cut_the_tail()
    actions.create("account", {"name": "新しい会社"}, by=cast.aoyama)
    anchoring.seal_and_anchor()
    assert anchoring.verify_against_anchor()


def test_an_erasure_removes_the_values_and_leaves_the_chain_whole(account: object, cast: Cast) -> None:
    erasing.erase("account", account.pk, by=cast.mizuno, kind="account.erased")  # type: ignore[attr-defined]
    anchoring.seal_and_anchor()
    assert anchoring.verify_against_anchor() == []
    kept = str(list(Event.objects.exclude(kind="account.erased").values_list("data", flat=True)))
    assert "日本電気硝子" not in kept
    assert "訪問" not in kept
