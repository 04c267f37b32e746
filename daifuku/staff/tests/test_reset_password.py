"""A forgotten password: a link by mail or from the administrator, the same words for everybody."""

from __future__ import annotations

import re
import statistics
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from daifuku.foundation.errors import Conflict, Forbidden
from daifuku.ledger.models import Event
from daifuku.staff.actions import edit_person, give_password_link
from daifuku.staff.models import Person
from daifuku.staff.testing import PASSWORD, Cast

pytestmark = pytest.mark.django_db
NEW = "atarashii-aikotoba-3"


@pytest.fixture
def with_mail(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.jp"


def link_in(text: object) -> str:
    found = re.search(r"http://\S+", str(text))
    assert found
    return found.group()


def follow(client: Client, link: str) -> Any:
    """Opens the link; its secret moves into the session, so that no other page learns it by the referrer."""
    answer = client.get(link.removeprefix("http://localhost:8000"))
    return answer["Location"] if answer.status_code == 302 else answer


def test_the_mailed_link_sets_a_new_password_once(cast: Cast, with_mail: None) -> None:
    client, old = Client(), Client()
    old.post("/login/", {"login": "aoyama@example.jp", "password": PASSWORD})
    client.post("/password/reset/", {"email": "Aoyama@example.jp"})
    (sent,) = mail.outbox
    assert sent.to == ["aoyama@example.jp"]
    assert "青山 凛 様" in sent.body
    address = follow(client, link_in(sent.body))
    page = client.get(address)
    assert "新しいパスワード" in page.content.decode()
    assert (
        client.post(address, {"password1": NEW, "password2": NEW})["Location"] == "/password/reset/key/done/"
    )
    assert Person.objects.get(pk=cast.aoyama.pk).check_password(NEW)
    assert old.get("/account/").status_code == 302
    again = follow(Client(), link_in(sent.body))
    assert "使えないリンク" in again.content.decode()


def test_known_and_unknown_addresses_get_the_same_answer(cast: Cast, with_mail: None) -> None:
    known = Client().post("/password/reset/", {"email": "aoyama@example.jp"}, follow=True)
    unknown = Client().post("/password/reset/", {"email": "nobody@example.jp"}, follow=True)
    strip = re.compile(rb"[\w+/=-]{60,}")
    assert known.status_code == unknown.status_code == 200
    assert strip.sub(b"", known.content) == strip.sub(b"", unknown.content)
    assert len(mail.outbox) == 1
    lines = Event.objects.filter(kind="person.reset_requested").order_by("id")
    assert [line.subjects.count() for line in lines] == [1, 0]
    assert "nobody" not in str([line.data for line in lines])


def test_the_answer_takes_the_same_time(cast: Cast, with_mail: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    times: dict[str, list[float]] = {"aoyama": [], "nobody": []}
    client = Client()
    for _round in range(30):
        for who, measured in times.items():
            start = time.process_time()
            client.post("/password/reset/", {"email": f"{who}@example.jp"})
            measured.append(time.process_time() - start)
    known, unknown = (statistics.median(measured) for measured in times.values())
    assert abs(known - unknown) < 0.010


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host"])
def test_the_link_leads_to_the_configured_address_whatever_the_request_claims(
    cast: Cast, with_mail: None, header: str
) -> None:
    Client().post("/password/reset/", {"email": "aoyama@example.jp"}, headers={header: "evil.example"})
    for sent in mail.outbox:
        assert link_in(sent.body).startswith("http://localhost:8000/password/reset/key/")
        assert "evil" not in sent.body


def test_mails_cannot_be_sent_without_end(cast: Cast, with_mail: None) -> None:
    answers = [
        Client().post("/password/reset/", {"email": "aoyama@example.jp"}).status_code for _ in range(5)
    ]
    assert answers == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 3


def test_somebody_who_left_gets_no_link(cast: Cast, with_mail: None) -> None:
    Person.objects.filter(pk=cast.senda.pk).update(is_active=False)
    Client().post("/password/reset/", {"email": "senda@example.jp"})
    assert not mail.outbox


def test_without_a_mail_server_the_page_says_whom_to_ask(cast: Cast) -> None:
    assert "管理者に" in Client().get("/password/reset/").content.decode()
    Client().post("/password/reset/", {"email": "aoyama@example.jp"})
    assert not mail.outbox


def test_the_administrators_link_works_the_same(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.mizuno)
    page = client.post(f"/settings/people/{cast.aoyama.uid}/password-link/")
    assert page.status_code == 200
    link = page.context["password_link"]
    other = Client()
    address = follow(other, link)
    other.post(address, {"password1": NEW, "password2": NEW})
    assert Person.objects.get(pk=cast.aoyama.pk).check_password(NEW)
    line = Event.objects.get(kind="person.link_given")
    assert line.actor == cast.mizuno
    assert link.rsplit("-", 1)[1].strip("/") not in str(line.data)


def test_nobody_makes_a_link_for_somebody_with_more_power(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        give_password_link(cast.mizuno, by=cast.mori)
    with pytest.raises(Forbidden):
        give_password_link(cast.aoyama, by=cast.osaki)
    Person.objects.filter(pk=cast.senda.pk).update(is_active=False)
    with pytest.raises(Conflict):
        give_password_link(Person.objects.get(pk=cast.senda.pk), by=cast.mizuno)


def test_a_weak_new_password_is_refused(cast: Cast, with_mail: None) -> None:
    client = Client()
    client.post("/password/reset/", {"email": "aoyama@example.jp"})
    address = follow(client, link_in(mail.outbox[0].body))
    answer = client.post(address, {"password1": "password123", "password2": "password123"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Person.objects.get(pk=cast.aoyama.pk).check_password(PASSWORD)


def test_an_address_that_was_changed_opens_nothing_any_more(cast: Cast, with_mail: None) -> None:
    client = Client()
    client.post("/password/reset/", {"email": "aoyama@example.jp"})
    link = link_in(mail.outbox[0].body)
    client.post("/login/", {"login": "aoyama@example.jp", "password": PASSWORD})
    edit_person(cast.aoyama, {"email": "rin@example.jp"}, by=cast.mizuno)
    assert "使えないリンク" in follow(Client(), link).content.decode()
    for address, comes_in in (("aoyama@example.jp", False), ("rin@example.jp", True)):
        other = Client()
        other.post("/login/", {"login": address, "password": PASSWORD})
        assert ("_auth_user_id" in other.session) is comes_in
    assert not EmailAddress.objects.exists()
