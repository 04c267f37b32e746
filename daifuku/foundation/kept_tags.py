"""Pieces of templates that are drawn once and kept in the memory of the process, for each language.

`{% kept rights place %}…{% endkept %}` is the same for all who see the same: it may show nothing but fixed texts and
what follows from the values that it names.

`{% printed record.uid slug=object_type.slug %}…{% endprinted %}` is like a printed form, in which a key and the page's
token are filled in by hand. Inside there is nothing but `key`, the token and the values that it names. Where no key
is needed, none is named.
"""

from __future__ import annotations

from collections.abc import Hashable
from secrets import token_hex
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.translation import get_language

from daifuku.foundation.reversing import MARKS

register = template.Library()
MOST = 500
# What stands for the token while a form is printed; nobody can write it into a text to see his token there.
TOKEN = token_hex(24)


class KeptNode(Node):
    def __init__(self, nodelist: NodeList, names: list[FilterExpression]) -> None:
        self.nodelist, self._names = nodelist, names
        self._drawn: dict[Hashable, str] = {}

    def render(self, context: Context) -> str:
        key = (get_language(), *[name.resolve(context) for name in self._names])
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) >= MOST:
                self._drawn.clear()
            drawn = self._drawn[key] = self.nodelist.render(context)
        return drawn


@register.tag
def kept(parser: Parser, token: Token) -> Node:
    names = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, names)


class PrintedNode(Node):
    def __init__(
        self, nodelist: NodeList, key: FilterExpression | None, values: dict[str, FilterExpression]
    ) -> None:
        self.nodelist, self._key, self._values = nodelist, key, values
        self._printed: dict[Hashable, str] = {}

    def render(self, context: Context) -> str:
        key = self._key.resolve(context) if self._key else None
        mark = MARKS[type(key)](0) if self._key else ""
        values = {name: value.resolve(context) for name, value in self._values.items()}
        known = (get_language(), type(key), *values.values())
        printed = self._printed.get(known)
        if printed is None:
            if len(self._printed) >= MOST:
                self._printed.clear()
            alone: Any = context.new({**values, "key": mark, "csrf_token": TOKEN})
            printed = self._printed[known] = str(self.nodelist.render(alone))
        filled = printed.replace(str(mark), str(key)) if self._key else printed
        return filled.replace(TOKEN, str(context.get("csrf_token", ""))) if TOKEN in filled else filled


@register.tag("printed")
def printed_tag(parser: Parser, token: Token) -> Node:
    _tag, *words = token.split_contents()
    key = words.pop(0) if words and "=" not in words[0] else ""
    values = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError(f"printed takes a key and name=value, not {words}")
    nodelist = parser.parse(("endprinted",))
    parser.delete_first_token()
    return PrintedNode(nodelist, parser.compile_filter(key) if key else None, values)
