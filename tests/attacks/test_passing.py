"""A lead between two departments, while both press at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.ledger.models import Event
from daifuku.passing.actions import accept, edit_setup, give_back, pass_on
from daifuku.passing.models import Handing
from daifuku.records import actions, undoing
from tests.attacks.at_once import at_once

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lead(cast: Cast) -> Any:
    edit_setup({"on": True}, by=cast.mizuno)
    values = {"family_name": "佐藤", "company": "若葉産業", "status": "qualified", "owner": cast.osaki}
    return actions.create("lead", values, by=cast.osaki)


def now(lead: Any) -> Any:
    return type(lead).plain.get(pk=lead.pk)


def test_two_who_pass_it_on_at_the_same_moment_pass_it_once(cast: Cast, lead: Any) -> None:
    outcomes = at_once(
        lambda: pass_on(now(lead), cast.aoyama, by=cast.osaki),
        lambda: pass_on(now(lead), cast.baba, by=cast.mizuno),
    )
    assert outcomes == ["done", "waiting"]
    assert Handing.objects.count() == 1


def test_of_two_who_take_it_out_of_the_queue_one_has_it(cast: Cast, lead: Any) -> None:
    handing = pass_on(lead, cast.section, by=cast.osaki)
    outcomes = at_once(lambda: accept(handing, by=cast.aoyama), lambda: accept(handing, by=cast.baba))
    assert outcomes == ["answered", "done"]
    assert now(lead).owner == Handing.objects.get().person


@pytest.mark.parametrize("time", range(5))
def test_whoever_answers_while_another_gives_it_away_waits_and_is_told(
    cast: Cast, lead: Any, time: int
) -> None:
    """Saving a lead and answering take both rows in the same order."""
    handing = pass_on(lead, cast.aoyama, by=cast.osaki)
    outcomes = at_once(
        lambda: accept(handing, by=cast.aoyama),
        lambda: actions.edit(now(lead), {"owner": cast.baba}, by=cast.mizuno),
        lambda: give_back(handing, {"reason": "early"}, by=cast.aoyama),
        lambda: undoing.undo(Event.objects.filter(kind="lead.passed_on").latest("id"), by=cast.osaki),
    )
    assert set(outcomes) <= {
        "done",
        "answered",
        "changed",
        "changed_since",
        "stale",
        "forbidden",
        "not_found",
    }
    assert "done" in outcomes


def test_what_was_passed_on_is_not_there_for_strangers(cast: Cast, lead: Any, login_as: Any) -> None:
    handing = pass_on(lead, cast.aoyama, "極秘の申し送り", by=cast.osaki)
    actions.edit(now(lead), {"privacy": "private"}, by=cast.aoyama)
    stranger = login_as(cast.senda)
    for verb in ("accept", "return"):
        assert stranger.post(f"/passing/{handing.uid}/{verb}/").status_code == 404
    assert "極秘" not in stranger.get("/passing/").content.decode()
    for answer in (accept, lambda each, by: give_back(each, {"reason": "early"}, by=by)):
        with pytest.raises((NotFound, Forbidden)):
            answer(handing, by=cast.senda)
