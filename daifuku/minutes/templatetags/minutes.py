"""How findings of minutes are called on a page."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from daifuku.minutes.reading import Finding, Section
from daifuku.minutes.slots import Answer

register = template.Library()
KINDS = {
    "task": (_("タスク"), "blue"), "plan": (_("次の予定"), "teal"), "decision": (_("決定"), "green"),
    "question": (_("保留"), "yellow"), "voice": (_("お客様の声"), "orange"), "change": (_("項目の変更"), "purple"),
    "amount": (_("金額"), "grey"), "quantity": (_("数量"), "grey"), "product": (_("商品"), "grey"),
}  # fmt: skip


@register.simple_tag
def kind_chip(finding: Finding) -> str:
    words, colour = KINDS[finding.kind]
    return format_html('<span class="chip" data-colour="{}">{}</span>', colour, words)


@register.filter
def unfilled(sections: Iterable[Section]) -> list[str]:
    """Headings under which nothing stands yet."""
    return [section.name for section in sections if section.name and not section.text]


@register.filter
def still_open(answers: Iterable[Answer]) -> list[str]:
    return [answer.slot.name for answer in answers if answer.is_open]
