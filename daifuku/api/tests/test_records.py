"""Records over HTTP: registered, read, changed, put away and restored as on the pages, by the same verbs."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from daifuku.api.tests.support import problem, said
from daifuku.customers.models import Account
from daifuku.ledger import reads
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.models import CatalogueVersion, CustomField
from daifuku.staff.models import Role

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
UID = "0198c0de-0000-7000-8000-000000000001"


def test_a_record_is_registered_with_its_line(aoyama: Program) -> None:
    answer = aoyama.post("/accounts", {"name": "株式会社青葉商事", "rank": "A", "employees": 30})
    made = said(answer)
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/accounts/{made['uid']}"
    assert answer["ETag"] == '"1"'
    assert (made["name"], made["rank"], made["employees"], made["version"]) == (
        "株式会社青葉商事",
        "a",
        30,
        1,
    )
    assert made["owner"]["label"] == "青山 凛"
    event = Event.objects.latest("pk")
    assert (event.kind, event.via, event.actor) == ("account.created", "api", aoyama.person)


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({}, "name", "required"),
        ({"name": ""}, "name", "required"),
        ({"name": ["a"]}, "name", "type"),
        ({"name": "A", "employees": "たくさん"}, "employees", "invalid"),
        ({"name": "A", "employees": 1.5}, "employees", "too_fine"),
        ({"name": "A", "rank": 1}, "rank", "type"),
        ({"name": "A", "uid": 7}, "uid", "type"),
        ({"name": "A", "uid": "x"}, "uid", "type"),
        *[
            ({"name": "A", key: 1}, key, "unknown_field")
            for key in (
                "id", "pk", "owner_id", "is_admin", "role", "tenant_id", "created_by", "created_at", "version",
                "approved_at", "total", "name_key", "sort_key", "custom", "trashed_at", "__class__",
            )
        ],
    ],
)  # fmt: skip
def test_wrong_values_and_foreign_fields_are_named_and_nothing_is_written(
    aoyama: Program, values: dict[str, object], field: str, code: str
) -> None:
    refused = aoyama.post("/accounts", values)
    told = problem(refused)
    assert refused.status_code == 422
    assert (told["problems"][0]["field"], told["problems"][0]["code"]) == (field, code)
    assert told["problems"][0]["detail"]
    assert not Account.plain.exists()


def test_every_wrong_field_is_told_at_once(aoyama: Program) -> None:
    told = problem(aoyama.post("/accounts", {"name": "", "rank": "z", "no_such": 1}))
    assert {each["field"] for each in told["problems"]} == {"name", "rank", "no_such"}


def test_sending_the_same_with_an_own_uid_again_is_harmless(aoyama: Program, senda: Program) -> None:
    first = aoyama.post("/accounts", {"name": "青葉", "uid": UID})
    second = aoyama.post("/accounts", {"name": "青葉", "uid": UID})
    assert (first.status_code, second.status_code) == (201, 200)
    assert said(second)["uid"] == UID
    other = aoyama.post("/accounts", {"name": "別の会社", "uid": UID})
    assert (other.status_code, problem(other)["code"]) == (409, "uid_taken")
    foreign = senda.post("/accounts", {"name": "青葉", "uid": UID})
    assert foreign.status_code == 409
    assert Account.plain.count() == 1


def test_one_record_is_read_with_its_version(aoyama: Program, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    answer = aoyama.get(f"/accounts/{account.uid}")
    assert (said(answer)["name"], answer["ETag"]) == ("青葉", '"1"')
    assert said(answer)["url"] == f"/accounts/{account.uid}/"
    chosen = said(aoyama.get(f"/accounts/{account.uid}?fields=name,phone"))
    assert set(chosen) == {"uid", "version", "label", "url", "name", "phone"}


@pytest.mark.parametrize(
    "fields", ["no_such", "owner__password", "name,created_by__email", "custom", "name_key"]
)
def test_fields_are_names_of_the_catalogue_only(aoyama: Program, cast: Cast, fields: str) -> None:
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    refused = aoyama.get(f"/accounts/{account.uid}?fields={fields}")
    assert (refused.status_code, problem(refused)["code"]) == (422, "invalid")
    assert problem(refused)["field"] == "fields"


def test_reading_a_persons_record_is_a_line_once_in_ten_minutes(aoyama: Program, cast: Cast) -> None:
    contact = actions.create("contact", {"family_name": "佐藤"}, by=cast.aoyama)
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    for _time in range(3):
        aoyama.get(f"/contacts/{contact.uid}")
        aoyama.get(f"/accounts/{account.uid}")
    reads.flush()
    lines = Event.objects.filter(kind__endswith=".opened")
    assert [(line.kind, line.via) for line in lines] == [("contact.opened", "api")]


def test_reading_a_list_of_people_is_one_line(aoyama: Program, cast: Cast) -> None:
    for name in ("佐藤", "鈴木"):
        actions.create("contact", {"family_name": name}, by=cast.aoyama)
    for _time in range(2):
        aoyama.get("/contacts")
        aoyama.get("/accounts")
    reads.flush()
    lines = Event.objects.filter(kind="api.listed")
    assert [(line.actor, line.subjects.get().object) for line in lines] == [(cast.aoyama, "contact")]


def test_changing_changes_what_is_sent_and_no_more(aoyama: Program, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉", "phone": "03-1234-5678"}, by=cast.aoyama)
    answer = aoyama.patch(f"/accounts/{account.uid}", {"note": "訪問"}, If_Match='"1"')
    assert (said(answer)["note"], said(answer)["phone"], answer["ETag"]) == ("訪問", "03-1234-5678", '"2"')
    emptied = said(aoyama.patch(f"/accounts/{account.uid}", {"note": None}))
    assert emptied["note"] is None


def test_the_second_of_two_is_told_who_was_first_and_what_stands_now(
    aoyama: Program, cast: Cast, mizuno: Program
) -> None:
    """F15: A and B read version 1, A saves, B does not overwrite it."""
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    path = f"/accounts/{account.uid}"
    assert mizuno.patch(path, {"note": "水野"}, If_Match='"1"').status_code == 200
    refused = aoyama.patch(path, {"note": "青山"}, If_Match='"1"')
    told = problem(refused)
    assert (refused.status_code, told["code"], told["version"]) == (412, "stale", 2)
    assert "水野" in told["who"]
    assert told["at"]
    assert told["current"]["note"] == "水野"
    again = aoyama.patch(path, {"note": "青山"}, If_Match=f'"{told["version"]}"')
    assert said(again)["note"] == "青山"


@pytest.mark.parametrize("match", ["1", '"x"', '"99999999999"', "W/1", '"1", "2"'])
def test_an_unreadable_if_match_is_not_passed_over(aoyama: Program, cast: Cast, match: str) -> None:
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    refused = aoyama.patch(f"/accounts/{account.uid}", {"note": "x"}, If_Match=match)
    assert (refused.status_code, problem(refused)["code"]) == (400, "if_match")


def test_deleting_puts_into_the_trash_and_restoring_takes_out(aoyama: Program, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    path = f"/accounts/{account.uid}"
    stale = aoyama.delete(path, If_Match='"7"')
    assert (stale.status_code, problem(stale)["code"]) == (412, "stale")
    gone = aoyama.delete(path, If_Match='"1"')
    assert (gone.status_code, gone.content) == (204, b"")
    assert aoyama.get(path).status_code == 404
    assert aoyama.delete(path).status_code == 404
    assert said(aoyama.post(f"{path}/restore"))["version"] == 3
    assert said(aoyama.post(f"{path}/restore"))["version"] == 3
    assert aoyama.get(path).status_code == 200


def test_who_sees_but_may_not_edit_is_told_so(senda: Program, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    for answer in (
        senda.patch(f"/accounts/{account.uid}", {"note": "x"}),
        senda.delete(f"/accounts/{account.uid}"),
    ):
        assert (answer.status_code, problem(answer)["code"]) == (403, "forbidden")
    account.refresh_from_db()
    assert account.version == 1


def test_unknown_forbidden_and_malformed_look_the_same(senda: Program, cast: Cast) -> None:
    secret = actions.create("account", {"name": "秘密", "privacy": "private"}, by=cast.aoyama)
    bodies = {
        senda.get(path).content
        for path in (
            f"/accounts/{secret.uid}", f"/accounts/{uuid.uuid4()}", "/accounts/xyz", "/no_such_things", "/a/b/c/d/e",
            f"/contacts/{secret.uid}", f"/accounts/{secret.uid}/timeline", f"/accounts/{secret.uid}/no",
        )
    }  # fmt: skip
    assert len(bodies) == 1
    for method in ("PATCH", "DELETE"):
        answers = {senda.ask(method, f"/accounts/{uid}", {}).content for uid in (secret.uid, uuid.uuid4())}
        assert answers == bodies


def test_a_custom_field_works_at_once(aoyama: Program) -> None:
    CustomField.objects.create(object="account", key="machines", type="integer", label="機械の台数")
    CatalogueVersion.bump()
    made = said(aoyama.post("/accounts", {"name": "青葉", "machines": "１２"}))
    assert made["machines"] == 12
    keys = [field["key"] for field in said(aoyama.get("/accounts/fields"))["items"]]
    assert "machines" in keys


def test_a_hidden_field_is_neither_read_nor_written_nor_named(aoyama: Program) -> None:
    Role.objects.filter(key="rep").update(
        field_rules={
            "account": {"annual_sales": "hidden", "note": "readonly"},
            "lead": {"annual_sales": "hidden"},
        }
    )
    refused = problem(aoyama.post("/accounts", {"name": "青葉", "annual_sales": 5, "note": "x"}))
    unknown = problem(aoyama.post("/accounts", {"name": "青葉", "no_such": 5}))
    assert [each["code"] for each in refused["problems"]] == ["unknown_field"] * 2
    assert refused["problems"][0]["code"] == unknown["problems"][0]["code"]
    made = said(aoyama.post("/accounts", {"name": "青葉"}))
    assert "annual_sales" not in made
    assert "note" in made
    keys = {field["key"]: field["editable"] for field in said(aoyama.get("/accounts/fields"))["items"]}
    assert "annual_sales" not in keys
    assert keys["note"] is False
    assert "annual_sales" not in aoyama.get("/openapi.json").content.decode()


def test_a_link_to_what_one_may_not_see_tells_no_name(senda: Program, cast: Cast) -> None:
    secret = actions.create("account", {"name": "秘密商事", "privacy": "private"}, by=cast.aoyama)
    contact = actions.create("contact", {"family_name": "佐藤", "account": secret}, by=cast.aoyama)
    answer = senda.get(f"/contacts/{contact.uid}")
    assert said(answer)["account"] == {"uid": None, "label": "非公開の取引先"}
    assert "秘密商事" not in answer.content.decode()
    history = senda.get(f"/contacts/{contact.uid}/timeline")
    assert history.status_code == 200
    assert "秘密商事" not in history.content.decode()
    refused = senda.post("/contacts", {"family_name": "鈴木", "account": str(secret.uid)})
    assert (refused.status_code, problem(refused)["problems"][0]["code"]) == (422, "unknown")


def test_what_is_read_can_be_sent_back(aoyama: Program, cast: Cast) -> None:
    parent = actions.create("account", {"name": "本社"}, by=cast.aoyama)
    account = actions.create(
        "account", {"name": "支店", "parent": parent, "team": cast.section}, by=cast.aoyama
    )
    read = said(aoyama.get(f"/accounts/{account.uid}"))
    editable = [field["key"] for field in said(aoyama.get("/accounts/fields"))["items"] if field["editable"]]
    answer = aoyama.patch(f"/accounts/{account.uid}", {key: read[key] for key in editable})
    assert (answer.status_code, said(answer)["version"]) == (200, 1)
