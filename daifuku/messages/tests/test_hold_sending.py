"""A restored copy sends nothing by itself: what waited in the backup is held until an administrator decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from daifuku.foundation.errors import Conflict, Forbidden
from daifuku.ledger.models import Event
from daifuku.messages import holding, mail, outbox
from daifuku.messages.models import Hold, Mail, Notice, Webhook
from daifuku.messages.tests.webhooks_support import kinds_told, work_off
from daifuku.messages.webhooks import asking
from daifuku.records import actions as records
from daifuku.records import undoing

if TYPE_CHECKING:
    from daifuku.messages.tests.conftest import MailServer
    from daifuku.staff.testing import Cast
    from tests.support.receiver import Receiver

pytestmark = pytest.mark.django_db(transaction=True)


def write_mail(key: str, event: Event | None = None) -> Mail:
    return mail.send("aoyama@example.jp", f"件名 {key}", "本文", key=key, event=event)


def subjects(server: MailServer) -> list[str]:
    return [str(message["Subject"]) for message in server.received]


@pytest.fixture
def restored(cast: Cast, hook: Webhook, mail_server: MailServer) -> Hold:
    """A mail waits, a line of the ledger was not read on yet, then the backup was brought back."""
    write_mail("before")
    records.create("account", {"name": "復元前の会社"}, by=cast.aoyama)
    return holding.hold_back()


def test_nothing_that_waited_in_the_backup_goes_by_itself(
    restored: Hold, cast: Cast, mail_server: MailServer, receiver: Receiver
) -> None:
    records.create("account", {"name": "写しの会社"}, by=cast.aoyama)
    work_off()
    assert outbox.send_due() == 0
    assert (subjects(mail_server), kinds_told(receiver)) == ([], [])
    assert not outbox.anything_due()


def test_what_somebody_asks_for_now_goes(
    restored: Hold, cast: Cast, hook: Webhook, mail_server: MailServer, receiver: Receiver
) -> None:
    write_mail("new password")
    asking.send_test(hook, by=cast.mizuno)
    work_off()
    outbox.send_due()
    assert subjects(mail_server) == ["件名 new password"]
    assert kinds_told(receiver) == ["test"]


def test_released_everything_goes_once(
    restored: Hold, cast: Cast, mail_server: MailServer, receiver: Receiver
) -> None:
    work_off()
    held = holding.release(by=cast.mizuno)
    assert (held.mails, held.deliveries) == (1, 1)
    work_off()
    outbox.send_due()
    assert subjects(mail_server) == ["件名 before"]
    assert kinds_told(receiver) == ["account.created"]


def test_left_out_only_what_came_afterwards_goes(
    restored: Hold, cast: Cast, mail_server: MailServer, receiver: Receiver
) -> None:
    """Also of lines that the program reads only after somebody decided."""
    old = Event.objects.get(kind="account.created")
    holding.discard(by=cast.mizuno)
    write_mail("late word of an old line", old)
    created = records.create("account", {"name": "復元後の会社"}, by=cast.aoyama)
    new = Event.objects.filter(kind="account.created").latest("pk")
    write_mail("word of a new line", new)
    work_off()
    outbox.send_due()
    assert subjects(mail_server) == ["件名 word of a new line"]
    [told] = [body["uid"] for body in map(_body, receiver.got)]
    assert told == str(created.uid)


def _body(got: Any) -> dict[str, Any]:
    import json

    return json.loads(got.body)


def test_leaving_out_can_be_undone(
    restored: Hold, cast: Cast, mail_server: MailServer, receiver: Receiver
) -> None:
    work_off()
    held = holding.discard(by=cast.mizuno)
    assert held.event is not None
    assert undoing.undo(held.event, by=cast.mizuno).done == 2
    work_off()
    outbox.send_due()
    assert subjects(mail_server) == ["件名 before"]
    assert kinds_told(receiver) == ["account.created"]


def test_the_administrators_are_told_and_decide_on_the_page(restored: Hold, cast: Cast, client: Any) -> None:
    [notice] = Notice.objects.filter(kind="sending", person=cast.mizuno)
    client.force_login(cast.mizuno)
    for name in ("messages:mail", "messages:webhooks", "backups:page"):
        assert 'id="held"' in client.get(reverse(name)).content.decode()
    assert notice.url == reverse("messages:mail")
    answer = client.post(reverse("messages:discard_sending"), follow=True)
    assert "復元前の分を見送りました。(メール1通、Webhook0件)" in answer.content.decode()
    assert 'id="held"' not in answer.content.decode()


def test_only_whoever_may_change_settings_decides_and_only_once(restored: Hold, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        holding.release(by=cast.aoyama)
    holding.release(by=cast.mizuno)
    with pytest.raises(Conflict):
        holding.discard(by=cast.mizuno)


def test_at_the_machine_a_command_decides(restored: Hold, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sending")
    assert "メール1通、Webhook0件" in capsys.readouterr().out
    call_command("sending", "hold")
    assert Hold.objects.count() == 1
    call_command("sending", "discard")
    assert "送信は止まっていません" in capsys.readouterr().out
    assert Mail.objects.get().state == Mail.State.LEFT_OUT
