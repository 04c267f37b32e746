"""Somebody is away, and the work goes to whoever stands in."""

from __future__ import annotations

from datetime import date

import pytest

from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.records.undoing import undo
from daifuku.staff.absence import is_absent, standing_in_for
from daifuku.staff.actions import set_absence
from daifuku.staff.models import Person
from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 4)


def away(
    person: Person, substitute: Person | None, start: date | None = FIRST, end: date | None = LAST
) -> None:
    set_absence(person, absent_from=start, absent_until=end, substitute=substitute, by=person)


@pytest.mark.parametrize(
    ("start", "end", "day", "expected"),
    [
        (FIRST, LAST, date(2026, 11, 30), False),
        (FIRST, LAST, FIRST, True),
        (FIRST, LAST, LAST, True),
        (FIRST, LAST, date(2026, 12, 5), False),
        (FIRST, None, date(2030, 1, 1), True),
        (FIRST, None, date(2026, 11, 30), False),
        (None, None, FIRST, False),
    ],
)
def test_days_of_absence(cast: Cast, start: date | None, end: date | None, day: date, expected: bool) -> None:
    away(cast.aoyama, cast.baba, start, end)
    assert is_absent(cast.aoyama, day) is expected
    assert standing_in_for(cast.aoyama, day) == (cast.baba if expected else cast.aoyama)


def test_the_substitutes_substitute_steps_in(cast: Cast) -> None:
    away(cast.aoyama, cast.baba)
    away(cast.baba, cast.osaki)
    assert standing_in_for(cast.aoyama, FIRST) == cast.osaki


def test_a_circle_of_absent_people_ends_at_the_one_who_was_asked_for(cast: Cast) -> None:
    away(cast.aoyama, cast.baba)
    away(cast.baba, cast.aoyama)
    assert standing_in_for(cast.aoyama, FIRST) == cast.aoyama
    assert standing_in_for(cast.baba, FIRST) == cast.baba


def test_who_left_is_stood_in_for_as_well_and_never_stands_in(cast: Cast) -> None:
    away(cast.aoyama, cast.baba)
    Person.objects.filter(pk=cast.baba.pk).update(is_active=False, substitute=cast.osaki)
    assert standing_in_for(Person.objects.get(pk=cast.aoyama.pk), FIRST) == cast.osaki


def test_the_line_names_both_and_is_undone(cast: Cast) -> None:
    line = set_absence(
        cast.aoyama, absent_from=FIRST, absent_until=LAST, substitute=cast.baba, by=cast.mizuno
    )
    assert line
    assert line.changes["substitute"] == [None, cast.baba.pk]
    assert set(line.subjects.values_list("object", "record_id", "role")) == {
        ("person", cast.aoyama.pk, "main"),
        ("person", cast.baba.pk, "related"),
    }
    undo(line, by=cast.mizuno)
    stored = Person.objects.get(pk=cast.aoyama.pk)
    assert (stored.absent_from, stored.absent_until, stored.substitute) == (None, None, None)


def test_wrong_days_and_wrong_substitutes_are_told(cast: Cast) -> None:
    for start, end, substitute, field in [
        (LAST, FIRST, cast.baba, "absent_until"),
        (None, LAST, cast.baba, "absent_from"),
        (FIRST, LAST, cast.aoyama, "substitute"),
    ]:
        with pytest.raises(Invalid) as refusal:
            away(cast.aoyama, substitute, start, end)
        assert refusal.value.field == field


def test_only_oneself_and_the_administrator(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        set_absence(cast.aoyama, absent_from=FIRST, absent_until=LAST, substitute=None, by=cast.baba)
