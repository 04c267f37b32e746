"""Every address of the program as the URL resolver knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")
NAMED = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    callback: Any

    @property
    def words(self) -> list[str]:
        return [*CONVERTED.findall(self.pattern), *NAMED.findall(self.pattern)]

    def address(self, words: dict[str, Any]) -> str:
        filled = NAMED.sub(lambda found: str(words[found[1]]), self.pattern)
        filled = CONVERTED.sub(lambda found: str(words[found[1]]), filled)
        return "/" + filled.replace("^", "").replace("$", "").replace("\\", "")


def routes() -> list[Route]:
    """Pages and what belongs to them; the operations of the API are `tests.support.operations`."""
    return [route for route in _walk(get_resolver(), "", ()) if not route.name.startswith("api:v1:")]


def _walk(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = (*spaces, each.namespace) if each.namespace else spaces
            yield from _walk(each, pattern, inner)
        elif isinstance(each, URLPattern):
            name = ":".join([*spaces, each.name]) if each.name else f"closed:{pattern}"
            yield Route(name, pattern, each.callback)
