"""People, teams and roles over HTTP: as on the pages of the settings, and no further."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.test import Client

from daifuku.api.models import ApiToken
from daifuku.api.tests.support import Program, problem, said
from daifuku.ledger.models import Event, IdempotentRequest
from daifuku.records import actions
from daifuku.staff.models import Invitation, Membership, Person, Role, Team
from daifuku.staff.testing import PASSWORD

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def of(person: Person, step: str = "") -> str:
    return f"/people/{person.uid}{step}"


# People


def test_everybody_pages_through_colleagues_and_whoever_manages_them_sees_more(
    mizuno: Program, aoyama: Program, cast: Cast
) -> None:
    found: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        page = said(aoyama.get(f"/people?size=3&after={after}"))
        found, after = [*found, *page["items"]], page["next"]
    assert [each["uid"] for each in found] == [each["uid"] for each in said(aoyama.get("/people"))["items"]]
    assert len(found) == Person.objects.count()
    assert "roles" not in found[0]
    whole = {each["uid"]: each for each in said(mizuno.get("/people?details=true"))["items"]}
    osaki = whole[str(cast.osaki.uid)]
    assert osaki["roles"] == [{"key": "manager", "name": "課長"}]
    assert osaki["teams"] == [{"id": cast.sales.pk, "label": "営業部", "leads": True}]
    assert said(mizuno.get("/people?left=true"))["items"] == []
    assert problem(aoyama.get("/people?details=true"))["code"] == "forbidden"
    assert problem(aoyama.get("/people?after=nobody"))["status"] == 404


def test_somebody_is_invited_by_a_link_that_is_told_once_and_lets_him_in(mizuno: Program, cast: Cast) -> None:
    wish = {"email": "Wakaba@example.jp", "family_name": "若葉", "roles": ["rep"], "team": cast.section.pk}
    made = mizuno.post("/invitations", wish, Idempotency_Key="w")
    invited = said(made)
    assert (made.status_code, invited["email"], invited["mailed"]) == (201, "wakaba@example.jp", False)
    assert invited["team"] == {"id": cast.section.pk, "label": "営業一課"}
    assert "no-store" in made["Cache-Control"]
    again = mizuno.post("/invitations", wish, Idempotency_Key="w")
    assert (again["Idempotent-Replayed"], "link" in said(again)) == ("true", False)
    assert invited["link"].rsplit("/", 2)[1] not in str(
        list(IdempotentRequest.objects.values_list("body", flat=True))
    )
    assert [each["id"] for each in said(mizuno.get("/invitations"))["items"]] == [invited["id"]]
    form = {"family_name": "若葉", "password": "ame-to-kasa-to-kaeru"}
    assert Client().post(invited["link"].removeprefix("http://localhost:8000"), form).status_code == 302
    newcomer = said(mizuno.get(of(Person.objects.get(email="wakaba@example.jp"))))
    assert [each["key"] for each in newcomer["roles"]] == ["rep"]
    assert said(mizuno.get("/invitations"))["items"] == []


def test_the_link_is_mailed_where_there_is_a_mail_server(mizuno: Program, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.jp"
    wish = {"email": "wakaba@example.jp", "roles": ["rep"]}
    assert said(mizuno.post("/invitations", wish, Idempotency_Key="m"))["mailed"] is True
    mizuno.post("/invitations", wish, Idempotency_Key="m")
    assert [each.to for each in mail.outbox] == [["wakaba@example.jp"]]


def test_an_invitation_is_taken_back(mizuno: Program) -> None:
    made = said(mizuno.post("/invitations", {"email": "wakaba@example.jp", "roles": ["rep"]}))
    assert mizuno.delete(f"/invitations/{made['id']}").status_code == 204
    assert problem(mizuno.delete(f"/invitations/{made['id']}"))["code"] == "not_open"
    assert problem(mizuno.delete("/invitations/987654"))["status"] == 404


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"email": "x", "roles": ["rep"]}, "email", "メールアドレスの形になっていません。"),
        ({"email": "aoyama@example.jp", "roles": ["rep"]}, "email", "すでに使われています"),
        ({"email": "w@example.jp", "roles": []}, "roles", "役割を一つ以上選んでください。"),
        ({"email": "w@example.jp", "roles": ["boss"]}, "roles", "役割を選び直してください。"),
        ({"email": "w@example.jp", "roles": ["rep"], "team": 987654}, "team", "チームを選び直してください。"),
        ({"email": "w@example.jp", "roles": ["rep"], "admin": True}, "admin", ""),
        ({"roles": ["rep"]}, "email", ""),
    ],
)
def test_an_invitation_that_cannot_be_is_refused(
    mizuno: Program, body: Any, field: str, sentence: str
) -> None:
    answer = mizuno.post("/invitations", body)
    told = problem(answer)["problems"][0]
    assert (answer.status_code, told["field"]) == (422, field)
    assert sentence in told["detail"]
    assert not Invitation.objects.exists()


def test_particulars_are_changed_and_taken_back_by_their_line(mizuno: Program, cast: Cast) -> None:
    changed = said(
        mizuno.patch(of(cast.baba), {"title": " 主任 ", "phone": "0312345678", "email": "Kenta@example.jp"})
    )
    assert (changed["title"], changed["phone"], changed["email"]) == (
        "主任",
        "03-1234-5678",
        "kenta@example.jp",
    )
    line = Event.objects.latest("pk")
    assert (line.kind, line.actor) == ("person.edited", cast.mizuno)
    mizuno.post(f"/events/{line.pk}/undo")
    assert said(mizuno.get(of(cast.baba)))["email"] == "baba@example.jp"
    for body, field in (({"family_name": ""}, "family_name"), ({"is_active": False}, "is_active")):
        assert problem(mizuno.patch(of(cast.baba), body))["problems"][0]["field"] == field


def test_roles_are_given_and_taken(mizuno: Program, cast: Cast) -> None:
    changed = said(mizuno.put(of(cast.baba, "/roles"), {"roles": ["manager", "clerk"]}))
    assert {each["key"] for each in changed["roles"]} == {"manager", "clerk"}
    assert (
        problem(mizuno.put(of(cast.baba, "/roles"), {"roles": ["boss"]}))["problems"][0]["field"] == "roles"
    )
    assert said(mizuno.put(of(cast.baba, "/roles"), {"roles": []}))["roles"] == []


def test_an_absence_is_entered_and_taken_back(mizuno: Program, cast: Cast) -> None:
    path = of(cast.baba, "/absence")
    wish = {"absent_from": "2020-01-01", "substitute": str(cast.aoyama.uid)}
    away = said(mizuno.put(path, wish))
    assert (away["absent_from"], away["standing_in"]["label"]) == ("2020-01-01", "青山 凛")
    here = said(mizuno.put(path, {}))
    assert (here["absent_from"], here["substitute"], here["standing_in"]["label"]) == (None, None, "馬場 健")
    for body, field in (
        ({"absent_until": "2026-01-01"}, "absent_from"), ({"substitute": str(cast.baba.uid)}, "substitute"),
        ({"substitute": "nobody"}, "substitute"), ({"absent_from": "明日"}, "absent_from"),
    ):  # fmt: skip
        assert problem(mizuno.put(path, body))["problems"][0]["field"] == field


def test_whoever_leaves_is_out_at_once_and_comes_back_without_tokens(
    mizuno: Program, aoyama: Program, cast: Cast
) -> None:
    left = said(mizuno.post(of(cast.aoyama, "/leave"), {"on": "2026-03-31", "successor": str(cast.baba.uid)}))
    assert (left["active"], left["left_on"]) == (False, "2026-03-31")
    assert aoyama.get("/me").status_code == 401
    assert [each["uid"] for each in said(mizuno.get("/people?left=true"))["items"]] == [str(cast.aoyama.uid)]
    assert problem(mizuno.post(of(cast.aoyama, "/leave"), {}))["code"] == "already_left"
    assert said(mizuno.post(of(cast.aoyama, "/return")))["active"] is True
    assert problem(mizuno.post(of(cast.aoyama, "/return")))["code"] == "not_left"
    assert aoyama.get("/me").status_code == 401
    assert problem(mizuno.post(of(cast.mizuno, "/leave"), {}))["code"] == "self"
    wrong = {"successor": str(cast.baba.uid)}
    assert problem(mizuno.post(of(cast.baba, "/leave"), wrong))["problems"][0]["field"] == "successor"


def test_devices_are_signed_out_one_by_one_and_all(mizuno: Program, aoyama: Program, cast: Cast) -> None:
    browsers = [Client(), Client(), Client()]
    for browser in browsers:
        browser.post("/login/", {"login": cast.aoyama.email, "password": PASSWORD})
    devices = said(mizuno.get(of(cast.aoyama, "/devices")))["items"]
    assert len(devices) == 3
    assert mizuno.delete(of(cast.baba, f"/devices/{devices[0]['id']}")).status_code == 404
    assert mizuno.delete(of(cast.aoyama, f"/devices/{devices[0]['id']}")).status_code == 204
    assert len(said(aoyama.get(of(cast.aoyama, "/devices")))["items"]) == 2
    assert said(aoyama.delete(of(cast.aoyama, "/devices"))) == {"devices": 2}
    assert {browser.get("/account/devices/").status_code for browser in browsers} == {302}
    assert problem(aoyama.get(of(cast.mizuno, "/devices")))["code"] == "forbidden"


def test_whoever_asks_from_a_page_stays_signed_in_there(aoyama: Program, cast: Cast) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/login/", {"login": cast.aoyama.email, "password": PASSWORD})
    answer = here.delete(f"/api/v1{of(cast.aoyama, '/devices')}")
    assert json.loads(answer.content) == {"devices": 1}
    assert (here.get("/account/devices/").status_code, there.get("/account/devices/").status_code) == (
        200,
        302,
    )


def test_a_link_for_a_new_password_is_told_once(mizuno: Program, cast: Cast) -> None:
    made = mizuno.post(of(cast.baba, "/password_link"), Idempotency_Key="p")
    assert "/password" in said(made)["link"]
    assert said(mizuno.post(of(cast.baba, "/password_link"), Idempotency_Key="p")) == {
        "person": {"uid": str(cast.baba.uid), "label": "馬場 健"}
    }
    assert problem(mizuno.post(of(cast.baba, "/factor_reset")))["code"] == "nothing_to_reset"


# Nobody rises above himself


def test_a_token_that_was_not_given_out_for_it_touches_nobody(aoyama: Program, cast: Cast) -> None:
    """水野 may, this token may not."""
    plain = Program(cast.mizuno, scopes=("read", "write", "audit"))
    full = Program(cast.mizuno, scopes=("read", "write", "staff"))
    full.put(of(cast.baba, "/roles"), {"roles": []})
    line = Event.objects.latest("pk")
    before = Event.objects.count()
    for method, path, body in (
        ("GET", of(cast.baba), None), ("GET", "/people?details=true", None), ("GET", "/roles", None),
        ("PUT", of(cast.baba, "/roles"), {"roles": ["rep"]}), ("POST", "/teams", {"name": "営業二課"}),
        ("POST", "/invitations", {"email": "w@example.jp", "roles": ["administrator"]}),
        ("POST", f"/events/{line.pk}/undo", None), ("GET", of(cast.baba, "/devices"), None),
    ):  # fmt: skip
        told = problem(plain.ask(method, path, body))
        assert (told["status"], told["code"], told["scope"]) == (403, "scope", "社員・チーム・役割の管理"), (
            path
        )
    assert Event.objects.count() == before
    assert said(full.post(f"/events/{line.pk}/undo"))["done"] == 1
    reading = Program(cast.mizuno, scopes=("read", "staff"))
    assert reading.get("/roles").status_code == 200
    assert problem(reading.post("/teams", {"name": "x"}))["code"] == "scope"


def test_one_takes_ones_own_particulars_back_with_any_token(aoyama: Program, cast: Cast) -> None:
    aoyama.patch("/me", {"title": "主任"})
    assert said(aoyama.post(f"/events/{Event.objects.latest('pk').pk}/undo"))["done"] == 1


def test_a_scope_gives_no_power(cast: Cast, aoyama: Program) -> None:
    senda = Program(cast.senda, scopes=("read", "write", "staff"))
    for method, path in (("GET", "/roles"), ("GET", of(cast.baba)), ("DELETE", of(cast.baba, "/devices"))):
        assert problem(senda.ask(method, path))["code"] == "forbidden"


def test_nobody_gives_more_than_he_has(cast: Cast, aoyama: Program) -> None:
    """森 manages people, but does not edit the settings."""
    mori = Program(cast.mori, scopes=("read", "write", "staff"))
    role = Role.objects.get(key="rep")
    for method, path, body in (
        ("PUT", of(cast.mori, "/roles"), {"roles": ["president", "administrator"]}),
        ("PUT", of(cast.mizuno, "/roles"), {"roles": []}),
        ("POST", "/invitations", {"email": "w@example.jp", "roles": ["administrator"]}),
        ("PATCH", f"/roles/{role.key}", {"powers": ["settings"]}),
        ("POST", "/roles", {"name": "写し", "like": "administrator"}),
        ("POST", "/roles", {"name": "新しい", "powers": ["erase"]}),
        ("PATCH", of(cast.mizuno), {"email": "mine@example.jp"}),
        ("POST", of(cast.mizuno, "/leave"), {}),
        ("POST", of(cast.mizuno, "/password_link"), None),
        ("POST", of(cast.mizuno, "/factor_reset"), None),
    ):  # fmt: skip
        assert problem(mori.ask(method, path, body))["code"] == "forbidden", path
    assert not Role.objects.filter(name__in=["写し", "新しい"]).exists()


def test_the_last_administrator_stays(mizuno: Program, cast: Cast) -> None:
    assert problem(mizuno.put(of(cast.mizuno, "/roles"), {"roles": ["rep"]}))["code"] == "last_administrator"
    without = {"powers": ["staff", "import", "audit", "share_views", "erase"]}
    assert problem(mizuno.patch("/roles/administrator", without))["code"] == "last_administrator"


def test_a_token_does_not_become_its_person(mizuno: Program, cast: Cast) -> None:
    assert problem(mizuno.patch(of(cast.mizuno), {"email": "mine@example.jp"}))["code"] == "own_token"
    assert problem(mizuno.post(of(cast.mizuno, "/password_link")))["code"] == "own_token"
    assert problem(mizuno.post(of(cast.mizuno, "/factor_reset")))["code"] == "self"
    same = {"email": "Mizuno@example.jp", "title": "部長"}
    assert said(mizuno.patch(of(cast.mizuno), same))["title"] == "部長"
    browser = Client()
    browser.force_login(cast.mizuno)
    sent = browser.patch(f"/api/v1{of(cast.mizuno)}", {"email": "mine@example.jp"}, "application/json")
    assert sent.status_code == 200
    line = Event.objects.latest("pk")
    assert problem(mizuno.post(f"/events/{line.pk}/undo"))["code"] == "own_token", "nor one's former address"
    assert ApiToken.objects.get(pk=mizuno.token.pk).usable


# Teams


def test_a_team_is_made_renamed_moved_filled_and_dissolved(mizuno: Program, cast: Cast) -> None:
    made = mizuno.post("/teams", {"name": "営業二課", "parent": cast.sales.pk})
    team = said(made)
    assert (made.status_code, team["parent"], made["ETag"]) == (201, cast.sales.pk, '"1"')
    path = f"/teams/{team['id']}"
    moved = mizuno.patch(path, {"parent": None}, If_Match='"1"')
    assert (said(moved)["parent"], said(moved)["label"], moved["ETag"]) == (None, "営業二課", '"2"')
    assert problem(mizuno.patch(path, {"name": "二課"}, If_Match='"1"'))["status"] == 412
    assert said(mizuno.patch(path, {"name": "二課"}))["parent"] is None
    put = said(mizuno.put(f"{path}/people/{cast.senda.uid}", {"leads": True}))
    assert put["members"] == [{"uid": str(cast.senda.uid), "label": "千田 葵", "leads": True}]
    assert problem(mizuno.delete(path))["code"] == "in_use"
    assert said(mizuno.delete(f"{path}/people/{cast.senda.uid}"))["members"] == []
    assert said(mizuno.delete(f"{path}/people/{cast.senda.uid}"))["members"] == []
    assert mizuno.delete(path).status_code == 204
    assert problem(mizuno.get(path))["status"] == 404


def test_a_team_that_cannot_be_is_refused(mizuno: Program, cast: Cast) -> None:
    for method, path, body, field in (
        ("POST", "/teams", {"name": ""}, "name"), ("POST", "/teams", {"name": "関西支店"}, "name"),
        ("POST", "/teams", {"name": "x", "parent": 987654}, "parent"),
        ("POST", "/teams", {"name": "x", "parent": -1}, "parent"),
        ("PATCH", f"/teams/{cast.sales.pk}", {"parent": cast.section.pk}, "parent"),
        ("PATCH", f"/teams/{cast.sales.pk}", {"parent": "営業部"}, "parent"),
        ("PATCH", f"/teams/{cast.sales.pk}", {"name": "x" * 61}, "name"),
    ):  # fmt: skip
        answer = mizuno.ask(method, path, body)
        assert (answer.status_code, problem(answer)["problems"][0]["field"]) == (422, field), body
    assert (Team.objects.count(), Membership.objects.count()) == (3, 4)


# Roles


def test_a_role_is_copied_changed_given_and_removed(mizuno: Program, aoyama: Program, cast: Cast) -> None:
    made = mizuno.post(
        "/roles", {"name": "見習い", "like": "rep", "field_rules": {"accounts": {"note": "hidden"}}}
    )
    role = said(made)
    assert (made.status_code, role["grants"]["*"]["edit"]) == (201, "team")
    path = f"/roles/{role['key']}"
    grants = {"*": {"view": "own"}, "leads": {"view": "all", "create": "all"}}
    changed = mizuno.patch(path, {"grants": grants}, If_Match=made["ETag"])
    assert said(changed)["grants"]["leads"] == {
        "view": "all", "create": "all", "edit": "none", "delete": "none", "export": "none",
    }  # fmt: skip
    assert problem(mizuno.patch(path, {"name": "x"}, If_Match=made["ETag"]))["status"] == 412
    read = said(mizuno.get(path))
    back = {name: read[name] for name in ("name", "powers", "grants", "field_rules")}
    assert said(mizuno.patch(path, back)) == read
    said(mizuno.put(of(cast.aoyama, "/roles"), {"roles": [role["key"]]}))
    account = actions.create("account", {"name": "青葉"}, by=cast.mizuno)
    assert aoyama.get(f"/accounts/{account.uid}").status_code == 404
    assert "note" not in said(aoyama.get("/openapi.json"))["components"]["schemas"]["Account"]["properties"]
    assert said(mizuno.get(path))["people"] == [{"uid": str(cast.aoyama.uid), "label": "青山 凛"}]
    assert {each["key"]: each["held_by"] for each in said(mizuno.get("/roles"))["items"]}[role["key"]] == 1
    assert problem(mizuno.delete(path))["code"] == "in_use"
    said(mizuno.put(of(cast.aoyama, "/roles"), {"roles": ["rep"]}))
    assert mizuno.delete(path).status_code == 204
    assert problem(mizuno.get(path))["status"] == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"grants": {"wishes": {"view": "all"}}}, "grants"), ({"grants": {"account": {"view": "all"}}}, "grants"),
        ({"grants": {"*": {"view": "everything"}}}, "grants"), ({"grants": {"*": {"read": "all"}}}, "grants"),
        ({"grants": ["all"]}, "grants"), ({"powers": ["root"]}, "powers"), ({"name": ""}, "name"),
        ({"name": "課長"}, "name"), ({"field_rules": {"accounts": {"name": "hidden"}}}, "field_rules"),
        ({"field_rules": {"accounts": {"note": "secret"}}}, "field_rules"), ({"key": "boss"}, "key"),
    ],
)  # fmt: skip
def test_a_role_that_cannot_be_is_refused(mizuno: Program, body: Any, field: str) -> None:
    before = Event.objects.count()
    for method, path in (("PATCH", "/roles/rep"), ("POST", "/roles")):
        answer = mizuno.ask(method, path, body if method == "PATCH" else {"name": "見習い", **body})
        assert (answer.status_code, problem(answer)["problems"][0]["field"].split(".")[0]) == (422, field), (
            method
        )
    assert (Event.objects.count(), Role.objects.filter(name="見習い").exists()) == (before, False)


# Why


def test_why_she_sees_it_is_told_as_on_the_page(
    mizuno: Program, aoyama: Program, senda: Program, cast: Cast
) -> None:
    record = actions.create("account", {"name": "青葉", "privacy": "team"}, by=cast.aoyama)
    path = f"/accounts/{record.uid}/why"
    own = said(aoyama.get(path))
    assert own["person"]["label"] == "青山 凛"
    assert own["actions"][0]["steps"][-1] == {"sentence": "この記録の担当者です。", "verdict": "yes"}
    of_senda = said(mizuno.get(f"{path}?person={cast.senda.uid}"))
    assert (of_senda["record"]["label"], of_senda["actions"][0]["allowed"]) == ("非公開の取引先", False)
    assert problem(senda.get(path))["status"] == 404
    assert problem(aoyama.get(f"{path}?person={cast.senda.uid}"))["code"] == "forbidden"
    assert problem(mizuno.get(f"{path}?person=nobody"))["status"] == 404
    plain = Program(cast.mizuno)
    assert problem(plain.get(path))["status"] == 404
    assert problem(plain.get(f"{path}?person={cast.senda.uid}"))["code"] == "scope"


def test_fields_that_a_role_hides_are_named(mizuno: Program, cast: Cast) -> None:
    mizuno.patch("/roles/rep", {"field_rules": {"accounts": {"note": "hidden", "phone": "readonly"}}})
    record = actions.create("account", {"name": "青葉"}, by=cast.mizuno)
    why = said(mizuno.get(f"/accounts/{record.uid}/why?person={cast.senda.uid}"))
    assert (why["hidden"], why["locked"]) == (["備考"], ["電話番号"])
