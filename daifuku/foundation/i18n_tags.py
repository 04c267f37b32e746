"""The template library `i18n`, as Django's, but a fixed text is looked up once a language: a page has seventy."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.i18n import register as django_i18n
from django.utils.translation import get_language

register = template.Library()
register.tags |= django_i18n.tags
register.filters |= django_i18n.filters


class FixedTextNode(Node):
    """`{% translate "保存" %}`, also with `as name`."""

    child_nodelists = ()

    def __init__(self, node: TranslateNode) -> None:
        self._node, self._name = node, node.asvar
        node.asvar = None
        self._words: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = _language_of(context)
        words = self._words.get(language)
        if words is None:
            words = self._words[language] = self._node.render(context)
        if self._name is None:
            return words
        context[self._name] = words
        return ""


def _language_of(context: Any) -> str | None:
    """Asked once a page: no page changes its language on the way."""
    try:
        return context.language  # type: ignore[no-any-return]
    except AttributeError:
        context.language = get_language()
        return context.language  # type: ignore[no-any-return]


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    node = do_translate(parser, token)
    text, context = node.filter_expression, node.message_context
    fixed = text.var.literal is not None and not text.filters and (context is None or not context.is_var)
    return FixedTextNode(node) if fixed else node
