"""Where a number, a line or a button leads among the general pages: a list narrowed to some records, a form begun."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from daifuku.foundation.reversing import url_of


def narrowed_list(slug: str, *tests: Mapping[str, Any]) -> str:
    """The list of this kind with the records that pass all of these tests."""
    return f"{url_of('records:list', slug)}?{urlencode({'where': json.dumps({'all': list(tests)})})}"


def any_of(field: str, *values: Any) -> dict[str, Any]:
    """The test that this field has one of these values; a link has the uid of a record."""
    return {"field": field, "op": "any_of", "value": [str(value) for value in values]}


def begun_form(slug: str, **start: Any) -> str:
    """The form of a new record of this kind, with these values filled in."""
    return f"{url_of('records:new', slug)}?{urlencode(start)}"
