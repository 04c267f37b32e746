"""Views are kept, shared, thrown away and brought back; a private one is unknown to everybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from daifuku.ledger.models import Event
from daifuku.records import saved_views, undoing
from daifuku.records.actions import view_guests, views
from daifuku.records.models import CatalogueVersion, CustomField, View
from daifuku.records.tests.vocabulary_of_tests import add_custom_fields
from daifuku.staff.models import Company, Person, Role
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
RANK = {"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]}
GOOD = {
    "name": "優良客",
    "condition": RANK,
    "columns": [{"field": "name", "width": 240}, {"field": "rank"}],
    "sort": "-name",
}


def last() -> Event:
    return Event.objects.latest("pk")


def fresh(person: Person) -> Viewer:
    return Viewer(Person.objects.get(pk=person.pk))


def keys(person: Person, object_key: str = "account") -> tuple[list[str], list[str]]:
    offered = saved_views.for_person(fresh(person), object_key)
    return [view.name for view in offered.shown], [view.name for view in offered.others]


def test_a_view_is_kept_with_its_line_and_resolved(cast: Cast) -> None:
    view = views.create_view("account", GOOD, by=cast.aoyama)
    assert (last().kind, last().data["name"]) == ("view.created", "優良客")
    found = saved_views.find(fresh(cast.aoyama), "account", view.key)
    assert found.mine
    resolved = saved_views.resolve(found, fresh(cast.aoyama), "account")
    assert [(column.field.key, column.width) for column in resolved.columns] == [
        ("name", 240),
        ("rank", None),
    ]
    assert (resolved.condition.to_json(), resolved.sort, resolved.problems) == (RANK, "-name", [])


def test_a_private_view_is_unknown_to_everybody_else(cast: Cast) -> None:
    view = views.create_view("account", GOOD, by=cast.aoyama)
    for person in (cast.baba, cast.osaki, cast.mizuno):
        with pytest.raises(NotFound):
            saved_views.find(fresh(person), "account", view.key)
        for verb in (
            lambda who: views.edit_view(view, {"name": "X"}, by=who),
            lambda who: views.trash_view(view, by=who),
            lambda who: views.pin_view("account", view.key, by=who),
            lambda who: views.open_by_default("account", view.key, by=who),
        ):
            with pytest.raises(NotFound):
                verb(Person.objects.get(pk=person.pk))
    assert keys(cast.baba) == (["すべて", "自分の担当", "最近更新"], [])
    assert View.objects.get().name == "優良客"


def test_sharing_needs_the_power_and_lets_others_see_but_not_change(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        views.create_view("account", {**GOOD, "shared": True}, by=cast.aoyama)
    with pytest.raises(Forbidden):
        views.share_view(views.create_view("account", GOOD, by=cast.aoyama), by=cast.aoyama)
    view = views.create_view("account", {**GOOD, "shared": True}, by=cast.osaki)
    assert not saved_views.find(fresh(cast.aoyama), "account", view.key).mine
    assert saved_views.find(fresh(cast.mori), "account", view.key).mine
    with pytest.raises(Forbidden):
        views.edit_view(view, {"name": "X"}, by=cast.aoyama)
    views.edit_view(view, {"name": "重要"}, by=cast.mori)
    assert keys(cast.aoyama)[1] == ["優良客", "重要"]
    views.share_view(view, by=cast.osaki, shared=False)
    assert keys(cast.aoyama)[1] == ["優良客"]


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"name": ""}, "name", "required"),
        ({"name": 7}, "name", "required"),
        ({"name": "あ" * 61}, "name", "too_long"),
        ({"condition": "rank"}, "condition", "type"),
        ({"condition": {"field": "nothing", "op": "empty"}}, "nothing", "unknown_field"),
        ({"columns": "name"}, "columns", "type"),
        ({"columns": ["name"]}, "columns", "unknown_field"),
        ({"columns": [{"field": ["name"]}]}, "columns", "unknown_field"),
        ({"columns": [{"field": "name", "width": "wide"}]}, "columns", "type"),
        ({"columns": [{"field": "name", "width": 9}]}, "columns", "type"),
        ({"columns": [{"field": "name"}] * 61}, "columns", "type"),
        ({"sort": "nothing"}, "sort", "unknown_field"),
        ({"sort": ["name"]}, "sort", "unknown_field"),
        ({"shared": "yes"}, "shared", "type"),
        ({"owner": 1}, "owner", "unknown_field"),
    ],
)
def test_wrong_input_is_refused_and_nothing_is_kept(cast: Cast, values: Any, field: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        views.create_view("account", {**GOOD, **values}, by=cast.aoyama)
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [(field, code)]
    assert View.objects.count() == Event.objects.count() == 0


def test_who_may_not_see_an_object_keeps_no_views_of_it(cast: Cast) -> None:
    Role.objects.filter(key="reader").update(grants={"*": {"view": "none"}})
    with pytest.raises(Forbidden):
        views.create_view("account", GOOD, by=cast.eguchi)


def test_edit_and_trash_are_undone(cast: Cast) -> None:
    view = views.create_view("account", GOOD, by=cast.aoyama)
    created = last()
    views.edit_view(view, {"name": "別名", "sort": "name"}, by=cast.aoyama, version=1)
    with pytest.raises(Stale):
        views.edit_view(view, {"name": "Z"}, by=cast.aoyama, version=1)
    undoing.undo(last(), by=cast.aoyama)
    view.refresh_from_db()
    assert (view.name, view.sort) == ("優良客", "-name")
    views.trash_view(view, by=cast.aoyama)
    assert keys(cast.aoyama)[1] == []
    undoing.undo(last(), by=cast.aoyama)
    assert keys(cast.aoyama)[1] == ["優良客"]
    with pytest.raises(NotFound):
        undoing.undo(created, by=cast.baba)
    undoing.undo(created, by=cast.aoyama)
    assert keys(cast.aoyama)[1] == []
    with pytest.raises(Conflict):
        undoing.undo(created, by=cast.aoyama)


def test_an_edit_that_changes_nothing_writes_nothing(cast: Cast) -> None:
    view = views.create_view("account", GOOD, by=cast.aoyama)
    views.edit_view(view, GOOD, by=cast.aoyama)
    assert Event.objects.count() == 1


def test_tabs_are_everybodys_own(cast: Cast) -> None:
    view = views.create_view("account", {**GOOD, "shared": True}, by=cast.osaki)
    views.pin_view("account", view.key, by=cast.aoyama)
    views.pin_view("account", "recent", by=cast.aoyama, pinned=False)
    assert keys(cast.aoyama) == (["すべて", "自分の担当", "優良客"], ["最近更新"])
    assert keys(cast.baba) == (["すべて", "自分の担当", "最近更新"], ["優良客"])
    undoing.undo(last(), by=cast.aoyama)
    assert keys(cast.aoyama)[1] == []


def test_a_list_opens_with_the_chosen_view_while_it_is_there(cast: Cast) -> None:
    view = views.create_view("account", {**GOOD, "shared": True}, by=cast.osaki)
    assert saved_views.find(fresh(cast.aoyama), "account", "").key == "all"
    views.open_by_default("account", "mine", by=cast.aoyama)
    views.open_by_default("account", view.key, by=cast.aoyama)
    assert saved_views.find(fresh(cast.aoyama), "account", "").key == view.key
    assert saved_views.find(fresh(cast.baba), "account", "").key == "all"
    undoing.undo(last(), by=cast.aoyama)
    assert saved_views.find(fresh(cast.aoyama), "account", "").key == "mine"
    views.open_by_default("account", view.key, by=cast.aoyama)
    views.trash_view(view, by=cast.osaki)
    assert saved_views.find(fresh(cast.aoyama), "account", "").key == "all"


@pytest.mark.parametrize("key", ["nothing", "0198c1b0-0000-7000-8000-00000000abcd", "\x00", "../all", "1"])
def test_an_unknown_view_is_not_found(cast: Cast, key: str) -> None:
    with pytest.raises(NotFound):
        saved_views.find(fresh(cast.aoyama), "account", key)


def test_a_view_of_another_object_is_not_found(cast: Cast) -> None:
    view = views.create_view("account", GOOD, by=cast.aoyama)
    with pytest.raises(NotFound):
        saved_views.find(fresh(cast.aoyama), "contact", view.key)


def test_a_view_tells_what_of_it_is_gone_or_hidden(cast: Cast) -> None:
    add_custom_fields("account")
    written = {
        "name": "項目の多いビュー", "sort": "memo",
        "columns": [{"field": "name"}, {"field": "memo"}, {"field": "phone"}],
        "condition": {"all": [*RANK["all"], {"field": "memo", "op": "filled"}]}, "shared": True,
    }  # fmt: skip
    view = views.create_view("account", written, by=cast.osaki)
    CustomField.objects.filter(key="memo").delete()
    CatalogueVersion.bump()
    Role.objects.filter(key="rep").update(field_rules={"account": {"phone": "hidden"}})
    resolved = saved_views.resolve(view, fresh(cast.aoyama), "account")
    assert [column.field.key for column in resolved.columns] == ["name"]
    assert [(problem.field, problem.code) for problem in resolved.problems] == [
        ("memo", "unknown_field"), ("phone", "unknown_field"), ("memo", "unknown_field"), ("sort", "unknown_field"),
    ]  # fmt: skip
    assert resolved.sort == "name"
    only = views.create_view("account", {"name": "電話だけ", "columns": [{"field": "phone"}]}, by=cast.osaki)
    assert len(saved_views.resolve(only, fresh(cast.aoyama), "account").columns) > 1


def test_the_pages_keep_pin_open_and_trash_a_view(cast: Cast, client: Client) -> None:
    client.force_login(cast.aoyama)
    saved = client.post(
        "/accounts/views/save/",
        {"view": "all", "name": "ページから", "f.rank": "a", "cols": "name:300,rank", "sort": "-name"},
    )
    view = View.objects.get()
    assert saved.headers["Location"].endswith(f"?view={view.key}")
    assert view.condition["all"][-1]["field"] == "rank"
    assert (view.columns, view.sort) == ([{"field": "name", "width": 300}, {"field": "rank"}], "-name")
    assert "ページから" in client.get(saved.headers["Location"]).content.decode()
    for what in ("pin", "default"):
        assert client.post(f"/accounts/views/{view.key}/{what}/").status_code == 302
    assert keys(cast.aoyama)[0][-1] == "ページから"
    assert saved_views.find(fresh(cast.aoyama), "account", "").key == view.key
    over = {"view": view.key, "over": view.key, "sort": "name"}
    for differs in (True, False):
        assert client.post("/accounts/views/save/", over).status_code == 302
        assert ("/events/" in client.get("/").content.decode()) is differs
    client.force_login(cast.baba)
    for address in (f"{view.key}/pin", f"{view.key}/trash", f"{view.key}/default", "all/trash"):
        assert client.post(f"/accounts/views/{address}/").status_code == 404
    assert client.get(f"/accounts/?view={view.key}").status_code == 404
    client.force_login(cast.aoyama)
    assert client.post(f"/accounts/views/{view.key}/trash/").status_code == 302
    assert client.get("/accounts/").status_code == 200


def test_a_view_is_shown_to_chosen_people_and_teams(cast: Cast) -> None:
    Role.objects.filter(key="rep").update(powers=["share_views"])
    aoyama = Person.objects.get(pk=cast.aoyama.pk)
    view = views.create_view("account", GOOD, by=aoyama)
    view_guests.show_view_to(view, [(cast.baba, True), (cast.other, False)], by=aoyama)
    for person, mine in ((cast.aoyama, True), (cast.baba, True), (cast.senda, False)):
        assert saved_views.find(fresh(person), "account", view.key).mine is mine
        assert "優良客" in keys(person)[1]
    for person in (cast.osaki, cast.eguchi):
        with pytest.raises(NotFound):
            saved_views.find(fresh(person), "account", view.key)
    views.edit_view(view, {"sort": "name"}, by=Person.objects.get(pk=cast.baba.pk))
    assert View.objects.get().sort == "name"
    with pytest.raises(Forbidden):
        views.edit_view(view, {"sort": "-name"}, by=Person.objects.get(pk=cast.senda.pk))


def test_guests_may_neither_share_nor_throw_away(cast: Cast) -> None:
    Role.objects.filter(key="rep").update(powers=["share_views"])
    view = views.create_view("account", GOOD, by=Person.objects.get(pk=cast.aoyama.pk))
    view_guests.show_view_to(view, [(cast.baba, True)], by=Person.objects.get(pk=cast.aoyama.pk))
    baba = Person.objects.get(pk=cast.baba.pk)
    for verb in (
        lambda: view_guests.show_view_to(view, [(cast.senda, True)], by=baba),
        lambda: views.trash_view(view, by=baba),
        lambda: views.share_view(view, by=baba),
    ):
        with pytest.raises(Forbidden):
            verb()


def test_sharing_with_some_needs_the_power_and_is_undone(cast: Cast) -> None:
    view = views.create_view("account", GOOD, by=cast.aoyama)
    with pytest.raises(Forbidden):
        view_guests.show_view_to(view, [(cast.baba, False)], by=cast.aoyama)
    Role.objects.filter(key="rep").update(powers=["share_views"])
    aoyama = Person.objects.get(pk=cast.aoyama.pk)
    view_guests.show_view_to(view, [(cast.baba, False)], by=aoyama)
    first = last()
    assert (first.kind, first.data["new"]) == ("view.guests", [{"person": cast.baba.pk, "may_change": False}])
    view_guests.show_view_to(view, [(cast.baba, False)], by=aoyama)
    assert last() == first
    undoing.undo(first, by=aoyama)
    assert view_guests.guests_of(view) == []
    with pytest.raises(NotFound):
        saved_views.find(fresh(cast.baba), "account", view.key)


def test_the_page_of_guests(cast: Cast, client: Client) -> None:
    Company.objects.create(name="シャチホコ商事")
    Role.objects.filter(key="rep").update(powers=["share_views"])
    view = views.create_view("account", GOOD, by=Person.objects.get(pk=cast.aoyama.pk))
    client.force_login(cast.aoyama)
    address = f"/accounts/views/{view.key}/guests/"
    assert address in client.get(f"/accounts/?view={view.key}").content.decode()
    client.post(address, {"guest": [f"team:{cast.other.pk}"], "change-new": "1"})
    client.post(address, {"guest": [f"team:{cast.other.pk}", f"person:{cast.baba.pk}"], "everybody": "1"})
    assert view_guests.guests_of(view) == [(cast.baba, False), (cast.other, False)]
    assert View.objects.get().shared
    page = client.get(address).content.decode()
    assert f'value="team:{cast.other.pk}" checked' in page
    client.force_login(cast.senda)
    assert client.get(address).status_code == 200
    View.objects.update(shared=False)
    assert client.get(address).status_code == 403
    client.force_login(cast.osaki)
    assert client.get(address).status_code == 404
