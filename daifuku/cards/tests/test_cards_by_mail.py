"""The card address: a real IMAP server is looked into, every message is accounted for, nothing there is changed."""

from __future__ import annotations

import time
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from daifuku.cards.actions.letters import take_after_all
from daifuku.cards.actions.settling import set_up
from daifuku.cards.mailbox import connecting, polling, sorting
from daifuku.cards.models import Card, Letter, Setup
from daifuku.cards.tests.conftest import picture
from daifuku.cards.tests.test_bring_cards import VCARD
from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.foundation.outgoing import allowed
from daifuku.jobs.testing import work_off
from tests.support.imap import PASSWORD, USER, MailBox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db(transaction=True)
State = Letter.State


@pytest.fixture
def box(settings: Any) -> Iterator[MailBox]:
    made = MailBox()
    settings.CALLS_ALLOWED = allowed.read([f"127.0.0.0/8:{made.port}"])
    made.start()
    yield made
    made.stop()


@pytest.fixture
def mailbox(cast: Cast, box: MailBox) -> Setup:
    values = {
        "mail_on": True, "host": "127.0.0.1", "port": box.port, "security": "none", "user": USER, "password": PASSWORD,
    }  # fmt: skip
    return set_up(values, by=cast.mizuno)


def mail(
    sender: str, subject: str = "ものづくり展", text: str = "急ぎです。\n-- \n青山 凛", *pictures: bytes
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, USER, subject
    message["Message-ID"] = f"<{time.monotonic_ns()}@example.jp>"
    message["Date"] = "Thu, 26 Nov 2026 10:00:00 +0900"
    message.set_content(text)
    for number, each in enumerate(pictures):
        message.add_attachment(each, maintype="image", subtype="jpeg", filename=f"{number}.jpg")
    return message


def look(setup: Setup) -> Setup:
    Setup.objects.update(polled_at=None)
    polling.turn()
    return Setup.objects.get(pk=setup.pk)


def letters() -> list[tuple[str, str]]:
    return [(letter.state, letter.why) for letter in Letter.objects.order_by("number")]


def test_a_mail_of_a_rep_is_his_cards_with_occasion_and_note(
    cast: Cast, box: MailBox, mailbox: Setup
) -> None:
    message = mail(
        f"青山 凛 <{cast.aoyama.email.upper()}>",
        "Fwd: ものづくり展",
        "急ぎです。\n-- \n青山",
        picture("a"),
        picture("b"),
    )
    message.add_attachment(VCARD.encode(), maintype="text", subtype="vcard", filename="c.vcf")
    box.put(message)
    now = look(mailbox)
    work_off()
    cards = list(Card.objects.order_by("pk"))
    assert (now.trouble, now.on_server, len(cards)) == ("", 1, 3)
    assert {(card.brought_by, card.owner, card.way, card.occasion, card.note) for card in cards} == {
        (cast.aoyama, cast.aoyama, "mail", "ものづくり展", "急ぎです。")
    }
    assert str(cards[0].exchanged_on) == "2026-11-26"
    assert letters() == [(State.TAKEN, "")]
    look(mailbox)
    assert (Card.objects.count(), box.fetched, list(box.messages)) == (3, 1, [1])


def test_who_is_not_known_or_not_believed_is_set_aside_unread(
    cast: Cast, box: MailBox, mailbox: Setup
) -> None:
    box.put(mail("stranger@example.com", "x", "y", picture()))
    forged = mail(cast.aoyama.email, "x", "y", picture())
    forged["Authentication-Results"] = (
        "mx.example.jp; spf=fail smtp.mailfrom=evil; dmarc=fail header.from=example.jp"
    )
    box.put(forged)
    two = mail(cast.aoyama.email)
    del two["From"]
    two["From"] = f"{cast.aoyama.email}, {cast.baba.email}"
    box.put(two)
    look(mailbox)
    assert [state for state, _why in letters()] == [State.ASIDE] * 3
    assert (Card.objects.count(), box.fetched) == (0, 0)
    letter = Letter.objects.order_by("number")[0]
    take_after_all(letter, cast.baba, by=cast.mizuno)
    look(mailbox)
    assert (Card.objects.get().brought_by, Letter.objects.get(pk=letter.pk).state) == (cast.baba, State.TAKEN)
    with pytest.raises(Forbidden):
        take_after_all(letter, cast.baba, by=cast.senda)


def test_a_mail_without_a_card_is_kept_aside_with_its_text(cast: Cast, box: MailBox, mailbox: Setup) -> None:
    box.put(mail(cast.aoyama.email, "明日の打合せ", "10時に変更してください。"))
    look(mailbox)
    letter = Letter.objects.get()
    assert (letter.state, letter.why) == (State.ASIDE, "名刺の写真がありません。")
    assert "10時".encode() in default_storage.open(letter.stored).read() or letter.stored


def test_a_signatures_logo_is_no_card(cast: Cast, box: MailBox, mailbox: Setup) -> None:
    box.put(mail(cast.aoyama.email, "展示会", "名刺です", picture("card"), picture("logo", (120, 40))))
    look(mailbox)
    assert Card.objects.count() == 1


def test_a_mailbox_that_is_down_is_said_and_goes_on_next_time(
    cast: Cast, box: MailBox, mailbox: Setup
) -> None:
    box.put(mail(cast.aoyama.email, "展示会", "", picture()))
    box.stop()
    assert "接続" in look(mailbox).trouble
    box.start()
    assert look(mailbox).trouble == ""
    assert Card.objects.count() == 1


def test_a_wrong_password_is_said(cast: Cast, box: MailBox, mailbox: Setup) -> None:
    set_up({"password": "ちがう"}, by=cast.mizuno)
    assert "パスワード" in look(mailbox).trouble or look(mailbox).trouble
    set_up({"password": PASSWORD}, by=cast.mizuno)
    assert look(mailbox).trouble == ""
    assert PASSWORD not in Setup.objects.get().password


def test_a_mail_bomb_is_written_down_a_part_a_turn(
    cast: Cast, box: MailBox, mailbox: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "MOST_HEADS", 400)
    bomb = b"From: bomb@example.com\r\nSubject: bomb\r\nMessage-ID: <%d@b>\r\n\r\nboom\r\n"
    for number in range(1000):
        box.put(bomb % number)
    box.put(mail(cast.aoyama.email, "展示会", "", picture()))
    counts = []
    for _turn in range(3):
        look(mailbox)
        counts.append(Letter.objects.count())
    assert (counts, box.fetched, Card.objects.count()) == ([400, 800, 1001], 1, 1)


def test_who_is_bombed_keeps_nobody_waiting(
    cast: Cast, box: MailBox, mailbox: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "MOST_TAKEN", 3)
    for number in range(6):
        box.put(mail(cast.baba.email, "展示会", "", picture(str(number))))
    box.put(mail(cast.aoyama.email, "展示会", "", picture("one card")))
    look(mailbox)
    taken = Letter.objects.filter(state=State.TAKEN).order_by("number")
    assert [letter.person for letter in taken] == [cast.baba, cast.baba, cast.aoyama]
    for _turn in range(2):
        look(mailbox)
    assert {state for state, _why in letters()} == {State.TAKEN}


def test_no_more_is_taken_than_the_reader_gets_through(
    cast: Cast, box: MailBox, mailbox: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "MOST_UNREAD", 2)
    for number in range(3):
        box.put(mail(cast.aoyama.email, "展示会", "", picture(f"a{number}"), picture(f"b{number}")))
    look(mailbox)
    assert (Card.objects.count(), [state for state, _why in letters()]) == (2, ["taken", "seen", "seen"])
    work_off()
    look(mailbox)
    assert Card.objects.count() == 4


def test_a_mailbox_that_was_changed_meanwhile_is_read_from_its_beginning(
    cast: Cast, box: MailBox, mailbox: Setup
) -> None:
    """The look that was at work in the old one does not say how far it came in the new one."""
    box.put(mail(cast.aoyama.email, "展示会", "", picture()))
    old = Setup.objects.get()
    set_up({"folder": "INBOX/2", "password": PASSWORD}, by=cast.mizuno)
    polling.poll(old)
    now = Setup.objects.get()
    assert (now.last_uid, now.on_server, now.folder) == (0, 0, "INBOX/2")


def test_a_hundred_megabytes_are_not_fetched(cast: Cast, box: MailBox, mailbox: Setup) -> None:
    box.put(mail(cast.aoyama.email).as_bytes() + b"x" * (connecting.LARGEST + 1))
    look(mailbox)
    assert (letters()[0][0], "大きすぎます" in letters()[0][1], box.fetched) == (State.ASIDE, True, 0)


def test_a_server_that_numbers_anew_brings_nothing_twice(cast: Cast, box: MailBox, mailbox: Setup) -> None:
    box.put(mail(cast.aoyama.email, "展示会", "", picture()))
    look(mailbox)
    box.uidvalidity += 1
    look(mailbox)
    assert (Card.objects.count(), box.fetched, Letter.objects.count()) == (1, 1, 2)


def test_what_waited_when_a_server_numbers_anew_is_taken_by_its_new_number(
    cast: Cast, box: MailBox, mailbox: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.put(mail(cast.aoyama.email, "展示会", "", picture()))
    with monkeypatch.context() as busy:
        busy.setattr(polling, "MOST_TAKEN", 0)
        look(mailbox)
    box.uidvalidity += 1
    look(mailbox)
    found = Letter.objects.order_by("uidvalidity").values_list("state", flat=True)
    assert list(found) == [State.ASIDE, State.TAKEN]


def test_a_message_that_breaks_every_rule_holds_up_nobody(cast: Cast, box: MailBox, mailbox: Setup) -> None:
    box.put(
        b"From: "
        + cast.aoyama.email.encode()
        + b"\r\nContent-Type: multipart/mixed; boundary=\r\nDate: never\r\n\r\n--\xff\xfe"
    )
    box.put(b"\xff\xfe\x00")
    box.put(mail(cast.aoyama.email, "展示会", "", picture()))
    look(mailbox)
    assert Card.objects.count() == 1
    assert Letter.objects.exclude(state=State.SEEN).count() == 3


def test_what_cannot_be_opened_tells_so_and_the_others_come(cast: Cast, box: MailBox, mailbox: Setup) -> None:
    box.put(mail(cast.aoyama.email, "展示会", "", picture(), b"\xff\xd8\xff" + b"\x00" * 90))
    look(mailbox)
    work_off()
    assert sorted(bool(card.trouble) for card in Card.objects.all()) == [False, True]


def test_the_mailbox_needs_all_of_it(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        set_up({"mail_on": True, "host": "imap.example.jp"}, by=cast.mizuno)
    assert {each.field for each in refused.value.problems} == {"user", "password"}
    with pytest.raises(Forbidden):
        set_up({"due_hours": 4}, by=cast.aoyama)


def test_the_page_accounts_for_all(
    cast: Cast, box: MailBox, mailbox: Setup, toshiko: Person, login_as: Login
) -> None:
    box.put(mail(cast.aoyama.email, "展示会", "", picture()))
    box.put(mail("stranger@example.com", "売り込み"))
    look(mailbox)
    page = login_as(toshiko).get("/cards/mail/").content.decode()
    for words in ("2通", "売り込み", "社員のアドレスから届いたメールではありません", "受け取り済み"):
        assert words in page
    assert login_as(cast.senda).get("/cards/mail/").status_code == 404


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("mx; dmarc=pass", "pass"), ("mx; dkim=fail; spf=pass smtp.mailfrom=example.jp", "pass"),
        ("mx; spf=softfail; dkim=none", ""),
        ("mx; dmarc=fail; spf=pass", "fail"), ("mx; spf=fail", "fail"),
    ],
)  # fmt: skip
def test_only_the_topmost_verdict_counts(said: str, wanted: str) -> None:
    head = f"Authentication-Results: {said}\r\nAuthentication-Results: evil; dmarc=pass\r\nFrom: a@example.jp\r\n\r\n"
    assert sorting.heading(head.encode()).believed == wanted
    assert timezone.localtime() is not None
