"""Mail goes out once each, also when the mail server was away (F19), and nobody waits for it."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.utils import timezone

from daifuku.foundation.errors import Invalid
from daifuku.messages import mail, outbox
from daifuku.messages.models import Mail

if TYPE_CHECKING:
    from daifuku.messages.tests.conftest import MailServer

pytestmark = pytest.mark.django_db(transaction=True)


def write(count: int = 1) -> list[Mail]:
    return [
        mail.send("aoyama@example.jp", f"ご案内 {number}", "本文です。\n", key=f"k{number}")
        for number in range(count)
    ]


def make_due() -> None:
    Mail.objects.filter(state="waiting").update(due_at=timezone.now() - timedelta(seconds=1))


def states() -> set[str]:
    return set(Mail.objects.values_list("state", flat=True))


def test_a_mail_arrives_as_it_was_written(mail_server: MailServer) -> None:
    written = write()[0]
    assert outbox.send_due() == 1
    received = mail_server.received[0]
    assert (received["Subject"], received["To"]) == ("ご案内 0", "aoyama@example.jp")
    assert received["From"] == "大福帳 <crm@example.co.jp>"
    assert received["Message-ID"] == written.message_id
    assert received.get_content().strip() == "本文です。"
    written.refresh_from_db()
    assert (written.state, written.text) == ("sent", "")


def test_the_same_key_is_sent_once(mail_server: MailServer) -> None:
    write()
    outbox.send_due()
    write()
    assert outbox.send_due() == 0
    assert len(mail_server.received) == 1


def test_while_the_server_is_away_all_are_kept_and_afterwards_all_arrive_once(
    mail_server: MailServer,
) -> None:
    mail_server.stop()
    write(30)
    for _try in range(3):
        assert outbox.send_due() == 0
        make_due()
    assert states() == {"waiting"}
    assert "Refused" in Mail.objects.exclude(error="").latest("id").error
    mail_server.start()
    while outbox.anything_due():
        outbox.send_due()
    subjects = [received["Subject"] for received in mail_server.received]
    assert sorted(subjects) == sorted(f"ご案内 {number}" for number in range(30))
    assert len({received["Message-ID"] for received in mail_server.received}) == 30
    assert states() == {"sent"}


def test_a_refusal_for_now_is_tried_again_later(mail_server: MailServer) -> None:
    mail_server.answer = "450 4.2.0 greylisted"
    write()
    assert outbox.send_due() == 0
    waiting = Mail.objects.get()
    assert (waiting.state, waiting.attempts) == ("waiting", 1)
    assert "greylisted" in waiting.error
    assert not outbox.anything_due()
    mail_server.answer = "250 OK"
    make_due()
    assert outbox.send_due() == 1


def test_a_refusal_for_good_does_not_hold_up_the_others(mail_server: MailServer) -> None:
    mail_server.answer = "550 5.1.1 no such person"
    write()
    outbox.send_due()
    assert Mail.objects.get().state == "failed"
    mail_server.answer = "250 OK"
    mail.send("baba@example.jp", "次", "本文", key="next")
    assert outbox.send_due() == 1


def test_a_server_that_says_nothing_keeps_the_mail(mail_server: MailServer, settings) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = silent.getsockname()[1], 0.3
        write()
        assert outbox.send_due() == 0
    assert (states(), Mail.objects.get().attempts) == ({"waiting"}, 0)


def test_two_workers_send_each_mail_once(mail_server: MailServer) -> None:
    def work() -> None:
        outbox.send_due()
        connection.close()

    write(20)
    threads = [threading.Thread(target=work) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mail_server.received) == 20


def test_a_worker_killed_while_sending_tries_again_with_the_same_message_id(mail_server: MailServer) -> None:
    written = write()[0]
    assert outbox._claim_next() is not None  # and the worker is gone
    assert outbox.send_due() == 0
    make_due()
    assert outbox.send_due() == 1
    assert mail_server.received[0]["Message-ID"] == written.message_id


def test_line_breaks_cannot_smuggle_a_header_in(mail_server: MailServer) -> None:
    mail.send("aoyama@example.jp", "件名\r\nBcc: senda@example.jp\n", "本文", key="evil")
    outbox.send_due()
    received = mail_server.received[0]
    assert received["Bcc"] is None
    assert received["Subject"] == "件名 Bcc: senda@example.jp"


@pytest.mark.parametrize(
    "to", ["", "aoyama", "aoyama@example.jp\nBcc: senda@example.jp", "a@b.jp, c@d.jp", "青山 <a@b.jp>"]
)
def test_what_is_no_address_is_refused(to: str) -> None:
    with pytest.raises(Invalid):
        mail.send(to, "件名", "本文", key="k")
    assert Mail.objects.count() == 0


def test_without_a_server_mails_are_kept_until_an_administrator_sends_them(
    mail_server: MailServer, settings
) -> None:
    host, settings.EMAIL_HOST = settings.EMAIL_HOST, ""
    write()
    assert (states(), outbox.anything_due()) == ({"no_server"}, False)
    settings.EMAIL_HOST = host
    assert not outbox.anything_due()
    assert outbox.send_kept() == 1
    assert outbox.send_due() == 1


def test_mails_of_django_and_its_packages_take_the_same_way(mail_server: MailServer) -> None:
    way = get_connection("daifuku.messages.backend.Outbox")
    EmailMessage("再設定", "リンク", to=["青山 凛 <aoyama@example.jp>"], connection=way).send()
    assert Mail.objects.get().to == "aoyama@example.jp"
    assert outbox.send_due() == 1


def test_what_went_a_month_ago_is_forgotten(mail_server: MailServer) -> None:
    write(2)
    outbox.send_due()
    Mail.objects.filter(key="k0").update(created_at=timezone.now() - timedelta(days=31))
    outbox.clean()
    assert Mail.objects.get().key == "k1"
