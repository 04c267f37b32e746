"""What an attacker does to the card address: forges senders, sends bombs, stands between us and the mail server."""

from __future__ import annotations

import time
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.cards.actions.letters import take_after_all
from daifuku.cards.actions.settling import set_up
from daifuku.cards.mailbox import connecting, polling, sorting
from daifuku.cards.models import Card, Letter, Setup
from daifuku.cards.tests.conftest import picture
from daifuku.cards.tests.test_cards_by_mail import letters, look, mail
from daifuku.foundation.errors import Conflict, Invalid
from daifuku.foundation.outgoing import allowed
from daifuku.ledger.models import Event
from daifuku.server import certificates
from tests.support.imap import PASSWORD, USER, MailBox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from daifuku.staff.testing import Cast

    Make = Callable[..., MailBox]

pytestmark = pytest.mark.django_db(transaction=True)
State = Letter.State


@pytest.fixture
def make(settings: Any) -> Iterator[Make]:
    made: list[MailBox] = []

    def one(*arguments: Any, **options: Any) -> MailBox:
        box = MailBox(*arguments, **options)
        settings.CALLS_ALLOWED = allowed.read([f"127.0.0.0/8:{box.port}"])
        box.start()
        made.append(box)
        return box

    yield one
    for each in made:
        each.stop()


def reader_of(box: MailBox, cast: Cast, security: str = "none", **more: Any) -> Setup:
    values = {
        "mail_on": True, "host": "localhost", "port": box.port, "security": security, "user": USER,
        "password": PASSWORD, **more,
    }  # fmt: skip
    return set_up(values, by=cast.mizuno)


def tls_for(host: str, folder: Path) -> SSLContext:
    """A certificate of an authority that nobody knows yet: `folder/ca.crt`."""
    made = certificates.own([host], folder)
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.chain, made.key)
    return context


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    cast: Cast, make: Make, tmp_path: Path, security: str
) -> None:
    box = make(tls_for("localhost", tmp_path), starttls=security == "starttls")
    assert "証明書を信頼できない" in look(reader_of(box, cast, security)).trouble
    assert "LOGIN" not in box.said


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_a_certificate_for_another_name_gets_no_password(
    cast: Cast, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    box = make(tls_for("mail.example.com", tmp_path), starttls=security == "starttls")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.crt"))
    assert "証明書を信頼できない" in look(reader_of(box, cast, security)).trouble
    assert "LOGIN" not in box.said


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_a_certificate_that_is_right_is_believed(
    cast: Cast, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    box = make(tls_for("localhost", tmp_path), starttls=security == "starttls")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.crt"))
    box.put(mail(cast.aoyama.email, "展示会", "", picture()))
    assert look(reader_of(box, cast, security)).trouble == ""
    assert Card.objects.get().brought_by == cast.aoyama


def test_who_takes_starttls_out_of_the_greeting_hears_no_password(cast: Cast, make: Make) -> None:
    box = make()
    assert "STARTTLSに対応していません" in look(reader_of(box, cast, "starttls")).trouble
    assert "LOGIN" not in box.said


def test_a_server_that_drips_is_left_in_time(cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "WHOLE", 0.7)
    box = make()
    now = reader_of(box, cast)
    box.put(mail(cast.aoyama.email))
    box.drips = True
    began = time.monotonic()
    assert "つながりません" in look(now).trouble
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("host", ["169.254.169.254", "127.0.0.1", "localhost", "10.0.0.1", "::1", "0.0.0.0"])
def test_no_mailbox_inside_the_house_is_asked_unless_it_is_allowed(
    cast: Cast, settings: Any, host: str
) -> None:
    settings.CALLS_ALLOWED = allowed.read([])
    now = set_up(
        {"mail_on": True, "host": host, "port": 993, "security": "ssl", "user": USER, "password": PASSWORD},
        by=cast.mizuno,
    )  # fmt: skip
    assert "社内やこのサーバー自身" in look(now).trouble


def test_numbers_larger_than_numbers_are_no_numbers(cast: Cast, make: Make) -> None:
    box = make()
    now = reader_of(box, cast)
    box.put(mail(cast.aoyama.email))
    box.sizes = 10**30
    assert "つながりません" in look(now).trouble
    box.sizes, box.uidvalidity = None, 10**40
    assert "つながりません" in look(now).trouble


def test_what_nobody_has_thought_of_is_told_and_tried_again(
    cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = make()
    now = reader_of(box, cast)
    box.put(mail(cast.aoyama.email, "展示会", "", picture()))
    with monkeypatch.context() as broken:
        broken.setattr(polling, "_letter", lambda *arguments: 1 / 0)
        assert "途中で止まりました" in look(now).trouble
    assert look(now).trouble == ""
    assert Card.objects.count() == 1


def test_the_password_is_never_shown_again(cast: Cast, make: Make, login_as: Any) -> None:
    reader_of(make(), cast)
    page = login_as(cast.mizuno).get("/settings/cards/").content.decode()
    assert PASSWORD not in page
    assert Setup.objects.get().password not in page
    assert all(PASSWORD not in str(event.data) for event in Event.objects.all())


@pytest.mark.parametrize(
    "other",
    [{"host": "mail.example.com"}, {"port": 1143}, {"user": "other@example.jp"}, {"security": "none"}],
)
def test_the_kept_password_goes_nowhere_else(cast: Cast, make: Make, other: dict[str, Any]) -> None:
    set_up(
        {"mail_on": True, "host": "imap.example.jp", "port": 993, "security": "ssl", "user": USER, "password": "x"},
        by=cast.mizuno,
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        set_up(other, by=cast.mizuno)
    assert [each.field for each in refused.value.problems] == ["password"]
    set_up({**other, "password": "y"}, by=cast.mizuno)


@pytest.mark.parametrize("odd", ["a\r\nA9 DELETE INBOX", "\x00", "x" * 1001])
def test_no_command_hides_in_a_password(cast: Cast, odd: str) -> None:
    with pytest.raises(Invalid) as refused:
        set_up({"password": odd}, by=cast.mizuno)
    assert [each.field for each in refused.value.problems] == ["password"]


def test_a_folder_with_a_japanese_name_is_asked_for_as_imap_wants_it(cast: Cast, make: Make) -> None:
    assert connecting.folder_name("名刺") == "&VA1SOg-"
    assert connecting.folder_name("R&D/台北") == "R&-D/&U,BTFw-"
    box = make()
    assert "フォルダー" in look(reader_of(box, cast, folder="名刺")).trouble


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        # The sender writes what he likes into his own address; and SPF of his own domain is no proof of ours.
        ('mx; dmarc=fail; spf=softfail smtp.mailfrom="x dmarc=pass"@evil.example', "fail"),
        ("mx; dmarc=fail; spf=none smtp.mailfrom=dmarc=pass@evil.example", "fail"),
        ("mx; dmarc=fail (p=none; dmarc=pass) header.from=example.jp", "fail"),
        ("mx; spf=pass smtp.mailfrom=evil.example", ""),
        ("mx; spf=pass smtp.mailfrom=x@evil.example; dkim=pass header.d=evil.example", ""),
        ('mx; spf=pass smtp.mailfrom="; dkim=pass header.d=example.jp"@evil.example', ""),
        ("mx; dmarc=pass header.from=evil.example", ""),
        ("mx; spf=pass smtp.mailfrom=bounce@mail.example.jp", "pass"),
        ("mx; dkim=pass header.i=@example.jp header.s=k; spf=fail smtp.mailfrom=list.example", "pass"),
        ("((((" * 2000, ""),
    ],
)
def test_a_verdict_is_about_this_sender_and_stands_in_its_place(said: str, wanted: str) -> None:
    head = f"Authentication-Results: {said}\r\nFrom: rin@example.jp\r\n\r\n"
    assert sorting.heading(head.encode()).believed == wanted


def test_a_strangers_good_domain_does_not_make_him_a_rep(cast: Cast, make: Make) -> None:
    box = make()
    now = reader_of(box, cast, strict=True)
    forged = mail(cast.aoyama.email, "x", "y", picture())
    forged["Authentication-Results"] = "mx.example.jp; spf=pass smtp.mailfrom=evil.example"
    box.put(forged)
    look(now)
    assert (letters()[0][0], box.fetched, Card.objects.count()) == (State.ASIDE, 0, 0)


HOSTILE = (
    b"From: " + b"(" * 4000 + b"\r\nSubject: x\r\n\r\n",
    b"From: " + b"<" * 4000 + b"\r\nTo: " + b"a:" * 2000 + b"\r\n\r\n",
    b"From: a: b: c;\r\nDate: " + b"(" * 3000 + b"\r\n\r\n",
    b"Date: Fri, 31 Dec 9999 23:59:59 -1200\r\nFrom: %s\r\nSubject: far\r\n\r\n",
    b"Date: Mon, 1 Jan 0001 00:00:00 +1400\r\nFrom: %s\r\n\r\n",
    b"Subject: =?utf-7?Q?+2AA-?=\r\nFrom: %s\r\nMessage-ID: <\x00\xff>\r\n\r\n",
    b"Subject: =?utf-8?B?" + b"A" * 5000 + b"?=\r\nFrom: %s\r\n\r\n",
    b"From: %s\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+2AA-\x00",
    b"From: %s\r\nContent-Type: text/plain; charset=\xff\xfe\r\n\r\nx",
    b"From: %s\r\nSubject: a\r\n b\r\nBcc: all@example.com\r\n\r\nx",
)


def test_headings_from_hell_hold_up_nobody(cast: Cast, make: Make) -> None:
    box = make()
    now = reader_of(box, cast)
    for each in HOSTILE:
        box.put(each.replace(b"%s", cast.aoyama.email.encode()))
    box.put(mail(cast.aoyama.email, "展示会", "", picture()))
    assert look(now).trouble == ""
    assert (Letter.objects.count(), Card.objects.count()) == (len(HOSTILE) + 1, 1)
    assert not Letter.objects.filter(state=State.SEEN).exists()
    assert all("\n" not in each.subject for each in Letter.objects.all())


def nested(depth: int) -> bytes:
    start = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(depth)
    )
    return start + b"Content-Type: text/plain\r\n\r\nx\r\n"


def test_a_thousand_mails_in_each_other_are_one_that_cannot_be_read(cast: Cast, make: Make) -> None:
    box = make()
    now = reader_of(box, cast)
    head = b"From: " + cast.aoyama.email.encode() + b"\r\nSubject: deep\r\n"
    box.put(head + nested(3000))
    box.put(mail(cast.aoyama.email, "展示会", "", picture()))
    look(now)
    assert [state for state, _why in letters()][1] == State.TAKEN
    assert [state for state, _why in letters()][0] in {State.ASIDE, State.FAILED}


def test_a_mail_of_a_hundred_megabytes_is_not_fetched_after_all_either(cast: Cast, make: Make) -> None:
    box = make()
    now = reader_of(box, cast)
    box.put(mail("stranger@example.com").as_bytes() + b"x" * connecting.LARGEST)
    look(now)
    with pytest.raises(Conflict) as refused:
        take_after_all(Letter.objects.get(), cast.aoyama, by=cast.mizuno)
    assert "40MB" in refused.value.message


def test_a_server_that_lies_about_the_size_fills_no_memory(
    cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = make()
    now = reader_of(box, cast)
    for module in (connecting, polling):
        monkeypatch.setattr(module, "LARGEST", 20_000)
    box.put(mail(cast.aoyama.email, "x", "y", picture(size=(2000, 2000))).as_bytes() + b"x" * 60_000)
    box.sizes = 100
    look(now)
    assert [state for state, _why in letters()] == [State.ASIDE]
    assert Card.objects.count() == 0
