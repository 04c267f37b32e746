"""Nobody learns by what looks alike of what he may not see: no name, no number, no reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.dedupe import found_pairs
from daifuku.dedupe.actions.scanning import JOB, begin
from daifuku.dedupe.lookup import candidates
from daifuku.dedupe.models import Pair
from daifuku.foundation.errors import NotFound
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off
from daifuku.records import actions
from daifuku.records.catalogue import registry
from daifuku.staff.models import Role
from daifuku.staff.viewer import Viewer
from tests.attacks.at_once import at_once
from tests.attacks.test_hidden_things import hide

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Any], Client]

pytestmark = pytest.mark.django_db
PERSON = {"family_name": "髙橋", "given_name": "一郎"}


def scanned(cast: Cast) -> list[Pair]:
    begin(by=cast.mizuno)
    work_off()
    return list(Pair.objects.order_by("-score"))


def shown_to(person: Person, verdict: str = "") -> list[found_pairs.Shown]:
    viewer = Viewer(person)
    return found_pairs.page(found_pairs.chosen(verdict, "", viewer), viewer, "", verdict)[0]


def words(found: Any) -> str:
    return " ".join(sentence for each in found for sentence, _points in each.lines)


def test_how_many_are_called_so_does_not_count_the_private_ones(cast: Cast) -> None:
    actions.create("account", {"name": "株式会社青葉商事", "phone": "052-000-1234"}, by=cast.aoyama)
    values = {"name": "青葉商事", "phone": "052-000-1234"}
    before = candidates(registry.get("account"), values, Viewer(cast.aoyama))
    for _n in range(3):
        actions.create("account", {"name": "青葉商事", "privacy": "private"}, by=cast.senda)
    after = candidates(registry.get("account"), values, Viewer(cast.aoyama))
    assert (len(after), after[0].score, words(after)) == (1, before[0].score, words(before))


def test_a_pair_says_nothing_of_a_third_that_is_private(cast: Cast, login_as: Login) -> None:
    for _n in range(2):
        actions.create("account", {"name": "青葉商事", "phone": "052-000-1234"}, by=cast.aoyama)
    actions.create(
        "account", {"name": "青葉商事", "privacy": "private", "phone": "052-000-1234"}, by=cast.senda
    )
    assert len(scanned(cast)) == 3
    (one,) = shown_to(cast.aoyama)
    assert "3件" not in " ".join(line.sentence for line in one.rest)
    page = login_as(cast.aoyama).get(reverse("dedupe:pairs")).content.decode()
    assert "3件" not in page


def test_whoever_sees_some_only_is_not_told_how_many_pairs_there_are(cast: Cast, login_as: Login) -> None:
    for _n in range(2):
        actions.create("account", {"name": "極秘重工", "phone": "052-000-1234"}, by=cast.senda)
    scanned(cast)
    own = Role.objects.create(key="own", name="自分だけ", grants={"*": {"view": "own", "edit": "own"}})
    cast.baba.roles.set([own])
    page = login_as(cast.baba).get(reverse("dedupe:pairs"))
    assert [number for _key, _label, number in page.context["verdicts"]] == [None, None]
    assert "極秘" not in page.content.decode()
    all_of_them = login_as(cast.mizuno).get(reverse("dedupe:pairs")).context["verdicts"]
    assert sum(number for _key, _label, number in all_of_them) == 1


def test_a_hidden_number_neither_agrees_nor_differs_nor_counts(cast: Cast) -> None:
    for mobile in ("090-1111-2222", "090-1111-2222"):
        actions.create("contact", {**PERSON, "mobile": mobile}, by=cast.aoyama)
    for mobile in ("090-3333-4444", "090-5555-6666"):
        actions.create("contact", {**PERSON, "given_name": "二郎", "mobile": mobile}, by=cast.aoyama)
    scanned(cast)
    assert any("携帯" in line.sentence for each in shown_to(cast.aoyama) for line in each.facts)
    hide("rep", "contact", "mobile", "phone")
    seen = {str(each.first): each for each in shown_to(cast.aoyama)}
    assert len({(each.verdict, each.score, each.percent) for each in seen.values()}) <= 1
    told = [line.sentence for each in seen.values() for line in (*each.facts, *each.rest)]
    assert not any("電話" in sentence or "表示できない" in sentence for sentence in told)


def test_what_only_hidden_things_speak_for_is_no_pair_to_him(cast: Cast) -> None:
    for family in ("髙橋", "田中"):
        values = {
            "family_name": family,
            "given_name": "一郎",
            "mobile": "090-1111-2222",
            "email": "a@aoba.example.jp",
        }
        actions.create("contact", values, by=cast.aoyama)
    scanned(cast)
    hide("rep", "contact", "mobile", "phone", "email", "other_email")
    assert shown_to(cast.aoyama) == []


def test_the_way_to_the_next_page_tells_no_score_and_cannot_be_made_up(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(found_pairs, "SHOWN", 1)
    for _n in range(3):
        actions.create("account", {"name": "青葉商事", "phone": "052-000-1234"}, by=cast.aoyama)
    scanned(cast)
    viewer, met, after = Viewer(cast.aoyama), [], ""
    for _page in range(3):
        (one,), after = found_pairs.page(found_pairs.chosen("", "", viewer), viewer, after)
        assert str(one.pair.pk) not in after.split(",")
        assert f"{one.pair.score}" not in after
        met.append(one.pair.pk)
    assert (len(set(met)), after) == (3, "")
    for odd in ("1.0,5", "nan,1", "!!", "AAAA", "あ", "A" * 5000, "\x00"):
        with pytest.raises(NotFound):
            found_pairs.page(found_pairs.chosen("", "", viewer), viewer, odd)


@pytest.mark.parametrize("field", ["name", "phone", "email", "street", "corporate_number"])
def test_a_megabyte_that_is_typed_is_answered_at_once(cast: Cast, login_as: Login, field: str) -> None:
    actions.create("account", {"name": "青葉商事", "phone": "052-000-1234"}, by=cast.aoyama)
    for text in ("あ" * 1_000_000, "(((" * 300_000, "1-" * 500_000, "ー" * 1_000_000, "a@" * 500_000):
        assert candidates(registry.get("account"), {field: text}, Viewer(cast.aoyama)) == []


@pytest.mark.django_db(transaction=True)
def test_two_scans_at_the_same_moment_are_one(cast: Cast) -> None:
    assert at_once(*[lambda: begin(by=cast.mizuno)] * 2) == ["done", "done"]
    assert Job.objects.filter(kind=JOB).count() == 1
    work_off()
    begin(by=cast.mizuno)
    assert Job.objects.filter(kind=JOB).count() == 2
