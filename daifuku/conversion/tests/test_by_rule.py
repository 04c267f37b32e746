"""The firm's own ways: trading that begins by itself, and what is asked where one that is the same is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.conversion.actions import Wanted, convert, take_back
from daifuku.conversion.actions.settling import edit_setup
from daifuku.conversion.by_rule import anything_ready, begin_ready
from daifuku.conversion.models import Conversion, Result
from daifuku.customers.models import Account, Lead, Separation
from daifuku.foundation.errors import Conflict, Invalid
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.records import actions, undoing

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
NUMBER = "4000012090001"


@pytest.fixture
def automatic(cast: Cast) -> None:
    edit_setup({"automatic": True, "roles": ["administrator"]}, by=cast.mizuno)


def fresh(lead: Any) -> Lead:
    return Lead.plain.get(pk=lead.pk)


@pytest.mark.usefixtures("automatic")
def test_what_meets_the_condition_begins_in_the_name_of_whoever_is_in_charge(
    cast: Cast, lead_of: Make, client: Client
) -> None:
    ready, other = (
        lead_of(status="qualified"),
        lead_of(company="あお物産", email="", phone="", direct_phone=""),
    )
    assert anything_ready()
    assert begin_ready() == 1
    done = Conversion.objects.get()
    assert (done.lead_id, done.by, done.account.owner, done.via) == (
        ready.pk,
        cast.aoyama,
        cast.aoyama,
        "rule",
    )
    assert fresh(other).converted_at is None
    assert not anything_ready()
    event = Event.objects.get(kind="lead.bulk_converted")
    assert (event.actor_id, event.via) == (None, "rule")
    notice = Notice.objects.get(kind="conversion.by_rule")
    assert notice.person == cast.aoyama
    client.force_login(cast.aoyama)
    page = client.get(f"/conversion/results/{event.pk}/")
    assert page.status_code == 200
    assert "山田 花子" in page.content.decode()
    banner = client.get(f"/leads/{ready.uid}/").content.decode()
    assert "自動で取引を開始しました" in banner
    assert "関連付け 第1版" in banner
    client.force_login(cast.baba)
    assert client.get(f"/conversion/results/{event.pk}/").status_code == 404


@pytest.mark.usefixtures("automatic")
def test_what_is_doubtful_waits_until_the_lead_changes(cast: Cast, lead_of: Make) -> None:
    actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
    lead = lead_of(status="qualified", email="", direct_phone="")
    nobody = lead_of(status="qualified", company="あお物産", email="", phone="", family_name="川口")
    Lead.plain.filter(pk=nobody.pk).update(owner=None)
    assert begin_ready() == 2
    told = {row.lead_id: row for row in Result.objects.all()}
    assert "同じかもしれない取引先があります" in told[lead.pk].sentence
    assert "営業担当が決まっていない" in told[nobody.pk].sentence
    assert begin_ready() == 0
    actions.edit(
        fresh(lead), {"note": "別の会社と確かめた", "company": "株式会社くろ", "phone": ""}, by=cast.aoyama
    )
    assert begin_ready() == 1
    assert Conversion.objects.get().lead_id == lead.pk


@pytest.mark.usefixtures("automatic")
def test_what_was_taken_back_begins_by_hand_alone(cast: Cast, lead_of: Make) -> None:
    lead_of(status="qualified")
    begin_ready()
    take_back(Conversion.objects.get(), by=cast.mizuno)
    assert begin_ready() == 0


def test_what_was_ready_before_it_was_switched_on_is_left_alone(cast: Cast, lead_of: Make) -> None:
    lead_of(status="qualified")
    assert begin_ready() == 0
    edit_setup({"automatic": True}, by=cast.mizuno)
    assert begin_ready() == 0
    undoing.undo(Event.objects.get(kind="conversion.setup_changed"), by=cast.mizuno)
    lead_of(status="qualified", company="あお物産")
    assert not anything_ready()


def test_the_condition_is_checked_and_kept_by_the_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.mizuno)
    page = client.get("/settings/conversion/").content.decode()
    assert "自動で開始する" in page
    with pytest.raises(Invalid):
        edit_setup({"condition": {"all": [{"field": "nowhere", "op": "is", "value": 1}]}}, by=cast.mizuno)


def test_a_reason_is_asked_for_and_kept_where_the_firm_wants_it(
    cast: Cast, lead_of: Make, client: Client
) -> None:
    edit_setup({"doubles": "reason"}, by=cast.mizuno)
    firm = actions.create("account", {"name": "みどり商店", "corporate_number": NUMBER}, by=cast.aoyama)
    lead = lead_of(corporate_number=NUMBER)
    with pytest.raises(Invalid, match="理由を入力してください"):
        convert(lead, by=cast.aoyama)
    assert Account.plain.count() == 1
    client.force_login(cast.aoyama)
    sent = {"do": "convert", "once": "a" * 32, "account": "new", "contact": "new"}
    page = client.post(f"/leads/{lead.uid}/convert/", sent)
    assert page.status_code == 422
    assert "別の記録として作る理由を入力してください" in page.content.decode()
    done = convert(lead, Wanted(reason="請求先が違う"), by=cast.aoyama)
    kept = Separation.objects.get(object="account")
    assert {kept.first_id, kept.second_id} == {firm.pk, done.account_id}
    assert kept.reason == "請求先が違う"


def test_a_branch_needs_no_reason(cast: Cast, lead_of: Make) -> None:
    edit_setup({"doubles": "use"}, by=cast.mizuno)
    firm = actions.create("account", {"name": "みどり商店", "corporate_number": NUMBER}, by=cast.aoyama)
    lead = lead_of(corporate_number=NUMBER)
    with pytest.raises(Conflict, match="新しく作れません"):
        convert(lead, by=cast.aoyama)
    done = convert(lead, Wanted(parent=firm), by=cast.aoyama)
    assert done.account.parent == firm
