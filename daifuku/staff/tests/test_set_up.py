"""A new firm enters itself by the link that only the terminal shows, once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from daifuku.foundation.errors import Conflict, Invalid
from daifuku.ledger.models import Event
from daifuku.staff.actions import found_company
from daifuku.staff.models import Company, Person
from daifuku.staff.setup import setup_link

FORM = {
    "company_name": "シャチホコ商事",
    "family_name": "森",
    "given_name": "昭",
    "email": "Mori@Example.jp",
    "password": "hi-no-maru bento 3tsu",
}
pytestmark = pytest.mark.django_db


def link() -> str:
    whole = setup_link()
    assert whole
    return whole.removeprefix("http://localhost:8000")


def test_every_page_leads_to_the_first_visit_while_there_is_no_firm(client: Client) -> None:
    for address in ("/", "/login/", "/profile/", "/accounts/"):
        assert client.get(address)["Location"] == "/first-visit/"
    assert "ターミナル" in client.get("/first-visit/").content.decode()


def test_the_link_makes_the_firm_and_signs_its_first_person_in(client: Client) -> None:
    address = link()
    assert "はじめての設定" in client.get(address).content.decode()
    answer = client.post(address, FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    person = Person.objects.get()
    assert person.email == "mori@example.jp"
    assert {role.key for role in person.roles.all()} == {"administrator", "president"}
    assert Company.objects.get().name == "シャチホコ商事"
    assert client.session["_auth_user_id"] == str(person.pk)
    kinds = list(Event.objects.order_by("id").values_list("kind", "actor"))
    assert (kinds[0], kinds[-1]) == (("company.founded", person.pk), ("person.signed_in", person.pk))
    assert {actor for _kind, actor in kinds} == {person.pk}


@pytest.mark.parametrize(("language", "role"), [("ja", "社長"), ("en", "President")])
def test_the_firm_begins_in_the_language_of_its_first_person(
    client: Client, language: str, role: str
) -> None:
    client.post(link(), FORM, headers={"accept-language": language})
    person = Person.objects.get()
    assert person.language == language
    assert role in [str(each) for each in person.roles.all()]


def test_the_link_works_once(client: Client) -> None:
    address = link()
    client.post(address, FORM)
    stranger = Client()
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, FORM | {"email": "b@example.jp"}).status_code == 404
    assert stranger.get("/first-visit/")["Location"] == "/login/"
    assert setup_link() is None
    assert Person.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "abc:def", "1wNQ8d:" + "A" * 43])
def test_an_invented_link_opens_nothing(client: Client, token: str) -> None:
    assert client.get(f"/setup/{token}/").status_code == 404
    assert client.post(f"/setup/{token}/", FORM).status_code == 404
    assert not Company.objects.exists()


def test_the_link_is_good_for_a_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = link()
    now = timezone.now().timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 25 * 3600)
    answer = client.get(address)
    assert answer.status_code == 404
    assert "24時間" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("company_name", ""),
        ("company_name", "　 "),
        ("company_name", "あ" * 121),
        ("family_name", ""),
        ("email", ""),
        ("email", "mori"),
        ("password", ""),
        ("password", "mijikai"),
        ("password", "password123"),
        ("password", "mori@example.jp"),
    ],
)
def test_a_wrong_entry_is_told_at_its_field_and_nothing_typed_is_lost(
    client: Client, field: str, value: str
) -> None:
    answer = client.post(link(), FORM | {field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "シャチホコ商事" in answer.content.decode() or field == "company_name"
    assert not Company.objects.exists()
    assert not Event.objects.exists()


def test_the_verb_refuses_a_second_firm() -> None:
    found_company(**FORM)
    with pytest.raises(Conflict):
        found_company(**FORM | {"email": "b@example.jp"})


def test_the_verb_tells_all_that_is_wrong_at_once() -> None:
    with pytest.raises(Invalid) as refusal:
        found_company(company_name="", email="x", family_name="", password="")
    assert {problem.field for problem in refusal.value.problems} == {"company_name", "email", "family_name"}
