"""What records are made of, who works here, how far a job is, one search over everything."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from daifuku.api.tests.support import problem, said
from daifuku.jobs.models import Job
from daifuku.records import actions
from daifuku.staff.models import Role

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_fields_and_choices_are_those_of_the_catalogue(aoyama: Program) -> None:
    fields = {field["key"]: field for field in said(aoyama.get("/accounts/fields"))["items"]}
    assert (fields["name"]["label"], fields["name"]["required"]) == ("会社名", True)
    assert fields["created_at"]["editable"] is False
    assert fields["parent"]["target"] == "account"
    choices = said(aoyama.get("/accounts/fields/rank/choices"))["items"]
    assert [choice["key"] for choice in choices] == ["a", "b", "c", "d"]
    for path in ("/accounts/fields/name/choices", "/accounts/fields/no_such/choices", "/no_such/fields"):
        assert aoyama.get(path).status_code == 404


def slugs(program: Program) -> list[str]:
    return [each["slug"] for each in said(program.get("/objects"))["items"]]


def test_objects_that_a_role_may_not_see_are_not_there(aoyama: Program) -> None:
    before = slugs(aoyama)
    assert before[:3] == ["accounts", "contacts", "leads"]
    role = Role.objects.get(key="rep")
    role.grants = {**role.grants, "lead": {"view": "none"}}
    role.save()
    assert slugs(aoyama) == [slug for slug in before if slug != "leads"]
    for method, path in (
        ("GET", "/leads"),
        ("POST", "/leads"),
        ("POST", "/leads/bulk"),
        ("GET", "/leads/fields"),
    ):
        answer = aoyama.ask(method, path, {"operations": [{"op": "create", "values": {}}]})
        assert answer.status_code == 404, path
    paths = said(aoyama.get("/openapi.json"))["paths"]
    assert not [path for path in paths if path.startswith("/api/v1/leads")]


def test_colleagues_and_teams_can_be_named(aoyama: Program, cast: Cast) -> None:
    found = said(aoyama.get(f"/people?q={quote('馬場')}"))["items"]
    assert [(each["uid"], each["label"]) for each in found] == [(str(cast.baba.uid), "馬場 健")]
    assert "password" not in aoyama.get("/people").content.decode()
    made = said(aoyama.post("/accounts", {"name": "青葉", "owner": found[0]["uid"], "team": cast.section.pk}))
    assert (made["owner"]["label"], made["team"]["label"]) == ("馬場 健", "営業一課")
    assert {team["label"] for team in said(aoyama.get("/teams"))["items"]} == {
        "営業部",
        "営業一課",
        "関西支店",
    }


def test_ones_own_job_is_followed_and_a_foreign_one_is_not_there(
    aoyama: Program, senda: Program, cast: Cast
) -> None:
    job = Job.objects.create(kind="test", by=cast.aoyama, title="取り込み", done=3, total=10)
    assert said(aoyama.get(f"/jobs/{job.uid}"))["done"] == 3
    for uid in (job.uid, uuid.uuid4(), "x"):
        assert senda.get(f"/jobs/{uid}").status_code == 404


def test_one_search_finds_records_that_one_sees(aoyama: Program, senda: Program, cast: Cast) -> None:
    actions.create("account", {"name": "日本電気硝子"}, by=cast.aoyama)
    actions.create("account", {"name": "日本電気秘密", "privacy": "private"}, by=cast.aoyama)
    hits = said(aoyama.get(f"/search?q={quote('日本電気')}"))["items"]
    assert {hit["label"] for hit in hits} == {"日本電気硝子", "日本電気秘密"}
    assert [hit["label"] for hit in said(senda.get(f"/search?q={quote('日本電気')}"))["items"]] == [
        "日本電気硝子"
    ]
    assert said(aoyama.get(f"/search?q={quote('日本電気')}&objects=contacts"))["items"] == []
    unknown = aoyama.get("/search?q=x&objects=secrets")
    assert (unknown.status_code, problem(unknown)["code"]) == (404, "not_found")
    assert aoyama.get("/search").status_code == 422
