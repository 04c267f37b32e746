"""What the commands import and export have in common: who acts, on what, and how far it is."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from daifuku.records.catalogue import registry
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.transfers.models import SavedMapping


def acting_person(email: str, power: str = "") -> Person:
    """The named person, else the first who may edit the settings: whoever reaches the terminal owns the data."""
    people = Person.objects.working().order_by("pk")
    if email:
        person: Person | None = people.filter(email=email.strip().lower()).first()
        if person is None:
            raise CommandError(f"{email}: no such person")
    else:
        needed = {"settings"} | ({power} if power else set())
        person = next((p for p in people if all(map(viewer_of(p).has_power, needed))), None)
        if person is None:
            raise CommandError("nobody may do this; name a person with --as E-MAIL")
    return person


def object_of(name: str) -> str:
    known = {each.key: each.key for each in registry.every()} | {e.slug: e.key for e in registry.every()}
    if name not in known:
        raise CommandError(f"{name}: choose one of {', '.join(each.key for each in registry.every())}")
    return known[name]


def named_mapping(object_key: str, name: str) -> SavedMapping:
    saved: SavedMapping | None = SavedMapping.objects.filter(object=object_key, name=name).first()
    if saved is None:
        names = SavedMapping.objects.filter(object=object_key).values_list("name", flat=True)
        raise CommandError(f"{name}: no such mapping. There are: {', '.join(names) or 'none'}")
    return saved


class Meter:
    """A line on the terminal that counts; nothing where the output is not a terminal."""

    cancelled = False

    def __init__(self, out: Any, start: int = 0) -> None:
        self.out, self.done, self.total = out, start, 0
        self.shown = sys.stderr.isatty()

    def expect(self, total: int) -> None:
        self.total = total

    def advance(self, count: int = 1) -> None:
        self.done += count
        if self.shown:
            counts = {"done": f"{self.done:,}", "total": f"{self.total:,}"}
            end = "\n" if self.done >= self.total > 0 else ""
            self.out.write("\r" + _("%(done)s / %(total)s行") % counts, ending=end)
            self.out.flush()
