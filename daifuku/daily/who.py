"""Who writes reports, whose somebody reads, and who gets the morning page."""

from __future__ import annotations

from typing import Any

from daifuku.daily.models.habit import Habits
from daifuku.duties.whose import POWER, people_led
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

OBJECT = "daily_report"


def writers(rules: Habits) -> list[Person]:
    """Those who hand in a report, by their reading."""
    rows = Person.objects.working().filter(roles__key__in=rules.writers).distinct()
    return list(rows)


def seen_by(viewer: Viewer, people: list[Person]) -> list[Person]:
    """Those of them whose days this person may read."""
    return [person for person in people if may_read(viewer, person.pk)]


def may_read(viewer: Viewer, person: int) -> bool:
    """One's own; those of one's teams; those that the role gives."""
    if person == viewer.pk:
        return True
    reach = viewer.reach(OBJECT, "view")
    return reach.everyone or person in reach.people or person in people_led(viewer)


def led_by(viewer: Viewer, people: list[Person]) -> list[Person]:
    """Whose reports wait for this person to read them: the president's are everybody's."""
    if viewer.has_power(POWER):
        return [person for person in people if person.pk != viewer.pk]
    led = people_led(viewer)
    return [person for person in people if person.pk in led]


def reads_mornings(viewer: Viewer, rules: Habits) -> bool:
    """The president, whoever leads a team, and whom the settings name by his role."""
    if viewer.has_power(POWER) or people_led(viewer):
        return True
    return any(role.key in rules.readers for role in viewer.roles)


def morning_readers(rules: Habits) -> list[Any]:
    """Who gets it by mail."""
    rows = Person.objects.working().filter(roles__key__in=rules.readers).distinct()
    return list(rows.prefetch_related("roles"))
