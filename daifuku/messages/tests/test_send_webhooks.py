"""Another server hears what happens: in order, signed, at least once, and again until it arrives."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone

from daifuku.foundation import outgoing
from daifuku.foundation.outgoing import allowed
from daifuku.jobs import lanes
from daifuku.jobs.worker import Worker
from daifuku.ledger import subscribing
from daifuku.ledger.models import Delivery, Event
from daifuku.messages.models import Notice, Webhook, WebhookDelivery
from daifuku.messages.tests.webhooks_support import (
    kinds_told,
    make_due,
    read_on,
    told,
    wait_until_settled,
    work_off,
)
from daifuku.messages.webhooks import actions, asking, lining_up, sending, signing
from daifuku.records import actions as records
from daifuku.records.actions import commenting
from tests.support.receiver import Receiver, receiving

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def only() -> WebhookDelivery:
    found: WebhookDelivery = WebhookDelivery.objects.get()
    return found


def test_what_happens_is_told_as_the_api_shows_it(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    account = records.create("account", {"name": "青葉商事", "phone": "03-1234-5678"}, by=cast.aoyama)
    records.edit(account, {"name": "青葉商事株式会社", "owner": cast.baba}, by=cast.aoyama)
    work_off()
    created, edited = told(receiver)
    line = Event.objects.get(kind="account.edited")
    assert (created["kind"], created["object"], created["uid"]) == (
        "account.created",
        "account",
        str(account.uid),
    )
    assert (edited["id"], edited["kind"], edited["name"]) == (line.pk, "account.edited", "青葉商事株式会社")
    assert edited["url"] == f"http://localhost:8000/accounts/{account.uid}/"
    assert edited["actor"] == {"uid": str(cast.aoyama.uid), "label": "青山 凛"}
    assert edited["changes"]["name"] == ["青葉商事", "青葉商事株式会社"]
    assert edited["changes"]["owner"][1] == {"uid": str(cast.baba.uid), "label": "馬場 健"}
    assert edited["at"] == line.at.isoformat(timespec="milliseconds")
    assert edited["sentence"] == "青山 凛が青葉商事株式会社を変更しました"
    assert edited["webhook"] == {"uid": str(hook.uid), "name": "基幹システム"}


def test_a_comment_is_told_with_its_words(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    account = records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    commenting.write_comment(account, "来週また伺います。", by=cast.aoyama)
    work_off()
    comment = told(receiver)[-1]
    assert (comment["kind"], comment["object"], comment["detail"]) == (
        "comment.written",
        "account",
        "来週また伺います。",
    )


def test_many_lines_arrive_in_the_order_of_the_ledger(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    records.create_many("account", [{"name": f"会社{n}"} for n in range(30)], by=cast.aoyama)
    records.create("lead", {"company": "若草工業", "family_name": "佐藤"}, by=cast.aoyama)
    work_off()
    numbers = [body["id"] for body in told(receiver)]
    assert numbers == [
        event.pk
        for event in Event.objects.filter(kind__in=["account.created", "lead.created"]).order_by("txid", "id")
    ]
    assert len(numbers) == 31


def test_the_signature_can_be_checked_with_the_secret(cast: Cast, receiver: Receiver) -> None:
    hook, secret = actions.create_webhook(by=cast.mizuno, name="基幹", address=receiver.url)
    asking.send_test(hook, by=cast.mizuno)
    work_off()
    got = receiver.got[0]
    parts = dict(part.split("=", 1) for part in got.headers["Daifuku-Signature"].split(","))
    expected = hmac.new(secret.encode(), f"{parts['t']}.".encode() + got.body, hashlib.sha256).hexdigest()
    assert parts["v1"] == expected
    assert abs(int(parts["t"]) - time.time()) < 60
    assert got.headers["Daifuku-Delivery"] == str(only().uid) == json.loads(got.body)["delivery"]
    assert got.headers["Daifuku-Event"] == "test"
    assert got.headers["Content-Type"] == "application/json; charset=utf-8"


def test_the_database_does_not_hold_the_secret(cast: Cast, receiver: Receiver) -> None:
    hook, secret = actions.create_webhook(by=cast.mizuno, name="基幹", address=receiver.url)
    assert secret not in hook.secret
    assert signing.secrets_of(hook, timezone.now()) == [secret]
    assert secret not in json.dumps(list(Event.objects.values_list("data", flat=True)))


def test_for_a_day_after_a_change_both_secrets_sign(cast: Cast, receiver: Receiver) -> None:
    hook, old = actions.create_webhook(by=cast.mizuno, name="基幹", address=receiver.url)
    new = actions.change_secret(hook, by=cast.mizuno)
    now, body = timezone.now(), b"{}"
    moment = int(now.timestamp())
    both = [f"v1={signing.signature(secret, moment, body)}" for secret in (new, old)]
    assert signing.header(hook, now, body) == ",".join([f"t={moment}", *both])
    later = now + timedelta(hours=24, seconds=1)
    assert len(signing.secrets_of(hook, later)) == 1


def test_another_key_of_the_program_is_told_and_nothing_goes_unsigned(
    cast: Cast, hook: Webhook, receiver: Receiver, settings: Any
) -> None:
    settings.SECRET_KEY = "another"
    asking.send_test(hook, by=cast.mizuno)
    work_off()
    assert (only().error, receiver.connections) == ("secret", 0)


def test_after_a_500_it_is_tried_again_with_growing_pauses_and_the_same_number(
    cast: Cast, hook: Webhook, receiver: Receiver
) -> None:
    receiver.status, receiver.text = 500, "<h1>Oops</h1>"
    records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    pauses = []
    for attempt in range(1, 8):
        began = timezone.now()
        work_off()
        delivery = only()
        assert (delivery.state, delivery.attempts, delivery.status) == ("waiting", attempt, 500)
        assert delivery.answer == "<h1>Oops</h1>"
        pauses.append(round((delivery.due_at - began).total_seconds() / 10) * 10)
        make_due()
    assert pauses == [10, 60, 300, 1800, 7200, 21600, 43200]
    receiver.status = 204
    work_off()
    assert (only().state, only().attempts, only().error) == ("done", 8, "")
    assert len({got.headers["Daifuku-Delivery"] for got in receiver.got}) == 1
    assert [body["attempt"] for body in told(receiver)] == list(range(1, 9))


def test_one_that_fails_does_not_hold_up_the_others(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    def refuse_aoba(handler: Any) -> None:
        bad = "青葉" in receiver.got[-1].body.decode()
        handler.send_response(400 if bad else 200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    receiver.act = refuse_aoba
    for name in ("青葉商事", "若草工業", "丸福物産"):
        records.create("account", {"name": name}, by=cast.aoyama)
    work_off()
    states = list(WebhookDelivery.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["waiting", "done", "done"]


def test_while_nobody_is_there_the_first_waits_and_all_arrive_in_order(
    cast: Cast, hook: Webhook, receiver: Receiver
) -> None:
    receiver.status = 503
    for number in range(5):
        records.create("account", {"name": f"会社{number}"}, by=cast.aoyama)
    work_off()
    assert receiver.connections == 1
    receiver.status = 200
    make_due()
    work_off()
    assert [body["name"] for body in told(receiver)[1:]] == [f"会社{number}" for number in range(5)]


def test_a_receiver_may_say_how_long_to_wait(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    receiver.status, receiver.headers = 429, {"Retry-After": "1200"}
    records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    work_off()
    wait = (only().due_at - timezone.now()).total_seconds()
    assert 1190 < wait <= 1200
    hook.refresh_from_db()
    assert hook.rests_until is not None


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [(302, {"Location": "http://169.254.169.254/"}, "redirect"), (404, {}, "status"), (199, {}, "status")],
)
def test_what_is_no_yes_is_a_failure_in_words(
    status: int, headers: dict[str, str], error: str, cast: Cast, hook: Webhook, receiver: Receiver
) -> None:
    receiver.status, receiver.headers, receiver.text = status, headers, ""
    asking.send_test(hook, by=cast.mizuno)
    work_off()
    assert (only().state, only().error, only().status) == ("waiting", error, status)
    assert only().trouble


def test_a_silent_receiver_is_given_up_in_time(
    cast: Cast, hook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "WHOLE_SECONDS", 0.3)
    receiver.act = lambda handler: time.sleep(2)
    asking.send_test(hook, by=cast.mizuno)
    work_off()
    assert (only().error, only().state) == ("slow", "waiting")
    assert 0.2 < (only().seconds or 0) < 1.5


def test_a_sender_killed_in_the_middle_sends_again_under_the_same_number(
    cast: Cast, hook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    read_on()

    class Killed(BaseException):
        pass

    def killed(*arguments: Any, **words: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(sending, "_write", killed)
        patch.setattr(sending, "_release", lambda webhook: None)
        sending.one_turn()
    work_off()
    assert len(receiver.got) == 1, "the dead sender's lease still runs"
    Webhook.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    work_off()
    assert [got.headers["Daifuku-Delivery"] for got in receiver.got] == [str(only().uid)] * 2
    assert only().state == "done"


def test_a_worker_killed_while_it_lines_up_leaves_the_order_whole(
    cast: Cast, hook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.create_many("account", [{"name": f"会社{n}"} for n in range(5)], by=cast.aoyama)
    wait_until_settled()

    class Killed(BaseException):
        pass

    put, lined_up = lining_up.put, list[Webhook]()

    def killed_at_the_second(webhook: Webhook, events: Any, **more: Any) -> None:
        lined_up.append(webhook)
        if len(lined_up) == 2:
            raise Killed
        put(webhook, events, **more)

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(lining_up, "put", killed_at_the_second)
        subscribing.deliver()
    work_off()
    assert [body["name"] for body in told(receiver)] == [f"会社{n}" for n in range(5)]


def test_a_line_that_is_delivered_twice_inside_is_lined_up_once(
    cast: Cast, hook: Webhook, receiver: Receiver
) -> None:
    records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    work_off()
    for line in Event.objects.filter(kind="account.created"):
        lining_up.line_up(line)
    work_off()
    assert len(receiver.got) == 1


def test_a_sender_that_lost_its_webhook_does_not_write(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    def taken_over(handler: Any) -> None:
        Webhook.objects.update(holder="another")
        connection.close()
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    receiver.act = taken_over
    asking.send_test(hook, by=cast.mizuno)
    assert sending.one_turn()
    hook.refresh_from_db()
    assert (only().state, hook.holder) == ("waiting", "another")


def test_a_slow_receiver_holds_up_neither_the_others_nor_the_worker(
    cast: Cast, receiver: Receiver, settings: Any
) -> None:
    with receiving() as slow:
        answered = threading.Event()

        def wait(handler: Any) -> None:
            answered.wait(30)

        slow.act = wait
        settings.CALLS_ALLOWED = allowed.read([receiver.place, slow.place])
        for name, address in (("遅い", slow.url), ("速い", receiver.url)):
            hook, _secret = actions.create_webhook(by=cast.mizuno, name=name, address=address)
            asking.send_test(hook, by=cast.mizuno)
        worker = Worker(jobs=0, schedules=0)
        assert "webhooks" in [lane.name for lane in lanes.every()]
        worker.start()
        try:
            deadline = time.monotonic() + 12
            while not (receiver.got and slow.got) and time.monotonic() < deadline:
                time.sleep(0.02)
            assert (len(receiver.got), len(slow.got), answered.is_set()) == (1, 1, False)
        finally:
            answered.set()
            worker.stop()
            worker.join()


def test_after_five_given_up_in_a_row_it_stops_and_its_owner_is_told(
    cast: Cast, hook: Webhook, receiver: Receiver
) -> None:
    receiver.status = 500
    for number in range(6):
        records.create("account", {"name": f"会社{number}"}, by=cast.aoyama)
    for _attempt in range(8):
        work_off()
        make_due()
    hook.refresh_from_db()
    assert (hook.active, hook.stopped) == (False, "failures")
    states = list(WebhookDelivery.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["failed"] * 5 + ["waiting"]
    notice = Notice.objects.get(kind="webhook.stopped")
    assert (notice.person, notice.url) == (cast.mizuno, f"/settings/webhooks/{hook.uid}/")
    assert "基幹システム" in notice.sentence
    assert Event.objects.filter(kind="webhook.stopped").count() == 1
    heard = len(receiver.got)
    work_off()
    assert len(receiver.got) == heard
    receiver.status = 200
    actions.switch_webhook(hook, on=True, by=cast.mizuno)
    work_off()
    assert WebhookDelivery.objects.latest("pk").state == "done"


def test_one_that_arrives_in_between_begins_the_count_anew(
    cast: Cast, hook: Webhook, receiver: Receiver
) -> None:
    Webhook.objects.update(given_up=4, failures=40)
    asking.send_test(hook, by=cast.mizuno)
    work_off()
    hook.refresh_from_db()
    assert (hook.given_up, hook.failures) == (0, 0)


def test_while_nobody_listens_nothing_is_written(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    read_on()
    monkeypatch.setattr(lining_up, "line_up", lambda event: pytest.fail("nobody listens"))
    lining_up.subscribe()
    records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    read_on()
    assert not Delivery.objects.filter(subscriber="messages.webhooks").exists()
    monkeypatch.undo()
    lining_up.subscribe()


def test_an_inside_address_is_refused_when_it_is_sent_too(
    cast: Cast, hook: Webhook, receiver: Receiver, settings: Any
) -> None:
    """Allowed when it was entered, and no more when it is sent."""
    settings.CALLS_ALLOWED = allowed.read([])
    asking.send_test(hook, by=cast.mizuno)
    work_off()
    assert (only().error, receiver.connections) == ("closed", 0)
    assert "DAIFUKU_CALLS_ALLOWED" in only().trouble


def test_of_a_long_answer_the_beginning_is_kept(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    receiver.text = "\x00\x1b[31m" + "あ" * 3000
    asking.send_test(hook, by=cast.mizuno)
    work_off()
    assert only().answer.startswith("��[31mあ")
    assert len(only().answer) < 700
    assert kinds_told(receiver) == ["test"]
