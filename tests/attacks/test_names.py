"""Sorts, filters, fields and columns are names of the catalogue: nothing else reaches the database."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from daifuku.records.models import Record
from daifuku.staff.testing import PASSWORD
from tests.support.world import World

pytestmark = pytest.mark.django_db
# What is a column or a way to one, and no field of the catalogue.
STRANGE = [
    "owner__password", "owner__email", "created_by__password", "owner__sessions", "pk", "id", "custom",
    "custom__note",
    "name__startswith", "password", "?", "-", "--name", "name,phone", "name desc", "name;", "name)--", "1", "x\"",
    "a.b",
    "owner.password", "owner.email", "team.memberships", "account.owner.password", "parent.owner.password",
    "_state",
    "(case when 1=1 then id else -id end)", "(case when 1=2 then id else -id end)", "name'||(select 1)||'",
    "privacy__in",
    "trashed_at", "duplicates", "__class__", "objects", "delete",
]  # fmt: skip


@pytest.mark.parametrize("name", STRANGE)
def test_a_list_does_not_sort_by_it(world: World, name: str) -> None:
    pages = {_page(world, {"sort": sort}) for sort in (name, f"-{name}")}
    assert {status for status, _order in pages} <= {400, 404, 422} or len(pages) == 1, pages
    answer = world.api("rep", "GET", f"/api/v1/accounts?{urlencode({'sort': name})}")
    assert answer.status_code in {400, 422}, answer.content


@pytest.mark.parametrize("name", STRANGE)
def test_the_api_gives_no_such_field(world: World, name: str) -> None:
    answer = world.api("rep", "GET", f"/api/v1/accounts?{urlencode({'fields': name})}")
    assert answer.status_code in {400, 422} or name == "name,phone", answer.content
    assert b"argon2" not in answer.content


@pytest.mark.parametrize("name", STRANGE)
def test_no_condition_asks_about_it(world: World, name: str) -> None:
    """A filter on a password's first letter must not tell whether it is right: both ask the same and are refused."""
    seen = set()
    for value in ("a", "argon2$"):
        for op in ("is", "contains", "starts_with", "regex", "startswith"):
            where = json.dumps({"all": [{"field": name, "op": op, "value": value}]})
            answer = world.api("rep", "GET", f"/api/v1/accounts?{urlencode({'where': where})}")
            assert answer.status_code in {400, 422}, answer.content
            seen.add(_page(world, {"where": where}))
    assert len(seen) == 1, "a list must answer the same, whatever is asked about what is no field"


@pytest.mark.parametrize(
    "op", ["regex", "iregex", "startswith", "gt", "isnull", "__class__", "is__in", "", "IS", "raw"]
)
def test_a_field_is_compared_only_by_the_ways_of_the_catalogue(world: World, op: str) -> None:
    for field in ("name", "owner", "employees", "rank"):
        where = json.dumps({"all": [{"field": field, "op": op, "value": "x"}]})
        answer = world.api("rep", "GET", f"/api/v1/accounts?{urlencode({'where': where})}")
        assert answer.status_code in {400, 422}, answer.content


def test_values_of_conditions_are_values_and_not_language(world: World) -> None:
    """Pairs that would differ if a value were read as SQL, as a pattern or as a format answer alike."""
    pairs = [("x' OR '1'='1", "x' OR '1'='2"), ("%", "_"), ("a%", "a_"), ("\\", "\\\\"), ("{0}", "%s")]
    for pair in pairs:
        found = set()
        for text in pair:
            where = json.dumps({"all": [{"field": "name", "op": "contains", "value": text}]})
            answer = world.api(
                "rep", "GET", f"/api/v1/accounts?{urlencode({'where': where, 'count': 'true'})}"
            )
            assert answer.status_code == 200, answer.content
            found.add(json.loads(answer.content)["count"])
            search = world.api("rep", "GET", f"/api/v1/search?{urlencode({'q': text})}")
            assert search.status_code == 200
        assert found == {0}, pair


@pytest.mark.parametrize("kind", ["accounts", "contacts", "leads", "talks", "plans"])
def test_columns_of_a_list_are_fields(world: World, kind: str) -> None:
    columns = ",".join(STRANGE)
    answer = world.client("rep").get(f"/{kind}/", {"cols": f"{columns},owner__password:100"})
    assert answer.status_code == 200
    assert "argon2" not in answer.content.decode()


# Columns of a record that no request may set, and what is nobody's column at all.
OWN = [
    "id", "pk", "version", "created_by", "created_by_id", "owner_id", "team_id", "created_at", "updated_at",
    "trashed_at",
    "custom", "is_admin", "is_superuser", "role", "roles", "tenant_id", "approved_at", "search", "__class__",
    "_state",
]  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_the_api_sets_no_column_that_is_no_field(world: World, name: str) -> None:
    account = world.records["account open"]
    before = _columns(account)
    for method, path in (("POST", "/api/v1/accounts"), ("PATCH", f"/api/v1/accounts/{account.uid}")):
        for value in (1, "1", True, {"x": 1}):
            answer = world.api("administrator", method, path, {"name": account.name, name: value})
            assert answer.status_code == 422, (method, answer.content)
    bulk = {"operations": [{"op": "update", "uid": str(account.uid), "values": {name: 1}}]}
    assert b'"status":422' in world.api("administrator", "POST", "/api/v1/accounts/bulk", bulk).content
    assert _columns(account) == before


def test_a_form_sets_no_column_that_is_no_field(world: World) -> None:
    account = world.records["account open"]
    before = _columns(account)
    sent = dict.fromkeys(OWN, "1") | {f"custom.{name}": "1" for name in OWN}
    world.client("administrator").post(f"{account.get_absolute_url()}edit/", sent)
    assert _columns(account) == before
    made = world.client("rep").post("/accounts/new/", {"name": "若草工業", **sent})
    record = type(account).plain.get(uid=made["Location"].strip("/").split("/")[-1])
    assert (record.created_by, record.version, record.trashed_at) == (world.cast.aoyama, 1, None)


def test_nobody_makes_himself_more_than_he_is(world: World) -> None:
    """The profile takes what a person may say of himself, not his roles."""
    person = world.cast.aoyama
    sent = {
        "family_name": "青山", "given_name": "凛", "language": "ja", "is_superuser": "1", "is_staff": "1",
        "is_active": "",
        "roles": "1", "email": "boss@example.jp", "password": "x", "left_on": "2020-01-01",
    }  # fmt: skip
    world.client("rep").post("/account/profile/", sent)
    person.refresh_from_db()
    assert (person.is_active, person.email) == (True, "aoyama@example.jp")
    assert person.check_password(PASSWORD)
    assert [role.key for role in person.roles.all()] == ["rep"]


def _columns(record: Record) -> dict[str, Any]:
    fresh = type(record).plain.get(pk=record.pk)
    return {field.attname: getattr(fresh, field.attname) for field in fresh._meta.concrete_fields}


def _page(world: World, query: dict[str, str]) -> tuple[int, str]:
    """The status of the list's page, and which records it shows in which order."""
    answer = world.client("rep").get("/accounts/", query)
    found = [part.split("/")[0] for part in answer.content.decode().split('href="/accounts/')[1:]]
    return answer.status_code, ",".join(uid for uid in found if len(uid) == 36)
