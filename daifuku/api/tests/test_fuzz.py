"""Whatever hypothesis makes up for the fields and parameters of the document: never a 500, always a problem."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as made

from daifuku.api import rates
from daifuku.api.document import object_schemas
from daifuku.records import actions
from daifuku.records.catalogue import registry
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
QUIET = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
NASTY = made.sampled_from(
    [
        "", " ", "\t", "0", "-1", "=1+1", "<script>", "' or 1=1 --", "㈱髙﨑", "ｱｵﾊﾞ", "a" * 3000, "９９９", "1e5", "²",
        "0x10", "令和99年99月99日", "2026-02-30", "9999-12-31", "99999999999999999999", "\u202e", "😀" * 50, "a@b",
        "+81", "2026-11-25T10:00:00+99:00", "..", "null", "{}", "%", "_", "\\", "\x07", "１２３４５６７８９０１２３",
    ]
)  # fmt: skip
PLAIN = made.one_of(
    made.none(), made.booleans(), made.integers(-(10**30), 10**30), made.floats(allow_nan=False, allow_infinity=False),
    NASTY, made.text(made.characters(codec="utf-8", exclude_characters="\0"), max_size=40),
)  # fmt: skip
ANY = made.recursive(
    PLAIN,
    lambda inner: made.one_of(
        made.lists(inner, max_size=4),
        made.dictionaries(made.sampled_from(["uid", "id", "a", "street"]), inner, max_size=4),
    ),
    max_leaves=8,
)  # fmt: skip


def bodies(viewer: Viewer, key: str) -> made.SearchStrategy[dict[str, Any]]:
    names = list(object_schemas(registry.get(key), viewer)[f"{key.capitalize()}New"]["properties"])
    return made.dictionaries(made.one_of(made.sampled_from(names), made.text(max_size=5)), ANY, max_size=6)


def ok(answer: Any) -> None:
    assert answer.status_code < 500, answer.content.decode()
    if answer.status_code >= 400:
        assert json.loads(answer.content)["detail"]


@pytest.mark.parametrize("key", ["account", "contact", "lead", "talk", "plan", "task", "voice", "product"])
def test_no_body_breaks_anything(aoyama: Program, cast: Cast, key: str) -> None:
    firm = str(actions.create("account", {"name": "丸福"}, by=cast.aoyama).uid)
    values: dict[str, Any] = {
        "account": {"name": "青葉"}, "contact": {"family_name": "佐藤"}, "lead": {"family_name": "山", "company": "川"},
        "talk": {"account": firm, "method": "phone", "content": "other", "text": "用件"},
        "task": {"subject": "資料"},
        "product": {"code": "C-1", "name": "袋", "price": "10"},
         "voice": {"text": "小分けに", "topic": "wish"},
        "plan": {"account": firm, "started_at": "2026-11-30T10:00:00+09:00"},
    }[key]  # fmt: skip
    record = actions.create(key, values, by=cast.aoyama)

    @QUIET
    @given(bodies(Viewer(cast.aoyama), key))
    def ask(body: dict[str, Any]) -> None:
        rates.forget()
        with transaction.atomic():
            ok(aoyama.post(f"/{key}s", {**values, **body}))
            ok(aoyama.patch(f"/{key}s/{record.uid}", body))
            ok(
                aoyama.post(
                    f"/{key}s/bulk", {"operations": [{"op": "upsert", "by": "email", "values": body}]}
                )
            )
            transaction.set_rollback(True)

    ask()


def test_no_condition_breaks_anything(aoyama: Program, cast: Cast) -> None:
    actions.create("account", {"name": "青葉", "employees": 3, "rank": "a"}, by=cast.aoyama)
    fields = [
        "name",
        "rank",
        "employees",
        "owner",
        "parent",
        "created_at",
        "traded_since",
        "owner.email",
        "x",
        "parent.name",
    ]
    operators = [
        "is", "is_not", "contains", "starts", "any_of", "none_of", "eq", "gt", "between", "on", "before", "within",
        "empty", "filled", "has_any", "x", "me",
    ]  # fmt: skip
    test = made.fixed_dictionaries(
        {"field": made.sampled_from(fields), "op": made.sampled_from(operators), "value": ANY}
    )
    conditions = made.recursive(
        made.one_of(test, ANY),
        lambda inner: made.dictionaries(
            made.sampled_from(["all", "any"]), made.lists(inner, max_size=3), max_size=2
        ),
        max_leaves=5,
    )

    @QUIET
    @given(conditions)
    def ask(condition: Any) -> None:
        rates.forget()
        with transaction.atomic():
            ok(aoyama.get(f"/accounts?where={quote(json.dumps(condition))}"))

    ask()


def test_no_parameter_breaks_anything(aoyama: Program, cast: Cast) -> None:
    actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    words = made.one_of(NASTY, made.text(max_size=12))

    @QUIET
    @given(made.sampled_from(["sort", "fields", "after", "size", "count", "where", "x"]), words)
    def ask(name: str, value: str) -> None:
        rates.forget()
        with transaction.atomic():
            ok(aoyama.get(f"/accounts?{name}={quote(value, errors='ignore')}"))
            ok(aoyama.get(f"/events?after={quote(value, errors='ignore')}"))
            ok(
                aoyama.put(
                    f"/accounts/by/code/{quote(value, errors='ignore')}",
                    {"name": value[:50].replace("\0", "")},
                )
            )
            transaction.set_rollback(True)

    ask()
