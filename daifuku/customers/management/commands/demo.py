"""`daifuku demo`: fills an empty database with シャチホコ商事; `daifuku up --demo` calls it at every start."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from daifuku.customers import demo
from daifuku.customers.demo import house
from daifuku.staff.models import Role


class Command(BaseCommand):
    help = "fill an empty database with an invented firm and show who can sign in"

    def handle(self, *arguments: Any, **options: Any) -> None:
        with translation.override("ja"):
            demo.load(timezone.localdate())
        if demo.is_demo():
            self.stdout.write(people_table())


def people_table() -> str:
    """Who can sign in, with the password that all of them have until they change it."""
    names = {role.key: role.name for role in Role.objects.all()}
    members = (house.FIRST, *house.MEMBERS)
    rows = [
        (m.email, f"{m.family} {m.given}", m.title or names.get(m.role, ""), names.get(m.role, ""))
        for m in members
    ]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  "
        + "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
    head = _("%(company)sの皆さん。どなたのパスワードも %(password)s です（変更していなければ）:")
    return "\n".join([head % {"company": house.COMPANY, "password": house.PASSWORD}, *lines])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
