"""The pages: sent twice it is done once, a target that went leaves what was typed, banners both ways, many at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.conversion.actions import Wanted, convert
from daifuku.conversion.actions.many import begin
from daifuku.conversion.actions.settling import edit_setup
from daifuku.conversion.models import Conversion, Result
from daifuku.customers.models import Account, Lead
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off
from daifuku.records import actions, undoing
from daifuku.records.bulk import Selection

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


@pytest.fixture
def browser(client: Client, cast: Cast) -> Client:
    client.force_login(cast.aoyama)
    return client


def sent(**more: Any) -> dict[str, Any]:
    return {"do": "convert", "once": uuid.uuid4().hex, "account": "new", "contact": "new", **more}


# What would make everybody the same person.
OF_ONE_PERSON = dict.fromkeys(
    ("family_kana", "given_kana", "department", "title", "phone", "direct_phone", "email"), ""
)


def test_a_double_click_makes_one(browser: Client, lead_of: Make) -> None:
    lead, form = lead_of(), sent(deal="1", **{"deal-name": "ヨーグルト"})
    first = browser.post(f"/leads/{lead.uid}/convert/", form)
    again = browser.post(f"/leads/{lead.uid}/convert/", form)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"] == Conversion.objects.get().deal.get_absolute_url()
    assert Account.plain.count() == 1


def test_a_form_opened_before_somebody_else_did_it_says_who(
    browser: Client, cast: Cast, lead_of: Make
) -> None:
    lead = lead_of()
    convert(lead, by=cast.osaki)
    answer = browser.post(f"/leads/{lead.uid}/convert/", sent(), follow=True)
    assert "大崎 涼さんが" in answer.content.decode()
    assert Conversion.objects.count() == 1


def test_a_target_thrown_away_meanwhile_is_said_and_nothing_typed_is_lost(
    browser: Client, cast: Cast, lead_of: Make
) -> None:
    account = actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
    lead = lead_of()
    actions.trash(account, by=cast.aoyama)
    form = sent(account=str(account.uid), deal="1", **{"deal-name": "ヨーグルトの話"})
    answer = browser.post(f"/leads/{lead.uid}/convert/", form)
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "選んだ取引先「みどり商店」は、その後に削除されました" in words
    assert "ヨーグルトの話" in words
    assert not Conversion.objects.exists()


def test_what_one_may_not_see_is_as_good_as_gone(browser: Client, cast: Cast, lead_of: Make) -> None:
    hidden = actions.create("account", {"name": "秘密商事", "privacy": "private"}, by=cast.senda)
    answer = browser.post(f"/leads/{lead_of().uid}/convert/", sent(account=str(hidden.uid)))
    assert "秘密商事" not in answer.content.decode()
    assert answer.status_code == 409


def test_looking_again_writes_nothing(browser: Client, cast: Cast, lead_of: Make) -> None:
    account = actions.create("account", {"name": "みどり商店", "phone": "03-0000-1111"}, by=cast.aoyama)
    answer = browser.post(f"/leads/{lead_of().uid}/convert/", {"account": str(account.uid), "contact": "new"})
    words = answer.content.decode()
    assert "既存の値を残します" in words
    assert "「03-1234-5678」で上書きする" in words
    assert not Conversion.objects.exists()


@pytest.mark.parametrize("junk", ["", "x", "branch:", "branch:x", "other", "\0", "9" * 400])
def test_odd_values_are_refused_with_a_sentence(browser: Client, lead_of: Make, junk: str) -> None:
    answer = browser.post(f"/leads/{lead_of().uid}/convert/", sent(account=junk, contact=junk, owner=junk))
    assert answer.status_code == 409
    assert not Conversion.objects.exists()


def test_the_pages_lead_both_ways(browser: Client, cast: Cast, lead_of: Make) -> None:
    lead = lead_of()
    assert "取引を開始する" in browser.get(lead.get_absolute_url()).content.decode()
    done = convert(lead, Wanted(deal=True), by=cast.aoyama)
    words = browser.get(lead.get_absolute_url()).content.decode()
    assert "青山 凛さんが取引を開始しました" in words
    for record in (done.account, done.contact, done.deal):
        assert record.get_absolute_url() in words
        assert lead.get_absolute_url() in browser.get(record.get_absolute_url()).content.decode()
    assert "のほかは変更できません" in browser.get(f"/leads/{lead.uid}/edit/").content.decode()
    begun = browser.get(f"/leads/{lead.uid}/convert/", follow=True)
    assert begun.redirect_chain[-1][0] == lead.get_absolute_url()
    assert "取引を開始しています" in begun.content.decode()
    new = browser.post(f"/leads/{lead.uid}/reopen/")
    assert Lead.plain.get(earlier=lead).get_absolute_url() == new["Location"]


def test_a_firm_without_leads_has_none_in_the_menu(browser: Client, cast: Cast) -> None:
    assert 'href="/leads/"' in browser.get("/accounts/").content.decode()
    edit_setup({"leads": False}, by=cast.mizuno)
    assert 'href="/leads/"' not in browser.get("/accounts/").content.decode()
    edit_setup({"leads": True}, by=cast.mizuno)
    assert 'href="/leads/"' in browser.get("/accounts/").content.decode()


def test_many_begin_in_a_job_and_all_are_taken_back(cast: Cast, lead_of: Make) -> None:
    known = actions.create("contact", {"family_name": "川口", "email": "k@ao.example.jp"}, by=cast.aoyama)
    bare = {**OF_ONE_PERSON, "given_name": ""}
    leads = [lead_of(**{**bare, "family_name": f"客{n}", "company": f"架空{n}産業"}) for n in range(24)]
    leads.append(
        lead_of(**{**bare, "family_name": "川口", "email": "k@ao.example.jp", "company": "あお物産"})
    )
    actions.create("account", {"name": "架空3産業"}, by=cast.aoyama)
    event, job = begin(Selection("lead", tuple(lead.pk for lead in leads)), by=cast.aoyama, deal=True)
    assert isinstance(job, Job)
    work_off()
    states = dict.fromkeys(Result.State.values, 0)
    for state in Result.objects.filter(event=event).values_list("state", flat=True):
        states[state] += 1
    assert states == {"new": 23, "merged": 1, "blocked": 1}
    assert Conversion.objects.get(lead=leads[-1]).contact == known
    assert "架空3産業" in Result.objects.get(state="blocked").sentence
    undoing.undo(event, by=cast.aoyama)
    assert not Lead.plain.filter(converted_at__isnull=False).exists()
    assert Conversion.objects.filter(undone_at__isnull=True).count() == 0


def test_a_lead_of_many_that_is_refused_leaves_nothing_behind(cast: Cast, lead_of: Make) -> None:
    done, fresh = lead_of(), lead_of(**OF_ONE_PERSON, company="あお物産", family_name="川口")
    convert(done, by=cast.aoyama)
    event, _job = begin(Selection("lead", (done.pk, fresh.pk)), by=cast.aoyama, deal=False)
    results = {row.lead_id: row for row in Result.objects.filter(event=event)}
    assert results[done.pk].state == "blocked"
    assert "青山 凛さん" in results[done.pk].sentence
    assert results[fresh.pk].state == "new"
