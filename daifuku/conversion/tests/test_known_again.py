"""A customer who is a lead again is known: nobody is asked whether the two are one, and conversion finds him."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.cards.doubles import doubles_of
from daifuku.conversion.actions import Wanted, convert, reopen
from daifuku.conversion.alike import proposed
from daifuku.conversion.mapping.drafting import draft
from daifuku.conversion.mapping.rules import current
from daifuku.conversion.tests.conftest import CARD, Make
from daifuku.customers import same
from daifuku.dedupe import found_pairs
from daifuku.dedupe.actions.scanning import begin
from daifuku.dedupe.models import Pair
from daifuku.jobs.testing import work_off
from daifuku.merging.actions import merge
from daifuku.records import actions
from daifuku.records.catalogue import registry
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TYPED = {
    key: str(value) for key, value in CARD.items() if key in {"family_name", "given_name", "company", "email", "phone"}
}  # fmt: skip


@pytest.fixture
def again(cast: Cast, lead_of: Make) -> Any:
    return reopen(convert(lead_of(), by=cast.aoyama).lead, by=cast.aoyama)


def beside(record: Any, cast: Cast) -> list[Any]:
    return [each.record for each in same.of_record(record, Viewer(cast.aoyama))]


def ends(cast: Cast) -> set[tuple[str, int, str, int]]:
    begin(by=cast.mizuno)
    work_off()
    return {
        (each.first_object, each.first_id, each.second_object, each.second_id) for each in Pair.objects.all()
    }


def test_neither_is_proposed_beside_the_other(cast: Cast, lead_of: Make) -> None:
    done = convert(lead_of(), by=cast.aoyama)
    new = reopen(done.lead, by=cast.aoyama)
    other = lead_of(company="みどり商店")
    assert beside(new, cast) == [other]
    assert beside(done.contact, cast) == [other]
    assert done.account not in beside(new, cast)
    assert new not in beside(done.account, cast)
    typed = same.of_values(registry.get("lead"), TYPED, Viewer(cast.aoyama), but=new)
    assert [each.record for each in typed] == [other]


def test_the_scan_does_not_find_them(cast: Cast, again: Any, lead_of: Make) -> None:
    other = lead_of(company="みどり商店")
    known, found = again.earlier.conversions.get(), ends(cast)
    assert ("contact", known.contact_id, "lead", again.pk) not in found
    assert ("account", known.account_id, "lead", again.pk) not in found
    third = {("lead", again.pk, "lead", other.pk), ("contact", known.contact_id, "lead", other.pk)}
    assert third <= found


def test_a_pair_that_an_older_version_has_found_is_not_shown(cast: Cast, again: Any) -> None:
    known = again.earlier.conversions.get().contact
    Pair.objects.create(
        way="person", first_object="contact", first_id=known.pk, second_object="lead", second_id=again.pk, score=20,
        verdict="sure", facts=["name:same", "mail:same"],
    )  # fmt: skip
    viewer = Viewer(cast.aoyama)
    assert found_pairs.page(found_pairs.chosen("", "", viewer), viewer, "")[0] == []


def test_the_desk_names_him_once_as_the_lead_that_he_is_now(cast: Cast, again: Any) -> None:
    found = [each.found.record for each in doubles_of(TYPED, Viewer(cast.aoyama))]
    assert again in found
    assert not any(each.object_key == "contact" for each in found)
    actions.trash(again, by=cast.aoyama)
    found = [each.found.record for each in doubles_of(TYPED, Viewer(cast.aoyama))]
    assert again.earlier.conversions.get().contact in found


def test_it_is_known_after_a_second_pause_too(cast: Cast, again: Any) -> None:
    first = again.earlier.conversions.get()
    second = convert(again, Wanted(account=first.account, deal=False), by=cast.aoyama)
    assert second.contact != first.contact
    third = reopen(second.lead, by=cast.aoyama)
    known = set(same.known_pairs())
    assert {one for one, _lead in known} == {
        ("account", first.account_id), ("contact", first.contact_id), ("contact", second.contact_id)
    }  # fmt: skip
    assert {lead for _one, lead in known} == {("lead", third.pk)}


def test_what_the_customer_was_merged_into_is_known_and_proposed(cast: Cast, again: Any) -> None:
    known = again.earlier.conversions.get()
    survivor = actions.create(
        "contact", {"family_name": "山田", "given_name": "花子", "email": CARD["email"]}, by=cast.aoyama
    )
    merge([known.contact, survivor], survivor, by=cast.aoyama)
    assert survivor not in beside(again, cast)
    found = proposed(again, draft(again, current()), Viewer(cast.aoyama))
    assert [each.record for each in found["contact"]] == [survivor]
    assert found["contact"][0].words == "前回の取引"


def test_when_the_beginning_was_taken_back_they_may_be_doubles(cast: Cast, lead_of: Make) -> None:
    account = actions.create("account", {"name": CARD["company"], "phone": CARD["phone"]}, by=cast.aoyama)
    done = convert(lead_of(), Wanted(account=account, deal=False), by=cast.aoyama)
    new = reopen(done.lead, by=cast.aoyama)
    assert account not in beside(new, cast)
    type(done).objects.filter(pk=done.pk).update(undone_at=timezone.now())
    assert account in beside(new, cast)
