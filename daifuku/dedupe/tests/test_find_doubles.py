"""Doubles are found while one types, on import and by the scan; what stays two is not proposed again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.conversion.models import Setup as ConversionSetup
from daifuku.customers.models import Separation
from daifuku.dedupe.actions import edit_setup, keep_apart, note_merged, rejoin, scanning
from daifuku.dedupe.actions.learning import learn_all
from daifuku.dedupe.actions.scanning import begin
from daifuku.dedupe.lookup import candidates
from daifuku.dedupe.models import Apart, Decision, Pair, setup
from daifuku.foundation.errors import Invalid
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions import erasing
from daifuku.records.actions.rows import create_many
from daifuku.records.catalogue import registry
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Any], Client]

pytestmark = pytest.mark.django_db
FIRM = {
    "name": "株式会社青葉商事",
    "phone": "052-000-1234",
    "prefecture": "愛知県",
    "city": "名古屋市中区",
    "street": "栄1-2-3",
}
PERSON = {"family_name": "髙橋", "given_name": "一郎", "email": "i.takahashi@aoba.example.org"}


@pytest.fixture
def firm(cast: Cast) -> Any:
    return actions.create("account", FIRM, by=cast.aoyama)


@pytest.fixture
def twin(cast: Cast, firm: Any) -> Any:
    values = {
        "name": "アオバ商事㈱",
        "phone": "(052)000-1234",
        "city": "名古屋市中区",
        "street": "栄一丁目2番3号",
    }
    return actions.create("account", values, by=cast.aoyama)


def scanned(cast: Cast) -> list[Pair]:
    begin(by=cast.mizuno)
    work_off()
    return list(Pair.objects.order_by("-score"))


def test_what_is_typed_is_compared_and_explains_itself(cast: Cast, firm: Any) -> None:
    viewer = viewer_of(cast.aoyama)
    values = {"name": "青葉商事（株）", "phone": "0520001234"}
    (found,) = candidates(registry.get("account"), values, viewer)
    assert found.record == firm
    assert found.verdict == "sure"
    assert sum(points for _sentence, points in found.lines) == pytest.approx(found.score)
    assert "電話番号" in found.words
    assert candidates(registry.get("account"), {"name": "別会社"}, viewer) == []
    assert candidates(registry.get("account"), values, viewer, but=firm) == []


def test_where_nobody_asked_for_a_week_the_scan_begins_by_itself(cast: Cast, firm: Any, twin: Any) -> None:
    assert scanning.is_due()
    scanning.begin_by_itself()
    assert not scanning.is_due()
    work_off()
    assert Pair.objects.filter(verdict="sure").exists()
    Job.objects.update(created_at=timezone.now() - timedelta(days=7))
    assert scanning.is_due()


def test_the_scan_finds_pairs_within_and_across_kinds(cast: Cast, firm: Any, twin: Any) -> None:
    contact = actions.create("contact", PERSON, by=cast.aoyama)
    lead = {**PERSON, "family_name": "高橋", "company": "青葉商事", "phone": "052-000-1234"}
    made = actions.create("lead", lead, by=cast.aoyama)
    ends = {(each.first_object, each.first_id, each.second_object, each.second_id) for each in scanned(cast)}
    assert ("account", firm.pk, "account", twin.pk) in ends
    assert ("contact", contact.pk, "lead", made.pk) in ends
    assert ("account", firm.pk, "lead", made.pk) in ends
    again = len(ends)
    assert len(scanned(cast)) == again


def test_an_office_under_its_firm_is_no_double(cast: Cast, firm: Any) -> None:
    actions.create(
        "account", {"name": "青葉商事 岐阜支店", "phone": "052-000-1234", "parent": firm}, by=cast.aoyama
    )
    assert scanned(cast) == []


def test_two_that_stay_two_are_not_proposed_again(cast: Cast, firm: Any, twin: Any) -> None:
    assert len(scanned(cast)) == 1
    keep_apart(twin, firm, "branch", "栄の倉庫", by=cast.aoyama)
    assert Separation.objects.get().reason == "支店・部署が違う: 栄の倉庫"
    assert scanned(cast) == []
    rejoin(firm, twin, by=cast.aoyama)
    assert len(scanned(cast)) == 1


def test_a_lead_and_a_contact_can_stay_two_and_it_is_undone(cast: Cast) -> None:
    contact = actions.create("contact", PERSON, by=cast.aoyama)
    lead = actions.create("lead", {**PERSON, "company": "青葉商事"}, by=cast.aoyama)
    keep_apart(lead, contact, "not_same", by=cast.aoyama)
    assert Apart.objects.get().reason == "同じではない"
    assert not Decision.objects.get().same
    viewer = viewer_of(cast.aoyama)
    assert [each.record for each in candidates(registry.get("lead"), PERSON, viewer, but=lead)] == []
    undoing.undo(Event.objects.get(kind="lead.kept_apart"), by=cast.aoyama)
    assert not Apart.objects.exists()


def test_a_reason_is_needed(cast: Cast, firm: Any, twin: Any) -> None:
    with pytest.raises(Invalid):
        keep_apart(firm, twin, "other", by=cast.aoyama)
    with pytest.raises(Invalid):
        keep_apart(firm, firm, "not_same", by=cast.aoyama)


def test_what_is_merged_is_an_example_to_learn_from(cast: Cast, firm: Any, twin: Any) -> None:
    scanned(cast)
    note_merged(firm, [twin])
    assert Decision.objects.get().same
    assert not Pair.objects.exists()


def test_enough_decisions_change_the_weights(cast: Cast) -> None:
    for number in range(40):
        facts = ["name:same", "phone:same"] if number % 2 else ["name:same", "phone:differ"]
        for _twice in range(2):
            Decision.objects.create(way="firm", facts=facts, common=2, same=bool(number % 2))
    learn_all()
    assert setup().learnt["firm"]["of"] == 80
    assert "person" not in setup().learnt


def test_what_is_left_out_counts_for_nothing(cast: Cast, firm: Any) -> None:
    values, viewer = {"name": "青葉商事", "phone": "0520001234"}, viewer_of(cast.aoyama)
    before = candidates(registry.get("account"), values, viewer)[0].score
    edit_setup({"left_out": ["firm.phone"]}, by=cast.mizuno)
    assert candidates(registry.get("account"), values, viewer)[0].score < before


def test_the_erased_are_forgotten(cast: Cast) -> None:
    one, _other = (actions.create("contact", PERSON, by=cast.aoyama) for _n in range(2))
    assert len(scanned(cast)) == 1
    erasing.erase(one, by=cast.mizuno)
    assert not Pair.objects.exists()


def test_the_page_shows_pairs_with_their_reasons(cast: Cast, login_as: Login, firm: Any, twin: Any) -> None:
    scanned(cast)
    page = login_as(cast.aoyama).get(reverse("dedupe:pairs")).content.decode()
    assert twin.get_absolute_url() in page
    assert "電話番号: 同じ" in page
    assert reverse("dedupe:apart", args=["accounts", firm.uid, "accounts", twin.uid]) in page
    hidden = login_as(cast.senda).get(reverse("dedupe:pairs")).content.decode()
    assert (twin.get_absolute_url() in hidden) == bool(
        registry.get("account").model.objects.visible_to(cast.senda).filter(pk=twin.pk)
    )


def test_of_a_contact_and_a_lead_the_lead_begins_as_that_contact(
    cast: Cast, login_as: Login, firm: Any
) -> None:
    actions.create("contact", {**PERSON, "account": firm}, by=cast.aoyama)
    lead = actions.create("lead", {**PERSON, "company": FIRM["name"]}, by=cast.aoyama)
    scanned(cast)
    client = login_as(cast.aoyama)
    assert f"/leads/{lead.uid}/convert/" in client.get("/duplicates/").content.decode()
    ConversionSetup.objects.update_or_create(pk=1, defaults={"on": False})
    assert "/convert/" not in client.get("/duplicates/").content.decode()


def test_a_refused_threshold_loses_nothing_typed(cast: Cast, login_as: Login) -> None:
    data = {
        "version": "1",
        "firm_sure": "abc",
        "firm_perhaps": "2",
        "person_sure": "9",
        "person_perhaps": "1",
    }
    answer = login_as(cast.mizuno).post(reverse("dedupe:settings"), data)
    assert answer.status_code == 422
    assert "abc" in answer.content.decode()
    data["firm_sure"] = "11"
    assert login_as(cast.mizuno).post(reverse("dedupe:settings"), data).status_code == 302
    assert setup().firm_sure == 11


def test_a_site_that_hundreds_share_does_not_crowd_out_a_phone_number(cast: Cast) -> None:
    """Shops name the address of their page in a network as their site: all of them have one domain."""
    shops = [
        {"name": f"喫茶{number}番", "website": f"https://www.facebook.com/kissa{number}"}
        for number in range(210)
    ]
    create_many("account", shops, by=cast.aoyama)
    place = {"prefecture": "愛知県", "city": "名古屋市中区", "street": "栄1-2-3"}
    there = actions.create("account", {"name": "山田珈琲", "phone": "052-123-4567", **place}, by=cast.aoyama)
    values = {"phone": "052-123-4567", "website": "https://www.facebook.com/yama"}
    found = candidates(registry.get("account"), values, viewer_of(cast.aoyama))
    assert found[0].record == there
