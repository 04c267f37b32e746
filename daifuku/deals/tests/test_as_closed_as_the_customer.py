"""A deal is never more open than its customer: whoever may not see him sees nothing of it on any way."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.utils import timezone

from daifuku.deals.models import Deal
from daifuku.foundation.errors import Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.records import actions, listing, undoing
from daifuku.records.explaining import explain
from daifuku.records.scope import sees
from daifuku.records.search import search
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(cast: Cast, firm: Any) -> Any:
    return actions.create("deal", {"name": "倉庫の棚", "account": firm, "amount": 500_000}, by=cast.aoyama)


def close(firm: Any, privacy: str = "private") -> None:
    actions.edit(firm, {"privacy": privacy}, by=firm.owner)


def seen(person: Person) -> list[str]:
    """By the list; the rule in memory and in words says the same."""
    viewer = Viewer(person)
    for deal in Deal.plain.all():
        assert sees(viewer, deal, "view") == explain(viewer, deal, "view").allowed
        assert sees(viewer, deal, "view") == Deal.objects.visible_to(viewer).filter(pk=deal.pk).exists()
    return [str(row) for row in listing.query("deal", viewer, today=timezone.localdate()).page().rows]


def how(deal: Any) -> tuple[Any, Any, str]:
    row = Deal.plain.get(pk=deal.pk)
    return row.keeper_id, row.team_id, row.privacy


def test_a_deal_becomes_as_closed_as_its_customer_and_opens_with_him(
    cast: Cast, firm: Any, deal: Any
) -> None:
    assert seen(cast.senda) == ["倉庫の棚"]
    close(firm)
    assert (seen(cast.senda), seen(cast.aoyama)) == ([], ["倉庫の棚"])
    assert search("倉庫の棚", Viewer(cast.senda)) == []
    with pytest.raises(NotFound):
        actions.edit(deal, {"amount": 1}, by=cast.senda)
    undoing.undo(Event.objects.get(kind="account.edited"), by=cast.aoyama)
    assert seen(cast.senda) == ["倉庫の棚"]
    assert how(deal) == (None, None, "")


def test_a_new_deal_of_a_closed_customer_is_closed(cast: Cast, firm: Any) -> None:
    close(firm)
    # `firm` is as it was fetched before it became private.
    made = actions.create("deal", {"name": "新しい棚", "account": firm}, by=cast.aoyama)
    assert (how(made), seen(cast.senda)) == ((cast.aoyama.pk, None, "private"), [])


def test_a_deal_that_goes_to_a_closed_customer_is_closed_and_comes_back_open(
    cast: Cast, firm: Any, deal: Any
) -> None:
    hidden = actions.create("account", {"name": "極秘重工", "privacy": "private"}, by=cast.aoyama)
    actions.edit(deal, {"account": hidden}, by=cast.aoyama)
    assert seen(cast.senda) == []
    actions.edit(deal, {"account": firm}, by=cast.aoyama)
    assert seen(cast.senda) == ["倉庫の棚"]


def test_a_deal_with_a_lead_alone_is_as_closed_as_the_lead(cast: Cast) -> None:
    lead = actions.create("lead", {"family_name": "山田", "company": "みどり商店"}, by=cast.aoyama)
    actions.create("deal", {"name": "展示会の話", "lead": lead}, by=cast.aoyama)
    close(lead)
    assert seen(cast.senda) == []


def test_of_lead_and_account_the_account_counts(cast: Cast, firm: Any) -> None:
    lead = actions.create("lead", {"family_name": "山田", "company": "みどり商店"}, by=cast.aoyama)
    actions.create("deal", {"name": "展示会の話", "lead": lead, "account": firm}, by=cast.aoyama)
    close(lead)
    assert seen(cast.senda) == ["展示会の話"]
    close(firm)
    assert seen(cast.senda) == []


def test_whoever_is_in_charge_of_the_closed_customer_sees_its_deals(cast: Cast, firm: Any) -> None:
    actions.create("deal", {"name": "千田の話", "account": firm}, by=cast.senda)
    close(firm)
    assert (seen(cast.aoyama), seen(cast.senda), seen(cast.osaki)) == (["千田の話"], ["千田の話"], [])


def test_of_a_customer_of_one_team_the_team_sees_the_deals(cast: Cast, firm: Any) -> None:
    actions.edit(firm, {"team": cast.section}, by=cast.aoyama)
    made = actions.create("deal", {"name": "関西の話", "account": firm, "team": cast.other}, by=cast.aoyama)
    close(firm, "team")
    assert (seen(cast.baba), seen(cast.senda)) == (["関西の話"], [])
    close(firm, "")
    assert how(made) == (None, cast.other.pk, "")


@pytest.mark.parametrize("privacy", ["team", "private"])
def test_what_the_deal_says_itself_is_never_opened_by_its_customer(
    cast: Cast, firm: Any, deal: Any, privacy: str
) -> None:
    """Nobody sees more by closing his customer: whoever keeps the customer does not become the deal's."""
    made = actions.create("deal", {"name": "千田の話", "account": firm, "privacy": "private"}, by=cast.senda)
    close(firm, privacy)
    assert (seen(cast.aoyama), seen(cast.senda)) == (["倉庫の棚"], ["千田の話"])
    close(firm, "")
    assert how(made) == (None, None, "private")
    assert seen(cast.aoyama) == ["倉庫の棚"]


def test_what_two_teams_keep_each_for_itself_neither_of_them_sees(cast: Cast, firm: Any) -> None:
    actions.edit(firm, {"team": cast.section}, by=cast.aoyama)
    values = {
        "name": "関西だけの話",
        "account": firm,
        "team": cast.other,
        "privacy": "team",
        "owner": cast.mizuno,
    }
    made = actions.create("deal", values, by=cast.senda)
    assert (seen(cast.senda), seen(cast.baba)) == (["関西だけの話"], [])
    close(firm, "team")
    assert (seen(cast.senda), seen(cast.baba), seen(cast.mizuno)) == ([], [], ["関西だけの話"])
    actions.edit(firm, {"team": cast.other}, by=cast.aoyama)
    assert seen(cast.senda) == ["関西だけの話"]
    assert how(made)[2] == "team"


def test_a_deal_alone_cannot_be_opened_wider_than_its_customer(cast: Cast, firm: Any, deal: Any) -> None:
    close(firm, "team")
    actions.edit(deal, {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(Invalid) as refused:
        actions.edit(deal, {"privacy": ""}, by=cast.aoyama)
    assert [(each.field, each.code) for each in refused.value.problems] == [("privacy", "wider")]
    assert "取引先の公開範囲が「チーム内のみ」のため" in refused.value.problems[0].message
    undoing.undo(Event.objects.get(kind="deal.edited"), by=cast.aoyama)
    assert how(deal)[2] == "team"


def test_undoing_gives_a_deal_back_to_the_team_of_its_customer(cast: Cast, firm: Any, deal: Any) -> None:
    actions.edit(firm, {"team": cast.section}, by=cast.aoyama)
    close(firm, "team")
    before = how(deal)
    actions.edit(deal, {"privacy": "private"}, by=cast.aoyama)
    assert how(deal) == (None, None, "private")
    undoing.undo(Event.objects.get(kind="deal.edited"), by=cast.aoyama)
    assert how(deal) == before == (cast.aoyama.pk, cast.section.pk, "team")
    close(firm, "")
    assert how(deal) == (None, None, "")


def test_a_customer_in_other_hands_takes_its_closed_deals_along(cast: Cast, firm: Any, deal: Any) -> None:
    close(firm, "team")
    actions.edit(deal, {"owner": cast.mizuno}, by=cast.aoyama)
    assert how(deal)[0] == cast.aoyama.pk
    firm = actions.edit(firm, {"owner": cast.baba}, by=cast.aoyama)
    assert how(deal)[0] == cast.baba.pk
    close(firm)
    assert (seen(cast.baba), seen(cast.aoyama)) == (["倉庫の棚"], [])


def test_many_customers_at_once_close_their_deals(cast: Cast, firm: Any, deal: Any) -> None:
    other = actions.create("account", {"name": "若葉産業"}, by=cast.aoyama)
    actions.create("deal", {"name": "若葉の話", "account": other}, by=cast.aoyama)
    actions.edit_many("account", [firm.pk, other.pk], {"privacy": "private"}, by=cast.aoyama)
    assert seen(cast.senda) == []


def test_deals_that_were_there_are_closed_once(cast: Cast, firm: Any, deal: Any) -> None:
    """As the migration finds them: open deals of a closed customer."""
    actions.edit(firm, {"team": cast.section}, by=cast.aoyama)
    close(firm, "team")
    closed = how(deal)
    values = {"keeper": None, "team": cast.other, "privacy": "", "own_privacy": "", "own_team": None}
    Deal.plain.filter(pk=deal.pk).update(**values)
    own = actions.create("deal", {"name": "関西だけの話", "account": firm}, by=cast.aoyama)
    Deal.plain.filter(pk=own.pk).update(**values | {"privacy": "team"})
    import_module("daifuku.deals.migrations.0004_close_deals").close(apps, None)
    assert (how(deal), closed) == ((cast.aoyama.pk, cast.section.pk, "team"),) * 2
    assert how(own) == (None, cast.other.pk, "private")
    close(firm, "")
    assert (how(deal), how(own)) == ((None, cast.other.pk, ""), (None, cast.other.pk, "team"))


def test_the_rule_is_one_for_every_reach(cast: Cast, firm: Any) -> None:
    role = cast.aoyama.roles.get()
    actions.create("deal", {"name": "千田の話", "account": firm}, by=cast.senda)
    for reach in ("own", "team", "all"):
        role.grants = {"*": {"view": reach, "edit": "all"}}
        role.save()
        for privacy in ("team", "private", ""):
            close(firm, privacy)
            for person in Person.objects.all():
                before = seen(person)
                if privacy == "private":
                    assert bool(before) == (person in (cast.aoyama, cast.senda)), (reach, person)
                assert bool(before) == sees(viewer_of(person), Deal.plain.get(), "view")
