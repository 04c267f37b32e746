"""取引の開始 under attack: firms and fields that one may not see, people who left, odd choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.conversion.actions import NEW, Wanted, convert, take_back
from daifuku.conversion.alike import proposed
from daifuku.conversion.mapping.drafting import draft
from daifuku.conversion.mapping.rules import current
from daifuku.conversion.models import Conversion
from daifuku.conversion.tests.conftest import CARD
from daifuku.customers.models import Account, Contact
from daifuku.foundation.errors import DomainError, Invalid
from daifuku.merging.tests.test_merge import fresh
from daifuku.records import actions
from daifuku.staff.viewer import Viewer
from tests.attacks.test_hidden_things import SECRET, hide

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Any], Client]
    Make = Callable[..., Any]

pytestmark = pytest.mark.django_db
MAIL = "hanako@midori.example.jp"


@pytest.fixture
def lead_of(cast: Cast) -> Make:
    def make(**values: Any) -> Any:
        return actions.create("lead", {**CARD, **values}, by=cast.aoyama)

    return make


@pytest.fixture
def known(cast: Cast) -> Any:
    """The person is known to all, her firm is for 千田 alone."""
    firm = actions.create(
        "account", {"name": SECRET, "phone": "06-9999-8888", "privacy": "private"}, by=cast.senda
    )
    values = {"family_name": "山田", "given_name": "花子", "email": MAIL, "account": firm}
    return actions.create("contact", values, by=cast.senda)


def page_of(lead: Any, browser: Client, **sent: str) -> str:
    address = reverse("conversion:convert", args=[lead.uid])
    answer = browser.post(address, sent) if sent else browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_firm_of_a_known_person_is_not_told_to_whoever_may_not_see_it(
    cast: Cast,
    lead_of: Make,
    known: Any,
    login_as: Login,
) -> None:
    lead, browser = lead_of(), login_as(cast.aoyama)
    for page in (page_of(lead, browser), page_of(lead, browser, contact=str(known.uid), account="new")):
        assert SECRET not in page
        assert "9999-8888" not in page
        assert str(known.account.uid) not in page


def test_such_a_person_is_linked_and_keeps_her_firm(cast: Cast, lead_of: Make, known: Any) -> None:
    firms = Account.plain.count()
    done = convert(lead_of(), Wanted(contact=known, deal=False), by=cast.aoyama)
    assert (done.account, done.contact, Account.plain.count()) == (None, known, firms)
    assert fresh(known).account_id == known.account_id
    take_back(done, by=cast.aoyama)
    assert fresh(known).trashed_at is None


def test_a_field_of_the_lead_that_one_may_not_see_finds_nobody(cast: Cast, lead_of: Make) -> None:
    same = {"family_name": "山田", "given_name": "花子", "family_kana": "ヤマダ", "given_kana": "ハナコ"}
    actions.create("contact", {**same, "email": MAIL}, by=cast.senda)
    lead = lead_of()

    def why() -> str:
        return " ".join(
            each.words for each in proposed(lead, draft(lead, current()), Viewer(cast.aoyama))["contact"]
        )

    assert "メール" in why()
    hide("rep", "lead", "email")
    assert "メール" not in why()


def test_a_hidden_value_does_not_come_back_in_the_form_of_what_is_asked(
    cast: Cast,
    lead_of: Make,
    login_as: Login,
) -> None:
    lead = lead_of(note="極秘の備考")
    hide("rep", "lead", "phone", "note")
    page = page_of(lead, login_as(cast.aoyama), account="new", contact="new", deal="1")
    assert "極秘の備考" not in page
    assert "1234-5678" not in page


def test_taking_back_names_no_record_that_one_may_not_see(cast: Cast, lead_of: Make, login_as: Login) -> None:
    firm = actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
    lead = lead_of()
    convert(lead, Wanted(account=firm, deal=False), by=cast.aoyama)
    actions.edit(fresh(firm), {"phone": "03-0000-0000", "name": SECRET}, by=cast.aoyama)
    Account.plain.filter(pk=firm.pk).update(owner=cast.senda, privacy="private")
    answer = login_as(cast.aoyama).get(reverse("conversion:take_back", args=[lead.uid]))
    assert (answer.status_code, SECRET in answer.content.decode()) == (200, False)


def test_a_private_lead_hides_no_customer_and_the_page_says_who_will_see_it(
    cast: Cast, lead_of: Make, login_as: Login
) -> None:
    firm = actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
    lead = lead_of(privacy="private")
    page = page_of(lead, login_as(cast.aoyama), account=str(firm.uid), contact="new")
    assert "公開範囲を限っています" in page
    assert "公開範囲を限っています" not in page_of(lead, login_as(cast.aoyama), account="new", contact="new")
    done = convert(lead, Wanted(account=firm, deal=False), by=cast.aoyama)
    assert (fresh(firm).privacy, fresh(done.contact).privacy) == ("", "private")


def test_taken_back_twice_the_second_press_is_told_so(cast: Cast, lead_of: Make, login_as: Login) -> None:
    lead, browser = lead_of(), login_as(cast.aoyama)
    convert(lead, by=cast.aoyama)
    address = reverse("conversion:take_back", args=[lead.uid])
    for _press in range(2):
        answer = browser.post(address)
        assert (answer.status_code, answer["Location"]) == (302, lead.get_absolute_url())
    assert "すでに取り消されています" in browser.get(lead.get_absolute_url()).content.decode()
    assert browser.get(address).status_code == 404
    assert browser.post(reverse("conversion:take_back", args=[lead_of().uid])).status_code == 404


def test_nobody_who_left_gets_the_new_customer(cast: Cast, lead_of: Make) -> None:
    cast.baba.is_active = False
    cast.baba.save()
    with pytest.raises(Invalid):
        convert(lead_of(), Wanted(owner=cast.baba), by=cast.aoyama)
    assert not Account.plain.exists()
    assert not Conversion.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"account": "branch:x"}, {"account": "branch:"}, {"account": "none", "contact": "none"},
        {"contact": "branch:1"},
        {"account": "other", "other_account": "' OR 1=1 --"}, {"owner": "00000000-0000-0000-0000-000000000000"},
        {"over": "account.__class__"}, {"over": "." * 5000}, {"deal": "2"}, {"account-owner": "x"}, {"once": "\x00"},
        {"account-name": "x" * 100_000}, {"deal": "1", "deal-amount": "1e400"},
        {"deal": "1", "deal-close_on": "9999-99-99"},
    ],
)  # fmt: skip
def test_odd_choices_are_refused_or_passed_over_and_nothing_is_half_done(
    cast: Cast,
    lead_of: Make,
    login_as: Login,
    sent: dict[str, str],
) -> None:
    lead = lead_of()
    answer = login_as(cast.aoyama).post(
        reverse("conversion:convert", args=[lead.uid]), {**sent, "do": "convert"}
    )
    assert answer.status_code in {302, 409, 422}
    made = int(answer.status_code == 302)
    assert Conversion.objects.count() == Contact.plain.count() == made
    assert Account.plain.count() <= made


def test_the_address_of_a_private_lead_says_nothing(cast: Cast, lead_of: Make, login_as: Login) -> None:
    lead = lead_of(privacy="private")
    stranger = login_as(cast.senda)
    for name in ("convert", "take_back", "reopen"):
        press = stranger.post if name == "reopen" else stranger.get
        assert press(reverse(f"conversion:{name}", args=[lead.uid])).status_code == 404


def test_a_fall_in_the_middle_leaves_nothing(cast: Cast, lead_of: Make, monkeypatch: Any) -> None:
    """Whatever goes wrong after account and contact were made, they are not there."""
    from daifuku.conversion import carrying

    def fall(*_arguments: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(carrying, "carry_all", fall)
    lead = lead_of()
    with pytest.raises((RuntimeError, DomainError)):
        convert(lead, Wanted(account=NEW, deal=True), by=cast.aoyama)
    assert (Account.plain.count(), Contact.plain.count(), fresh(lead).converted_at) == (0, 0, None)
