"""The administrator's pages: fields, their type, choices and tags, kept without a line of code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.customers.models import Account
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.actions import choices, custom_fields, naming, tagging
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.models import Choice, CustomField, Tag
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.mizuno)
    return client


def add(cast: Cast, label: str, kind: str = "text") -> CustomField:
    return custom_fields.add_field("account", kind, label, by=cast.mizuno)


def names() -> list[str]:
    return [field.name for field in vocabulary.fields_of("account").values() if field.custom]


def test_a_field_is_added_edited_retired_and_brought_back(admin: Client, cast: Cast) -> None:
    assert "会社に必要な項目を追加できます" in admin.get("/settings/fields/account/").content.decode()
    assert admin.get("/settings/fields/account/new/").status_code == 200
    form = {
        "label": "席数",
        "type": "integer",
        "section": "基本情報",
        "default": "1,000",
        "hidden_from_roles": ["reader"],
    }
    assert admin.post("/settings/fields/account/new/", form).status_code == 302
    row = CustomField.objects.get()
    assert (row.section, row.default, row.hidden_from_roles) == ("basic", 1000, ["reader"])
    edit = f"/settings/fields/account/{row.key}/edit/"
    assert "1,000" in admin.get(edit).content.decode()
    admin.post(edit, {"label": "座席数", "default": "1,000", "required": "on", "version": "1"})
    row.refresh_from_db()
    assert (row.label, row.required, row.default) == ("座席数", True, 1000)
    admin.post(f"/settings/fields/account/{row.key}/retire/")
    assert names() == []
    admin.post(f"/settings/fields/account/{row.key}/bring-back/")
    assert names() == ["座席数"]


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(admin: Client, cast: Cast) -> None:
    form = {"label": "会社名", "type": "integer", "help": "約で結構です"}
    response = admin.post("/settings/fields/account/new/", form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "すでにあります" in page
    assert "約で結構です" in page


def test_fields_are_moved_by_buttons_and_by_dragging(admin: Client, cast: Cast) -> None:
    a, b, c = (add(cast, name) for name in "ABC")
    keys = {"key": [a.key, b.key, c.key], "section": ["custom", "basic", "custom"]}
    admin.post("/settings/fields/account/order/", {**keys, "up": c.key})
    assert names() == ["A", "C", "B"]
    assert vocabulary.fields_of("account")[b.key].section == "basic"
    admin.post("/settings/fields/account/order/", {"key": [c.key, b.key, a.key], "section": ["custom"] * 3})
    assert names() == ["C", "B", "A"]


def test_another_type_is_shown_first_and_then_done(admin: Client, cast: Cast) -> None:
    row = add(cast, "席数")
    for value in ("12", "約30"):
        actions.create("account", {"name": "A", row.key: value}, by=cast.aoyama)
    address = f"/settings/fields/account/{row.key}/type/"
    page = admin.get(address, {"type": "integer"}).content.decode()
    assert "約30" in page
    assert "1件の値は読み替えられず" in page
    assert CustomField.objects.get().type == "text"
    admin.post(address, {"type": "integer"})
    assert [a.custom.get(row.key) for a in Account.plain.order_by("pk")] == [12, None]
    assert admin.get(address, {"type": "record"}).status_code == 422
    assert admin.get(address, {"type": "no_such"}).status_code == 422


def test_choices_are_added_renamed_ordered_and_replaced(admin: Client, cast: Cast) -> None:
    row = add(cast, "地域", "choice")
    base = f"/settings/choices/account/{row.key}/"
    admin.post(f"{base}add/", {"labels": "東京\n大阪\n\n京都", "colour": "blue"})
    tokyo, osaka, kyoto = Choice.objects.order_by("position")
    actions.create("account", {"name": "A", row.key: "大阪"}, by=cast.aoyama)
    table = {
        "key": [osaka.key, tokyo.key, kyoto.key],
        f"label-{osaka.key}": "関西",
        f"active-{osaka.key}": "1",
    }
    admin.post(base, {**table, f"active-{tokyo.key}": "1"})
    offered = choices.choice_field("account", row.key).type.offered()  # type: ignore[attr-defined]
    assert [(option.name, option.colour) for option in offered] == [("関西", "blue"), ("東京", "blue")]
    admin.post(f"{base}replace/", {"old": osaka.key, "new": tokyo.key})
    assert Account.plain.get().custom[row.key] == tokyo.key
    response = admin.post(base, {"key": [osaka.key], f"label-{osaka.key}": "東京"})
    assert response.status_code == 422
    assert "すでにあります" in response.content.decode()


def test_objects_are_renamed(admin: Client, cast: Cast) -> None:
    admin.post("/settings/fields/account/name/", {"label": "得意先", "label_en": "Customers"})
    assert registry.get("account").name == "得意先"
    assert "得意先" in admin.get("/settings/fields/account/").content.decode()


def test_tags_are_kept_in_order(admin: Client, cast: Cast) -> None:
    admin.post("/settings/tags/", {"do": "add", "name": "展示会", "colour": "red"})
    tag = Tag.objects.get()
    admin.post("/settings/tags/", {"do": "edit", "tag": tag.pk, "name": "展示会2026", "colour": "blue"})
    other = tagging.tag_named("展示会二〇二六", by=cast.mizuno)
    admin.post("/settings/tags/", {"do": "merge", "tag": other.pk, "into": tag.pk})
    admin.post("/settings/tags/", {"do": "retire", "tag": tag.pk})
    assert "使わなくしたタグ" in admin.get("/settings/tags/").content.decode()
    admin.post("/settings/tags/", {"do": "bring_back", "tag": tag.pk})
    tag.refresh_from_db()
    assert (tag.name, tag.colour, tag.retired_at) == ("展示会2026", "blue", None)


def test_a_page_saved_unchanged_offers_to_undo_nothing(admin: Client, cast: Cast) -> None:
    row, tag = add(cast, "座席数"), tagging.tag_named("展示会", by=cast.mizuno)
    naming.rename_object("account", "得意先", by=cast.mizuno)
    actions.create("account", {"name": "青葉商事"}, by=cast.mizuno)
    edit = f"/settings/fields/account/{row.key}/edit/"
    same: dict[str, Any] = {"do": "edit", "tag": tag.pk, "name": "展示会", "colour": tag.colour}
    for address, form in (
        (edit, {"label": "座席数", "version": "1"}),
        ("/settings/fields/account/name/", {"label": "得意先", "label_en": ""}),
        ("/settings/tags/", same),
    ):
        admin.post(address, form)
        page = admin.get("/settings/fields/account/").content.decode()
        assert "保存しました" in page
        assert "/events/" not in page
    admin.post("/settings/tags/", same | {"name": "展示会2026"})
    page = admin.get("/settings/tags/").content.decode()
    assert reverse("records:undo", args=[Event.objects.latest("pk").pk]) in page


def test_nobody_else_finds_these_pages(client: Client, cast: Cast) -> None:
    Company.objects.create(name="シャチホコ商事")
    row = add(cast, "席数", "choice")
    client.force_login(cast.osaki)
    for address in (
        "fields/",
        "fields/account/",
        f"fields/account/{row.key}/edit/",
        "tags/",
        f"choices/account/{row.key}/",
    ):
        assert client.get(f"/settings/{address}").status_code == 404
    for address in (
        "fields/account/order/",
        f"fields/account/{row.key}/retire/",
        f"choices/account/{row.key}/add/",
    ):
        assert client.post(f"/settings/{address}").status_code == 404
    assert names() == ["席数"]


def test_what_does_not_exist_is_not_found(admin: Client, cast: Cast) -> None:
    for address in (
        "fields/no_such/",
        "fields/account/no_such/edit/",
        "choices/account/name/",
        "choices/x/y/",
    ):
        assert admin.get(f"/settings/{address}").status_code == 404
