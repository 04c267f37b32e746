"""How the numbers of a tree and the level of a branch are shown."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from daifuku.customers.models import Account
from daifuku.customers.tree import COUNTERS, Sums
from daifuku.records.catalogue import vocabulary
from daifuku.staff.viewer import Viewer

register = template.Library()


@register.filter
def told(sums: Sums) -> list[tuple[str, str]]:
    """(label, number) of every amount that is known and every count, written as people read them."""
    fields = vocabulary.fields_of("account")
    amounts = [
        (fields[name].name, fields[name].type.display(value)) for name, value in sums.amounts.items() if value
    ]
    counts = [(str(each.label), f"{sums.counts[each.key]:,}") for each in COUNTERS if each.key in sums.counts]
    return amounts + counts


@register.simple_tag
def level_chip(account: Account, viewer: Viewer) -> SafeString | str:
    """本社, 支店 ... in its colour; nothing where it is not said or hidden from this person."""
    field = vocabulary.fields_for(viewer, "account").get("level")
    if field is None or not account.level:
        return ""
    option = field.type.option(account.level)  # type: ignore[attr-defined]
    return format_html('<span class="chip" data-colour="{}">{}</span>', option.colour, option.name)
