"""The settings say what the firm's own decisions mean for its thresholds, and what other ones would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.dedupe.judging import model_of
from daifuku.dedupe.models import Decision, Pair, Setup, Way, setup
from daifuku.dedupe.weighing import Thresholds, propose, weigh
from daifuku.staff.models import Role
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Any], Client]

pytestmark = pytest.mark.django_db
ALIKE, UNLIKE = ["name:same", "phone:same"], ["name:same", "phone:differ"]


@pytest.fixture
def decisions() -> None:
    for number in range(30):
        Decision.objects.create(
            way="firm", facts=ALIKE if number % 3 else UNLIKE, common=2, same=bool(number % 3)
        )


def score(facts: list[str]) -> float:
    return model_of(Way.FIRM, setup()).score(tuple(facts), 2)


def pair(points: float, number: int) -> Pair:
    return Pair.objects.create(
        way="firm", first_object="account", first_id=number, second_object="account", second_id=number + 1,
        score=points, verdict="sure",
    )  # fmt: skip


def test_decisions_and_pairs_are_counted_now_and_with_other_thresholds(cast: Cast, decisions: None) -> None:
    for number, points in enumerate((20.0, 9.0, 3.0)):
        pair(points, 10 * number + 1)
    low, high = score(UNLIKE), score(ALIKE)
    assert low < high
    typed = {"firm_sure": high + 1, "firm_perhaps": low}
    firm, person = weigh(setup(), typed, Viewer(cast.mizuno))
    lines = {line.verdict: line for line in firm.lines}
    assert sum(line.same.now for line in firm.lines) == sum(line.same.then for line in firm.lines) == 20
    assert (lines["sure"].same.then, lines["perhaps"].same.then, lines["no"].same.then) == (0, 20, 0)
    assert (lines["perhaps"].apart.then, lines["no"].apart.then) == (10, 0)
    found = {verdict: line.found for verdict, line in lines.items() if line.found is not None}
    assert (found["sure"].now, found["perhaps"].now) == (2, 1)
    assert sum(each.then for each in found.values()) == 3
    assert (person.way, person.decisions, person.proposed) == (Way.PERSON, 0, None)


def test_a_proposal_parts_what_was_one_from_what_was_two(decisions: None) -> None:
    scored = [(2.0, False)] * 6 + [(3.5, False)] + [(3.2, True)] + [(float(at), True) for at in range(4, 24)]
    assert propose(scored) == Thresholds(4.0, 3.0)
    assert propose([(-2.0, False)] * 10 + [(10.0, True)] * 10) == Thresholds(4.0, 4.0)
    assert propose(scored[:10]) is None
    assert propose([(5.0, True)] * 40) is None
    assert propose([(9.0, False)] * 20 + [(1.0, True)] * 20) is None


def test_the_page_counts_while_one_types(cast: Cast, login_as: Login, decisions: None) -> None:
    client = login_as(cast.mizuno)
    page = client.get(reverse("dedupe:settings")).content.decode()
    assert "見つかっている組" in page
    assert "これまでの判断に合わせるなら" in page
    assert reverse("dedupe:weighing") in page
    part = client.get(reverse("dedupe:weighing"), {"firm_sure": f"{score(ALIKE) + 1:.1f}"}).content.decode()
    assert "→" in part
    assert "→" not in client.get(reverse("dedupe:weighing")).content.decode()
    refused = client.get(reverse("dedupe:weighing"), {"firm_sure": "1", "firm_perhaps": "5"}).content.decode()
    assert "「確実」の点数は「候補」の点数以上にしてください。" in refused
    assert "から40まで" in client.get(reverse("dedupe:weighing"), {"firm_sure": "たくさん"}).content.decode()
    assert login_as(cast.aoyama).get(reverse("dedupe:weighing")).status_code == 404


def test_whoever_sees_some_only_is_not_told_how_many_pairs_there_are(
    cast: Cast, login_as: Login, decisions: None
) -> None:
    pair(20.0, 1)
    own = Role.objects.create(key="own", name="設定だけ", grants={"*": {"view": "own"}}, powers=["settings"])
    cast.baba.roles.set([own])
    page = login_as(cast.baba).get(reverse("dedupe:settings")).content.decode()
    assert "同じではない" in page
    assert "見つかっている組" not in page


@pytest.mark.parametrize(
    ("kept", "told"), [(True, "80件で確かめ、もとの点数のまま"), (False, "80件から学習済み")]
)
def test_the_page_says_which_points_hold(kept: bool, told: str, cast: Cast, login_as: Login) -> None:
    Setup.objects.create(learnt={"firm": {"of": 80, "kept": kept}})
    assert told in login_as(cast.mizuno).get(reverse("dedupe:settings")).content.decode()
