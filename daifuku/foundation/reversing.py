"""Addresses of pages, quickly: Django's `reverse` takes 60 to 120 µs, and a page names forty.

An address is made of words (which are few) and of keys (which are many): Django is asked once for each combination of
words, and keys are put into what it answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.html import conditional_escape

register = template.Library()
# What stands for a key while Django is asked: no address has it by itself.
MARKS: dict[type, Callable[[int], Any]] = {
    UUID: lambda number: UUID(int=0xDAF0DAF0 << 96 | number),
    int: lambda number: 91_730_000_000 + number,
}


def url_of(name: str, *arguments: Any) -> str:
    """As Django's `reverse`. Raises NoReverseMatch."""
    shape = tuple([type(each) if type(each) in MARKS else each for each in arguments])
    if not all(type(each) is str or each in MARKS for each in shape):
        return reverse(name, args=arguments)
    pieces = _pieces(get_script_prefix(), name, shape)
    keys = [str(each) for each in arguments if type(each) in MARKS]
    return "".join([text for pair in zip(pieces, [*keys, ""], strict=True) for text in pair])


@lru_cache(4000)
def _pieces(prefix: str, name: str, shape: Sequence[Any]) -> list[str]:
    marks = [MARKS[each](number) if each in MARKS else each for number, each in enumerate(shape)]
    rest, pieces = str(reverse(name, args=marks)), list[str]()
    for mark, each in zip(marks, shape, strict=True):
        if each in MARKS:
            piece, _mark, rest = rest.partition(str(mark))
            pieces.append(piece)
    return [*pieces, rest]


class QuickNode(URLNode):
    """The template tag `url`, which all templates have instead of Django's."""

    def render(self, context: Context) -> str:
        if self.kwargs:
            return str(super().render(context))
        try:
            found = url_of(self.view_name.resolve(context), *[each.resolve(context) for each in self.args])
        except NoReverseMatch:
            if self.asvar is None:
                raise
            found = ""
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> Node:
    node = django_url(parser, token)
    return QuickNode(node.view_name, node.args, node.kwargs, node.asvar)
