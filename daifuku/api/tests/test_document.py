"""The OpenAPI document is a snapshot, is true, and can be read as a page.

After a wanted change: `RENEW_SNAPSHOTS=1 pytest daifuku/api/tests/test_document.py`.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.api.document import _base
from daifuku.api.tests.shapes import wrong_with
from daifuku.api.tests.support import said
from daifuku.records import actions
from daifuku.records.models import CatalogueVersion, CustomField

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).parent / "openapi.json"


def test_the_document_is_as_it_was(mizuno: Program) -> None:
    document = (
        json.dumps(said(mizuno.get("/openapi.json")), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    )
    if os.environ.get("RENEW_SNAPSHOTS"):
        SNAPSHOT.write_text(document, encoding="utf-8")
    assert document == SNAPSHOT.read_text(encoding="utf-8"), (
        "the API changed; if that is wanted, see the head of this file"
    )


def test_every_reference_leads_somewhere_and_every_operation_has_one_name(mizuno: Program) -> None:
    document = said(mizuno.get("/openapi.json"))
    text = json.dumps(document)
    for part in text.split('"#/components/schemas/')[1:]:
        assert part.split('"')[0] in document["components"]["schemas"]
    assert "{object}" not in text
    assert "{Object}" not in text
    assert "{slug}" not in text
    names = [each["operationId"] for methods in document["paths"].values() for each in methods.values()]
    assert len(names) == len(set(names))


def test_a_new_field_is_in_the_document_at_once(aoyama: Program) -> None:
    before = said(aoyama.get("/openapi.json"))
    CustomField.objects.create(object="account", key="machines", type="integer", label="機械の台数")
    CatalogueVersion.bump()
    after = said(aoyama.get("/openapi.json"))
    assert "machines" not in before["components"]["schemas"]["Account"]["properties"]
    assert after["components"]["schemas"]["AccountNew"]["properties"]["machines"]["title"] == "機械の台数"


def test_the_document_is_only_for_who_is_signed_in(aoyama: Program) -> None:
    assert Client().get("/api/v1/openapi.json").status_code == 401
    assert Client().get("/api/")["Location"].startswith("/login/")


FILLED: dict[str, Any] = {
    "account": {
        "name": "株式会社青葉商事", "kana": "アオバショウジ", "rank": "a", "employees": 30, "annual_sales": 1_000_000,
        "traded_since": "2020-04-01", "note": "備考", "phone": "03-1234-5678", "code": "T-1",
    },
    "contact": {"family_name": "佐藤", "birthday": "1980-01-01", "role": "decides"},
    "lead": {"family_name": "山田", "company": "山田商店"},
}  # fmt: skip


@pytest.mark.parametrize("key", list(FILLED))
def test_answers_have_the_shape_that_the_document_says(mizuno: Program, cast: Cast, key: str) -> None:
    document = said(mizuno.get("/openapi.json"))
    actions.create(key, FILLED[key], by=cast.mizuno)
    record = actions.create(key, {name: FILLED[key][name] for name in list(FILLED[key])[:1]} | (
        {"company": "x"} if key == "lead" else {}), by=cast.aoyama)  # fmt: skip
    mizuno.post(f"/{key}s/{record.uid}/comments", {"text": "ご挨拶"})
    for path in (
        f"/{key}s", f"/{key}s?count=true", f"/{key}s/{record.uid}", f"/{key}s/{record.uid}/timeline", f"/{key}s/fields",
        f"/{key}s/{record.uid}/comments", f"/{key}s/{record.uid}/files",
        f"/{key}s/{record.uid}/tags", f"/{key}s/views", "/me", "/people", "/teams", "/objects",
        "/events", "/search?q=青葉",
    ):  # fmt: skip
        asked = path.split("?")[0].replace(str(record.uid), "{uid}")
        operation = document["paths"][f"/api/v1{asked}"]["get"]
        shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert wrong_with(said(mizuno.get(path)), shape, document) == [], path


def test_the_reference_page_needs_no_script_and_no_foreign_host(aoyama: Program) -> None:
    CustomField.objects.create(object="account", key="evil", type="text", label="<script>alert(1)</script>")
    CatalogueVersion.bump()
    browser = Client()
    browser.force_login(aoyama.person)
    page = browser.get("/api/")
    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "会社名",
        "curl",
        "POST /api/v1/accounts",
        "Idempotency-Key",
        "見込み客",
        'id="status-412"',
    ):
        assert words in text, words
    assert "<script>alert" not in text
    main = text[text.index("<main") : text.index("</main>")]
    assert "<script" not in main
    assert "//cdn" not in text


def test_the_manual_names_every_operation(mizuno: Program) -> None:
    manual = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([A-Z]+ /[^`]*)` \|", manual, re.MULTILINE))
    base = _base()["paths"]
    there = {
        f"{method.upper()} {path.removeprefix('/api/v1')}".replace("{path:value}", "{value}")
        for path, methods in base.items()
        for method in methods
    }
    assert told == there
