"""The fixed cast of the tests, so that every test tells its story with the same people.

青山 is in charge, 馬場 sits in the same section, 大崎 leads their department, 千田 works in another one; 水野 runs the
program, 森 is the president, 江口 may only read.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

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
    """Saves the cast with their teams and the shipped roles: in few steps, for most tests begin with it."""
    roles, word = install_roles(), make_password(PASSWORD)
    people: list[Person] = []
    given_roles: list[str] = []

    def person(family: str, given: str, name: str, role: str) -> Person:
        made = Person(email=f"{name}@example.jp", password=word, family_name=family, given_name=given)
        given_roles.append(role)
        people.append(made)
        return made

    aoyama = person("青山", "凛", "aoyama", "rep")
    baba = person("馬場", "健", "baba", "rep")
    osaki = person("大崎", "涼", "osaki", "manager")
    senda = person("千田", "葵", "senda", "rep")
    mizuno = person("水野", "誠", "mizuno", "administrator")
    mori = person("森", "昭", "mori", "president")
    eguchi = person("江口", "望", "eguchi", "reader")
    Person.objects.bulk_create(people)
    belongs = Person.roles.through
    belongs.objects.bulk_create(
        [belongs(person=made, role=roles[role]) for made, role in zip(people, given_roles, strict=True)]
    )
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
