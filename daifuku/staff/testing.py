"""The fixed cast of the tests, so that every test tells its story with the same people.

青山 is in charge, 馬場 sits in the same section, 大崎 leads their department, 千田 works in another one; 水野 runs the
program, 森 is the president, 江口 may only read.
"""

from __future__ import annotations

from dataclasses import dataclass

from daifuku.staff.models import Membership, Person, Team
from daifuku.staff.shipped import install_roles

PASSWORD = "hiyoko-to-aoi-sora"  # noqa: S105 - of invented people


@dataclass(frozen=True)
class Cast:
    aoyama: Person
    baba: Person
    osaki: Person
    senda: Person
    mizuno: Person
    mori: Person
    eguchi: Person
    sales: Team
    section: Team
    other: Team


def invent_cast() -> Cast:
    """Saves the cast with their teams and the shipped roles."""
    roles = install_roles()

    def person(family: str, given: str, word: str, role: str) -> Person:
        made: Person = Person.objects.create_user(
            f"{word}@example.jp", PASSWORD, family_name=family, given_name=given
        )
        made.roles.add(roles[role])
        return made

    aoyama = person("青山", "凛", "aoyama", "rep")
    baba = person("馬場", "健", "baba", "rep")
    osaki = person("大崎", "涼", "osaki", "manager")
    senda = person("千田", "葵", "senda", "rep")
    mizuno = person("水野", "誠", "mizuno", "administrator")
    mori = person("森", "昭", "mori", "president")
    eguchi = person("江口", "望", "eguchi", "reader")
    sales = Team.objects.create(name="営業部")
    section = Team.objects.create(name="営業一課", parent=sales)
    other = Team.objects.create(name="関西支店")
    Membership.objects.bulk_create(
        [
            Membership(person=aoyama, team=section),
            Membership(person=baba, team=section),
            Membership(person=osaki, team=sales, leads=True),
            Membership(person=senda, team=other),
        ]
    )
    return Cast(aoyama, baba, osaki, senda, mizuno, mori, eguchi, sales, section, other)
