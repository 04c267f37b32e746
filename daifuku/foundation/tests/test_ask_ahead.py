"""What is asked ahead is answered in one journey, once, and never with what was true before a write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daifuku.foundation.sql.prepared import Prepared, ask_ahead, forget_ahead
from daifuku.staff.models import Membership, Person, Team

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db

NAMED = Prepared(lambda name: Person.objects.filter(family_name=name))
TEAMS = Prepared(lambda person: Membership.objects.filter(person_id=person).values_list("team_id", flat=True))


def ahead(cast: Cast) -> None:
    ask_ahead(lambda: [NAMED.told("青山"), None, TEAMS.told(cast.aoyama.pk)])


def asked(act: Any) -> int:
    with CaptureQueriesContext(connection) as questions:
        act()
    return len(questions)


@pytest.fixture(autouse=True)
def travelling() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite answers in this process: nothing is asked ahead")


def test_the_answer_waits_and_is_taken_once(cast: Cast) -> None:
    assert asked(lambda: ahead(cast)) == 2
    assert asked(lambda: NAMED("青山")) == 0
    assert asked(lambda: NAMED("青山")) == 1
    ahead(cast)
    assert NAMED("青山") == [cast.aoyama]
    assert TEAMS(cast.aoyama.pk) == [cast.section.pk]


def test_what_waits_already_is_not_asked_again(cast: Cast) -> None:
    ahead(cast)
    assert asked(lambda: ahead(cast)) == 0


def test_whoever_writes_such_a_row_is_told_what_is_true_now(cast: Cast) -> None:
    ahead(cast)
    Person.objects.filter(pk=cast.aoyama.pk).update(family_name="青木")
    assert NAMED("青山") == []
    assert asked(lambda: TEAMS(cast.aoyama.pk)) == 0


def test_a_table_that_the_question_reads_beside_others_counts(cast: Cast) -> None:
    joined = Prepared(lambda team: Person.objects.filter(memberships__team_id=team))
    ask_ahead(lambda: [joined.told(cast.other.pk)])
    Membership.objects.create(person=cast.aoyama, team=Team.objects.get(pk=cast.other.pk))
    assert cast.aoyama in joined(cast.other.pk)


def test_nothing_is_left_for_the_next_page(cast: Cast) -> None:
    ahead(cast)
    forget_ahead()
    assert asked(lambda: NAMED("青山")) == 1
