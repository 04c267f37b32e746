"""The pages about people, invitations, teams, roles and the firm: for whoever has the power, and for nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daifuku.ledger.models import Event
from daifuku.staff.models import Company, Invitation, Membership, Person, Role, Team
from daifuku.staff.testing import PASSWORD, Cast
from daifuku.staff.viewer import Viewer

pytestmark = pytest.mark.django_db


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def pages_of(cast: Cast) -> list[tuple[str, str]]:
    """Method and address of everything that needs the power over people."""
    one = f"/settings/people/{cast.aoyama.uid}"
    role = Role.objects.get(key="rep").pk
    return [
        ("get", "/settings/people/"), ("get", f"{one}/"), ("post", f"{one}/edit/"), ("post", f"{one}/roles/"),
        ("post", f"{one}/teams/"), ("post", f"{one}/teams/{cast.section.pk}/leave/"), ("post", f"{one}/absence/"),
        ("post", f"{one}/leave/"), ("post", f"{one}/return/"), ("post", f"{one}/sign-out/"),
        ("post", f"{one}/factor-reset/"), ("post", f"{one}/password-link/"), ("get", "/settings/invitations/"),
        ("post", "/settings/invitations/"), ("post", "/settings/invitations/1/revoke/"), ("get", "/settings/teams/"),
        ("post", "/settings/teams/"), ("get", f"/settings/teams/{cast.section.pk}/"),
        ("post", f"/settings/teams/{cast.section.pk}/people/"),
        ("post", f"/settings/teams/{cast.section.pk}/people/{cast.aoyama.pk}/remove/"),
        ("post", f"/settings/teams/{cast.section.pk}/people/{cast.aoyama.pk}/lead/"),
        ("post", f"/settings/teams/{cast.section.pk}/dissolve/"), ("get", "/settings/roles/"),
        ("get", f"/settings/roles/{role}/"), ("post", f"/settings/roles/{role}/"),
        ("post", f"/settings/roles/{role}/remove/"), ("get", "/settings/company/"), ("post", "/settings/company/"),
    ]  # fmt: skip


def everything() -> list[Any]:
    """All rows, but for the moments of signing in."""
    tables = (Person, Membership, Role, Team, Invitation)
    rows = [row for table in tables for row in table.objects.order_by("pk").values()]
    return [{name: value for name, value in row.items() if name != "last_login"} for row in rows]


def test_for_everybody_else_these_pages_are_not_there(cast: Cast) -> None:
    before = everything()
    for person in (cast.aoyama, cast.osaki, cast.eguchi):
        client = as_(person)
        for method, address in pages_of(cast):
            assert getattr(client, method)(address).status_code == 404, (person, method, address)
    assert everything() == before
    assert not Event.objects.exists()


def test_looking_changes_nothing(cast: Cast) -> None:
    client = as_(cast.mizuno)
    for method, address in pages_of(cast):
        answer = client.get(address)
        assert (
            answer.status_code == (200 if method == "get" else 405 if "/" in address else 0)
            or method == "post"
        )
        if method == "get":
            assert answer.status_code == 200, address
    assert not Event.objects.exists()


def test_the_list_asks_the_database_the_same_number_of_times_whatever_the_number_of_people(
    cast: Cast,
) -> None:
    client = as_(cast.mizuno)
    client.get("/settings/people/")
    with CaptureQueriesContext(connection) as few:
        client.get("/settings/people/")
    for number in range(30):
        person = Person.objects.create_user(f"p{number}@example.jp", None, family_name=f"社員{number}")
        person.roles.add(Role.objects.get(key="rep"))
        Membership.objects.create(person=person, team=cast.section)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/settings/people/")
    assert len(many) == len(few)
    assert "社員29" in page.content.decode()


def test_people_are_found_by_name_and_those_who_left_are_apart(cast: Cast) -> None:
    client = as_(cast.mizuno)
    assert [row[0] for row in client.get("/settings/people/", {"q": "青"}).context["rows"]] == [cast.aoyama]
    client.post(
        f"/settings/people/{cast.senda.uid}/leave/", {"on": "2026-11-22", "successor": cast.aoyama.pk}
    )
    assert cast.senda not in [row[0] for row in client.get("/settings/people/").context["rows"]]
    assert [row[0] for row in client.get("/settings/people/", {"left": "1"}).context["rows"]] == [cast.senda]
    page = client.get(f"/settings/people/{cast.senda.uid}/").content.decode()
    assert "2026/11/22 に退職しました" in page
    client.post(f"/settings/people/{cast.senda.uid}/return/")
    assert Person.objects.get(pk=cast.senda.pk).is_active


def test_a_person_is_edited_on_his_page(cast: Cast) -> None:
    client, address = as_(cast.mizuno), f"/settings/people/{cast.aoyama.uid}/"
    form = {
        "family_name": "青山",
        "given_name": "凛",
        "family_kana": "アオヤマ",
        "email": "aoyama@example.jp",
        "title": "係長",
    }
    assert client.post(f"{address}edit/", form)["Location"] == address
    assert Person.objects.get(pk=cast.aoyama.pk).title == "係長"
    page = client.get(address)
    assert "水野 誠が青山 凛の情報を変更しました" in page.content.decode()
    undo = re.search(r'action="([^"]*/undo/)"', page.content.decode())
    assert undo
    client.post(undo.group(1))
    assert Person.objects.get(pk=cast.aoyama.pk).title == ""


def test_a_wrong_entry_keeps_what_was_typed(cast: Cast) -> None:
    client, address = as_(cast.mizuno), f"/settings/people/{cast.aoyama.uid}/"
    page = client.post(f"{address}edit/", {"family_name": "", "title": "係長", "email": "baba@example.jp"})
    assert page.status_code == 422
    assert 'value="係長"' in page.content.decode()
    page = client.post(f"{address}edit/", {"family_name": "青山", "email": "baba@example.jp"})
    assert "すでに使われています" in page.content.decode()
    page = client.post(f"{address}absence/", {"absent_from": "2026-12-04", "absent_until": "2026-12-01"})
    assert page.status_code == 422
    assert page.context["absence"].errors.keys() == {"absent_until"}


def test_roles_and_teams_are_changed_on_the_page(cast: Cast) -> None:
    client, address = as_(cast.mizuno), f"/settings/people/{cast.aoyama.uid}/"
    roles = list(Role.objects.filter(key__in=["rep", "clerk"]).values_list("pk", flat=True))
    client.post(f"{address}roles/", {"roles": roles})
    assert Viewer(Person.objects.get(pk=cast.aoyama.pk)).has_power("import")
    client.post(f"{address}teams/", {"team": cast.other.pk, "leads": "on"})
    assert Membership.objects.get(person=cast.aoyama, team=cast.other).leads
    client.post(f"{address}teams/{cast.other.pk}/leave/")
    assert not Membership.objects.filter(person=cast.aoyama, team=cast.other).exists()


def test_the_last_administrator_is_told_and_kept(cast: Cast) -> None:
    client = as_(cast.mizuno)
    page = client.post(f"/settings/people/{cast.mizuno.uid}/roles/", {"roles": []})
    assert page.status_code == 422
    assert "管理者が一人もいなくなる" in page.content.decode()


def test_an_invitation_shows_its_link_once_and_the_invited_one_comes_in(cast: Cast) -> None:
    client = as_(cast.mizuno)
    form = {"email": "nagoya@example.jp", "family_name": "名古屋", "roles": [Role.objects.get(key="rep").pk]}
    page = client.post("/settings/invitations/", {**form, "team": cast.section.pk})
    link = page.context["invited"].link
    assert link in page.content.decode()
    assert link not in client.get("/settings/invitations/").content.decode()
    assert not mail.outbox
    guest, path = Client(), link.removeprefix("http://localhost:8000")
    assert "水野 誠 さんの招待" in guest.get(path).content.decode()
    weak = guest.post(path, {"family_name": "名古屋", "password": "12345678901"})
    assert (weak.status_code, "password" in weak.context["form"].errors) == (422, True)
    answer = guest.post(path, {"family_name": "名古屋", "given_name": "城", "password": PASSWORD})
    assert answer["Location"] == "/"
    person = Person.objects.get(email="nagoya@example.jp")
    assert guest.session["_auth_user_id"] == str(person.pk)
    assert Client().get(path).status_code == Client().get("/join/invented/").status_code == 404
    assert as_(cast.baba).get(path).status_code == 404


def test_with_a_mail_server_the_link_is_mailed_and_a_refusal_is_told(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST = "mail.example.jp"
    form = {"email": "nagoya@example.jp", "roles": [Role.objects.get(key="rep").pk]}
    page = as_(cast.mizuno).post("/settings/invitations/", form)
    (sent,) = mail.outbox
    assert sent.to == ["nagoya@example.jp"]
    assert page.context["invited"].link in sent.body
    assert "招待メールを送りました" in page.content.decode()
    settings.EMAIL_BACKEND = "daifuku.staff.tests.test_people_pages.Broken"
    page = as_(cast.mizuno).post("/settings/invitations/", form)
    assert page.status_code == 200
    assert "送れませんでした" in page.content.decode()


class Broken:
    """A mail system that is out of order."""

    def __init__(self, **options: Any) -> None:
        pass

    def send_messages(self, messages: list[Any]) -> int:
        raise OSError("no route")


def test_an_invitation_is_revoked(cast: Cast) -> None:
    client = as_(cast.mizuno)
    page = client.post(
        "/settings/invitations/", {"email": "x@example.jp", "roles": [Role.objects.get(key="rep").pk]}
    )
    client.post(f"/settings/invitations/{Invitation.objects.get().pk}/revoke/")
    assert Client().get(page.context["invited"].link.removeprefix("http://localhost:8000")).status_code == 404


def test_teams_are_made_moved_and_dissolved_on_their_pages(cast: Cast) -> None:
    client = as_(cast.mizuno)
    made = client.post("/settings/teams/", {"name": "営業二課", "parent": cast.sales.pk})
    team = Team.objects.get(name="営業二課")
    assert made["Location"] == f"/settings/teams/{team.pk}/"
    tree = [(branch.team.name, branch.depth) for branch in client.get("/settings/teams/").context["tree"]]
    assert tree.index(("営業部", 0)) < tree.index(("営業二課", 1))
    client.post(f"/settings/teams/{team.pk}/people/", {"person": cast.senda.pk})
    client.post(f"/settings/teams/{team.pk}/people/{cast.senda.pk}/lead/")
    assert Membership.objects.get(team=team, person=cast.senda).leads
    client.post(f"/settings/teams/{team.pk}/people/{cast.senda.pk}/remove/")
    loop = client.post(
        f"/settings/teams/{cast.sales.pk}/", {"name": "営業部", "parent": team.pk, "version": 1}
    )
    assert loop.status_code == 422
    assert "下位のチームの下には移せません" in loop.content.decode()
    client.post(f"/settings/teams/{team.pk}/dissolve/")
    assert not Team.objects.filter(pk=team.pk).exists()


def test_a_role_is_edited_as_a_table(cast: Cast) -> None:
    client, role = as_(cast.mizuno), Role.objects.get(key="rep")
    address = f"/settings/roles/{role.pk}/"
    page = client.get(address)
    form = {"name": "営業担当", "version": role.version, "powers": ["share_views"]}
    for row in page.context["table"]:
        form |= {cell.name: cell.chosen for cell in row.cells}
    form |= {"grant.account.edit": "own", "rule.account.phone": "hidden"}
    assert client.post(address, form)["Location"] == address
    viewer = Viewer(Person.objects.get(pk=cast.aoyama.pk))
    assert (viewer.scope("account", "edit"), viewer.scope("account", "view")) == ("own", "all")
    assert viewer.scope("contact", "edit") == "team"
    assert viewer.hidden_fields("account") == {"phone"}
    assert viewer.has_power("share_views")
    stale = client.post(address, form)
    assert stale.status_code == 412


def test_a_role_is_made_like_another_and_removed(cast: Cast) -> None:
    client = as_(cast.mizuno)
    client.post("/settings/roles/", {"name": "支店長", "like": Role.objects.get(key="manager").pk})
    made = Role.objects.get(name="支店長")
    assert made.grants == Role.objects.get(key="manager").grants
    client.post(f"/settings/roles/{made.pk}/remove/")
    assert not Role.objects.filter(pk=made.pk).exists()
    assert client.post(f"/settings/roles/{Role.objects.get(key='rep').pk}/remove/").status_code == 409


def test_the_firms_particulars_are_saved_and_a_second_save_is_told(cast: Cast) -> None:
    client, company = as_(cast.mizuno), Company.objects.get()
    form = {"name": "鯱商事", "fiscal_start_month": "10", "version": company.version}
    assert client.post("/settings/company/", form)["Location"] == "/settings/company/"
    assert Company.objects.get().fiscal_start_month == 10
    assert client.post("/settings/company/", form | {"name": "別"}).status_code == 412
    wrong = client.post("/settings/company/", form | {"version": 2, "corporate_number": "1234567890123"})
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["corporate_number"]


def test_ones_own_pages_save_ones_own_data_only(cast: Cast) -> None:
    client = as_(cast.aoyama)
    form = {
        "family_name": "青山",
        "given_name": "凛",
        "title": "主任",
        "email": "x@example.jp",
        "is_active": "",
        "roles": "8",
    }
    assert client.post("/account/profile/", form)["Location"] == "/account/profile/"
    client.post("/account/appearance/", {"language": "en", "theme": "dark", "roomy": "1"})
    client.post(
        "/account/absence/", {"absent_from": "2026-12-01", "absent_until": "", "substitute": cast.baba.pk}
    )
    stored = Person.objects.get(pk=cast.aoyama.pk)
    assert (stored.title, stored.email, stored.is_active) == ("主任", "aoyama@example.jp", True)
    assert (stored.language, stored.theme, stored.roomy, stored.substitute) == ("en", "dark", True, cast.baba)
    assert [role.key for role in stored.roles.all()] == ["rep"]


def test_html_in_names_stays_text(cast: Cast) -> None:
    nasty = '"><script>alert(1)</script>'
    Person.objects.filter(pk=cast.aoyama.pk).update(family_name=nasty, title=nasty)
    Team.objects.filter(pk=cast.section.pk).update(name=nasty)
    Role.objects.filter(key="rep").update(name=nasty)
    client = as_(cast.mizuno)
    for method, address in pages_of(cast):
        if method == "get":
            assert "<script>alert" not in client.get(address).content.decode(), address
