"""What the worker does for the ledger: seal, tell, prove at night, forget old answers; idle, it writes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.jobs import schedule
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off
from daifuku.ledger import anchoring, duties, sealing, subscribing
from daifuku.ledger.models import Delivery, Event, IdempotentRequest
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def verify_tonight() -> Job:
    duties.enqueue_verify()
    return next(job for job in work_off() if job.kind == duties.VERIFY)


def test_there_is_something_to_seal_until_it_is_sealed(cast: Cast) -> None:
    assert not sealing.anything_waiting()
    actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    assert sealing.anything_waiting()
    sealing.seal()
    assert not sealing.anything_waiting()


def test_there_is_something_to_tell_until_it_is_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribing, "_subscribers", {})
    subscribing.subscribe("test", ["account."], lambda event: None)
    assert subscribing.anything_waiting()
    subscribing.deliver()
    assert not subscribing.anything_waiting()
    actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    assert subscribing.anything_waiting()
    subscribing.deliver()
    assert not subscribing.anything_waiting()


def test_a_whole_chain_passes_the_night(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    anchoring.path().unlink(missing_ok=True)
    actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    anchoring.seal_and_anchor()
    assert verify_tonight().result == {"findings": 0}
    assert "broken" not in caplog.text


def test_a_changed_line_is_an_error_in_the_log_in_the_morning(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    anchoring.path().unlink(missing_ok=True)
    actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    anchoring.seal_and_anchor()
    Event.objects.update(data={"changes": {"name": [None, "嘘"]}})
    assert verify_tonight().result["findings"] == Event.objects.count()
    assert "the ledger's chain is broken" in caplog.text


def test_a_night_is_verified_once(cast: Cast) -> None:
    duties.enqueue_verify()
    duties.enqueue_verify()
    assert Job.objects.filter(kind=duties.VERIFY).count() == 1


def test_answers_older_than_three_days_are_forgotten() -> None:
    for key, days in (("old", 4), ("new", 2)):
        IdempotentRequest.objects.create(
            scope="s",
            key=key,
            fingerprint="f",
            status=201,
            body={},
            at=timezone.now() - timedelta(days=days),
        )
    assert duties.has_old_answers()
    duties.forget_old_answers()
    assert not duties.has_old_answers()
    assert IdempotentRequest.objects.get().key == "new"


def test_only_one_duty_forgets_answers() -> None:
    assert [entry.name for entry in schedule.every_entry() if "answers" in entry.name] == ["ledger.answers"]


def test_what_was_told_a_month_ago_is_forgotten_and_what_was_given_up_stays(cast: Cast) -> None:
    actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    event = Event.objects.latest("pk")
    for subscriber, state, days in (
        ("told", Delivery.State.DONE, 31),
        ("told lately", Delivery.State.DONE, 29),
        ("given up", Delivery.State.DEAD, 31),
        ("still to be told", Delivery.State.OPEN, 31),
    ):
        due_at = timezone.now() - timedelta(days=days)
        Delivery.objects.create(subscriber=subscriber, event=event, state=state, due_at=due_at)
    tonight = next(entry for entry in schedule.every_entry() if entry.name == "ledger.told")
    tonight.run()
    left = set(Delivery.objects.values_list("subscriber", flat=True))
    assert left == {"told lately", "given up", "still to be told"}
