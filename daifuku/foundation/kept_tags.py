"""A piece of a template that is drawn once for all who see the same: `{% kept rights place %}…{% endkept %}`.

The piece may show nothing but fixed texts and what follows from the values that it names. It is kept for each language
in the memory of the process, and drawn anew for values that have not been seen yet.
"""

from __future__ import annotations

from collections.abc import Hashable

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.translation import get_language

register = template.Library()
MOST = 500


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
