"""What nobody should send, and the names under which the pages look for something."""

from __future__ import annotations

import inspect
import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.support.routes import Route

NUL, RIGHT_TO_LEFT, EMOJI = "a\0b", "\u202eabc\u2066\u200f", "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿"
LONG, DIGITS = "あ" * 10_000, "9" * 5000
SCRIPT = "'\"><script>alert(1)</script>{{7*7}}${7*7}%(x)s{0.__class__}"
TEXTS = [
    "", NUL, SCRIPT, LONG, DIGITS, "9" * 30, "²", "NaN", "[" * 2000, '"x"', '{"all": 5}',
    '{"all": [{"field": 5, "op": [], "value": {}}]}', "owner__password", "0000-00-00",
    f"{RIGHT_TO_LEFT}{EMOJI}\r\nX: y",
]  # fmt: skip
# For forms, where every try costs more: the kinds that break different things.
TYPED = [NUL, LONG, DIGITS, "9" * 19, "00000000-0000-0000-0000-000000000000"]
JSON: list[Any] = [None, True, 10**30, -1, NUL, LONG, EMOJI, [None], [[["x"]]], {"uid": 5}, {"a": {"b": {}}}]
# What a list reads from its address, wherever the list is read.
OF_LISTS = ("view", "where", "sort", "cols", "q", "after", "f.rank", "f.prefecture", "f.owner")
READ = re.compile(r'\.(?:GET|POST|FILES)(?:\.get|\.getlist)?[(\[]"([\w.-]+)"')
OF_ALLAUTH = ("next", "login", "password", "code", "credential")
FIELDS = re.compile(r"^    (\w+) = forms\.\w+\(", re.MULTILINE)
NAMED = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')


@cache
def names_in(module: Any) -> tuple[str, ...]:
    """The names that the code of a page reads from what is sent."""
    source = inspect.getsource(module)
    found = {
        *READ.findall(source),
        *FIELDS.findall(source),
        *re.findall(r'_asked\(request, "(\w+)"\)', source),
    }
    if "list_state" in source or "Wish(" in source:
        found |= set(OF_LISTS)
    return tuple(sorted(found))


def names_of(route: Route) -> tuple[str, ...]:
    view = inspect.unwrap(route.callback)
    module = inspect.getmodule(getattr(view, "view_class", view))
    return (
        names_in(module)
        if module and module.__name__.startswith("daifuku.")
        else ("next", "login", "password", "code")
    )


def names_on(page: bytes) -> tuple[str, ...]:
    """The names of the inputs that a page shows."""
    return tuple(sorted(set(NAMED.findall(page.decode(errors="replace"))) - {"csrfmiddlewaretoken"}))
