"""What the page before a conversion asks about its choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template

from daifuku.conversion.alike import Proposed
from daifuku.conversion.views.choosing import BRANCH, Chosen

register = template.Library()


@dataclass(frozen=True)
class Candidate:
    """A proposed record with the words that its inputs send."""

    record: Any
    words: str
    subtitle: str
    uid: str
    branch: str
    sure: bool = False


@register.simple_tag
def candidates(proposed: Mapping[str, list[Proposed]], key: str) -> list[Candidate]:
    return [
        Candidate(
            each.record,
            each.words,
            each.subtitle,
            str(each.record.uid),
            f"{BRANCH}{each.record.uid}",
            each.sure,
        )
        for each in proposed[key]
    ]


@register.simple_tag
def word_of(chosen: Chosen, key: str) -> str:
    """Which choice is ticked."""
    return chosen.words.get(key, "")
