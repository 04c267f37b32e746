"""Whoever may not see a customer looks for his deals: in lists, board, API, files, sums, by moving things."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.api.tests.support import Program
from daifuku.conversion.actions import Wanted, convert, take_back
from daifuku.conversion.tests.conftest import CARD
from daifuku.deals.models import Deal
from daifuku.foundation.errors import Invalid, NotFound
from daifuku.merging.actions import merge
from daifuku.merging.actions import take_back as separate
from daifuku.milestones.models import Milestone
from daifuku.records import actions
from daifuku.records.actions.custom_fields import add_field
from daifuku.records.actions.rows import create_many
from daifuku.records.search import search
from daifuku.staff.models import Company
from daifuku.staff.viewer import Viewer
from daifuku.transfers.actions.exporting import write
from daifuku.transfers.exporting.wish import Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Any], Client]

pytestmark = pytest.mark.django_db
NAME = "極秘の増産"


@pytest.fixture
def firm(cast: Cast) -> Any:
    return actions.create("account", {"name": "極秘重工"}, by=cast.aoyama)


@pytest.fixture
def deal(cast: Cast, firm: Any) -> Any:
    made = actions.create("deal", {"name": NAME, "account": firm, "amount": 7_654_321}, by=cast.aoyama)
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    return made


def seen(cast: Cast) -> tuple[bool, bool]:
    """By 千田, by 青山."""
    return tuple(Deal.objects.visible_to(person).exists() for person in (cast.senda, cast.aoyama))  # type: ignore[return-value]


def test_no_page_tells_of_it(cast: Cast, deal: Any, login_as: Login) -> None:
    browser = login_as(cast.senda)
    for address in ("/deals/", "/deals/?view=running", reverse("records:search") + f"?q={NAME}", "/"):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        for secret in (str(deal.uid), "7,654,321", "極秘重工"):
            assert secret not in answer.content.decode(), address
    assert browser.get(deal.get_absolute_url()).status_code == 404
    assert search(NAME, Viewer(cast.senda)) == []


def test_the_api_does_not_know_it(cast: Cast, deal: Any) -> None:
    Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事"})
    program = Program(cast.senda)
    assert json.loads(program.get("/deals").content)["items"] == []
    assert json.loads(program.get("/search?q=" + NAME).content)["items"] == []
    for answer in (program.get(f"/deals/{deal.uid}"), program.patch(f"/deals/{deal.uid}", {"privacy": ""})):
        assert answer.status_code == 404
    own = Program(cast.aoyama)
    refused = own.patch(f"/deals/{deal.uid}", {"privacy": ""}, If_Match=own.get(f"/deals/{deal.uid}")["ETag"])
    assert refused.status_code == 422
    assert "公開範囲が「担当者のみ」のため" in refused.content.decode()


def test_no_file_holds_it(cast: Cast, deal: Any) -> None:
    out = io.BytesIO()
    write(Wish("deal", form="csv", columns="all"), out, by=cast.senda)
    assert NAME not in out.getvalue().decode("utf-8-sig")


def test_no_sum_over_deals_counts_it(cast: Cast, firm: Any) -> None:
    person = actions.create("contact", {"family_name": "山田", "account": firm}, by=cast.aoyama)
    roll = {"of": "deal", "link": "contact", "how": "sum", "field": "amount"}
    field = add_field("contact", "rollup", "商談の合計", by=cast.mizuno, options=roll)
    values = {"name": NAME, "account": firm, "contact": person, "amount": 7_654_321}
    actions.create("deal", values, by=cast.aoyama)

    def total() -> Any:
        return type(person).plain.get(pk=person.pk).custom.get(field.key)

    assert total()
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    assert not total()
    actions.edit(firm, {"privacy": ""}, by=cast.aoyama)
    assert total()


def test_nobody_brings_his_deal_to_a_customer_he_may_not_see(cast: Cast, deal: Any) -> None:
    """A deal there would say that there is such a customer."""
    open_firm = actions.create("account", {"name": "若葉産業"}, by=cast.senda)
    own = actions.create("deal", {"name": "私の商談", "account": open_firm}, by=cast.senda)
    with pytest.raises(Invalid):
        actions.edit(own, {"account": str(deal.account.uid)}, by=cast.senda)
    with pytest.raises(NotFound):
        actions.edit(deal, {"account": open_firm}, by=cast.senda)


def test_many_at_once_are_as_closed(cast: Cast, firm: Any) -> None:
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    rows = [{"name": f"{NAME}{number}", "account": firm} for number in range(3)]
    create_many("deal", rows, by=cast.aoyama)
    assert seen(cast) == (False, True)


def test_a_milestone_of_it_is_as_closed(cast: Cast, firm: Any) -> None:
    made = actions.create("deal", {"name": NAME, "account": firm}, by=cast.aoyama)
    values = {"deal": made, "name": "試作の納入", "due_on": "2027-01-20"}
    actions.create("milestone", values, by=cast.aoyama)
    assert Milestone.objects.visible_to(cast.senda).exists()
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    assert not Milestone.objects.visible_to(cast.senda).exists()
    assert Milestone.objects.visible_to(cast.aoyama).exists()
    actions.edit(firm, {"privacy": ""}, by=cast.aoyama)
    assert Milestone.objects.visible_to(cast.senda).exists()


def test_conversion_into_a_closed_customer_closes_the_leads_deals(cast: Cast, firm: Any) -> None:
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    lead = actions.create("lead", CARD, by=cast.aoyama)
    early = actions.create("deal", {"name": NAME, "lead": lead}, by=cast.aoyama)
    assert seen(cast) == (True, True)
    firm.refresh_from_db()
    done = convert(lead, Wanted(account=firm, deal=True), by=cast.aoyama)
    assert Deal.plain.get(pk=early.pk).account == firm
    assert seen(cast) == (False, True)
    take_back(done, by=cast.aoyama)
    assert seen(cast) == (True, True)
    assert Deal.plain.get(pk=early.pk).keeper is None


def test_a_lead_that_became_private_since_closes_what_comes_back_to_it(cast: Cast, firm: Any) -> None:
    lead = actions.create("lead", CARD, by=cast.aoyama)
    actions.create("deal", {"name": NAME, "lead": lead}, by=cast.aoyama)
    done = convert(lead, Wanted(account=firm), by=cast.aoyama)
    actions.edit(type(lead).plain.get(pk=lead.pk), {"privacy": "private"}, by=cast.aoyama)
    assert seen(cast) == (True, True)
    take_back(done, by=cast.aoyama)
    assert seen(cast) == (False, True)


def test_a_merge_closes_deals_and_opens_them_when_it_is_taken_back(cast: Cast, firm: Any) -> None:
    other = actions.create("account", {"name": "極秘重工株式会社", "privacy": "private"}, by=cast.aoyama)
    actions.create("deal", {"name": NAME, "account": firm}, by=cast.aoyama)
    done = merge([other, firm], other, by=cast.aoyama)
    assert seen(cast) == (False, True)
    separate(done, by=cast.aoyama)
    assert seen(cast) == (True, True)
