"""What happened is sent once more: one delivery, or all from a day or a line of the ledger on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.foundation.errors import Conflict, Invalid
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.jobs.testing import make_due as make_jobs_due
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.tests.webhooks_support import told, work_off, work_off_jobs
from daifuku.messages.webhooks import actions, asking, keeping, replaying
from daifuku.records import actions as records
from tests.support.receiver import Receiver

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def names(receiver: Receiver) -> list[str]:
    return [body["name"] for body in told(receiver)]


@pytest.fixture
def past(cast: Cast) -> list[Event]:
    """Ten accounts, one a day, the last one today."""
    for number in range(10):
        with through(at=timezone.now() - timedelta(days=9 - number)):
            records.create("account", {"name": f"会社{number}"}, by=cast.aoyama)
    return list(Event.objects.filter(kind="account.created").order_by("pk"))


@pytest.fixture
def late(past: list[Event], hook: Webhook) -> Webhook:
    """A webhook that was made after all that."""
    return hook


def test_one_delivery_is_sent_again_under_the_same_number(
    cast: Cast, hook: Webhook, receiver: Receiver
) -> None:
    records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    work_off()
    delivery = WebhookDelivery.objects.get()
    asking.send_again(delivery, by=cast.mizuno)
    work_off()
    assert [got.headers["Daifuku-Delivery"] for got in receiver.got] == [str(delivery.uid)] * 2


def test_all_since_a_day_are_sent_in_order(cast: Cast, late: Webhook, receiver: Receiver) -> None:
    asking.replay(late, by=cast.mizuno, day=timezone.localdate() - timedelta(days=3))
    job = work_off_jobs()[0]
    work_off()
    assert names(receiver) == ["会社6", "会社7", "会社8", "会社9"]
    assert (job.state, job.done, job.total) == ("done", 4, 4)
    assert job.result == {"lined_up": 4, "url": f"/settings/webhooks/{late.uid}/"}
    assert Event.objects.filter(kind="webhook.replayed").count() == 1


def test_all_from_a_line_on_are_sent_that_line_included(
    cast: Cast, late: Webhook, past: list[Event], receiver: Receiver
) -> None:
    asking.replay(late, by=cast.mizuno, line_number=past[7].pk)
    work_off_jobs()
    work_off()
    assert names(receiver) == ["会社7", "会社8", "会社9"]


def test_what_was_sent_before_goes_again_under_its_number_and_nothing_twice(
    cast: Cast, late: Webhook, receiver: Receiver
) -> None:
    for _time in range(2):
        asking.replay(late, by=cast.mizuno, line_number=1)
        work_off_jobs()
        work_off()
    assert names(receiver) == [f"会社{number}" for number in range(10)] * 2
    assert WebhookDelivery.objects.count() == 10


def test_also_what_was_forgotten_keeps_its_number(cast: Cast, late: Webhook, receiver: Receiver) -> None:
    for _time in range(2):
        asking.replay(late, by=cast.mizuno, line_number=1)
        work_off_jobs()
        work_off()
        WebhookDelivery.objects.update(created_at=timezone.now() - timedelta(days=31))
        keeping.clean()
    numbers = [got.headers["Daifuku-Delivery"] for got in receiver.got]
    assert numbers[:10] == numbers[10:]
    assert len(set(numbers)) == 10


def test_killed_in_the_middle_it_goes_on_where_it_was(
    cast: Cast, late: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replaying, "BATCH", 3)
    asking.replay(late, by=cast.mizuno, line_number=1)
    line_up, seen = replaying._line_up, []

    def dying(*arguments: Any) -> None:
        seen.append(1)
        if len(seen) == 3:
            raise RuntimeError("killed")
        line_up(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(replaying, "_line_up", dying)
        work_off_jobs()
    assert WebhookDelivery.objects.count() == 6
    make_jobs_due()
    job = work_off_jobs()[0]
    work_off()
    assert names(receiver) == [f"会社{number}" for number in range(10)]
    assert (job.state, job.done, job.result["lined_up"]) == ("done", 10, 10)


def test_it_can_be_cancelled_and_what_waits_taken_back(
    cast: Cast, late: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replaying, "BATCH", 3)
    job, line_up = asking.replay(late, by=cast.mizuno, line_number=1), replaying._line_up

    def cancelled(*arguments: Any) -> None:
        line_up(*arguments)
        queue.cancel(Job.objects.get(pk=job.pk))

    monkeypatch.setattr(replaying, "_line_up", cancelled)
    assert work_off_jobs()[0].state == "cancelled"
    assert WebhookDelivery.objects.filter(state="waiting").count() == 3
    assert asking.drop_waiting(late, by=cast.mizuno) == 3
    work_off()
    assert receiver.got == []
    assert set(WebhookDelivery.objects.values_list("state", "error")) == {("skipped", "dropped")}


def test_what_it_does_not_hear_or_the_owner_does_not_see_stays_out(
    cast: Cast, past: list[Event], receiver: Receiver
) -> None:
    records.create("account", {"name": "内緒", "privacy": "private"}, by=cast.aoyama)
    lead = records.create("lead", {"company": "若草工業", "family_name": "佐藤"}, by=cast.aoyama)
    work_off()
    hook, _secret = actions.create_webhook(by=cast.mizuno, name="x", address=receiver.url, objects=["lead"])
    asking.replay(hook, by=cast.mizuno, line_number=1)
    work_off_jobs()
    work_off()
    assert [body["uid"] for body in told(receiver)] == [str(lead.uid)]


@pytest.mark.parametrize(
    "since", [{}, {"day": timezone.localdate(), "line_number": 1}, {"line_number": 0}, {"line_number": 2**62},
              {"day": timezone.localdate() + timedelta(days=2)}],
)  # fmt: skip
def test_a_beginning_that_is_none_is_refused(since: dict[str, Any], cast: Cast, hook: Webhook) -> None:
    with pytest.raises(Invalid):
        asking.replay(hook, by=cast.mizuno, **since)
    assert Job.objects.count() == 0


def test_a_stopped_one_is_not_sent_to(cast: Cast, hook: Webhook) -> None:
    actions.switch_webhook(hook, on=False, by=cast.mizuno)
    with pytest.raises(Conflict, match="先に再開"):
        asking.replay(hook, by=cast.mizuno, line_number=1)
