"""The page of a record is laid out by the firm: sections, fields, panels, as a draft until it is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.foundation.errors import Conflict, Forbidden, Invalid, Stale
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.actions import custom_fields, layouts
from daifuku.records.catalogue import vocabulary
from daifuku.records.models import CustomField, Layout, LayoutDraft
from daifuku.records.undoing import undo
from daifuku.staff.models import Company, Role

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
PAGE = "/settings/layout/account/"


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.mizuno)
    return client


def content(*sections: tuple[str, list[str]], **more: Any) -> dict[str, Any]:
    return {"sections": [{"key": key, "fields": fields} for key, fields in sections], **more}


def items(body: dict[str, Any] | None = None) -> list[str]:
    """The form of the desk as it stands."""
    found, desk = [], vocabulary.layout_of("account")
    for column in ("fields", "main", "side"):
        found.append(f"column {column}")
        for section in desk.sections:
            if section.column == column:
                found += [f"section {section.key}", *(f"field {key}" for key in section.fields)]
        found += [f"panel {key}" for key, place in desk.panels if place == column]
    return [*found, "out", *(f"field {key}" for key in desk.left_out)]


def keys_of(section: str) -> list[str]:
    return next(list(each.fields) for each in vocabulary.layout_of("account").sections if each.key == section)


def test_a_layout_is_worn_by_page_form_and_names_of_sections(admin: Client, cast: Cast) -> None:
    account = actions.create(
        "account", {"name": "青葉商事", "fax": "0312345678", "rank": "a"}, by=cast.mizuno
    )
    before = vocabulary.sections_of("account")
    wanted = content(("basic", ["rank", "name"]), ("決算", ["closing_day"]), left_out=["fax"])
    wanted["sections"][0]["label"] = "概要"
    layouts.apply_layout("account", wanted, by=cast.mizuno)
    assert [name for _key, name in vocabulary.sections_of("account")][:2] == ["概要", "決算"]
    page = admin.get(account.get_absolute_url()).content.decode()
    page = page[page.index(">概要<") :]
    assert page.index(">概要<") < page.index("ランク") < page.index("会社名")
    assert "FAX" not in page.split('id="timeline"')[0]
    form = admin.get(f"{account.get_absolute_url()}edit/").content.decode()
    assert 'name="fax"' not in form
    assert form.index('name="rank"') < form.index('name="name"')
    admin.post(f"{account.get_absolute_url()}edit/", {"name": "青葉商会", "opened": "{}"})
    account.refresh_from_db()
    assert account.fax  # what is not asked is not emptied
    event = Event.objects.filter(kind="layout.applied").latest("pk")
    assert event.actor_id == cast.mizuno.pk
    undo(event, by=cast.mizuno)
    assert vocabulary.sections_of("account") == before


def test_sections_and_panels_stand_in_the_column_that_was_chosen(admin: Client, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉商事", "note": "大切な客"}, by=cast.mizuno)
    wanted = content(("basic", []), ("terms", ["note"]), panels=[{"key": "comments", "column": "side"}])
    wanted["sections"][1]["column"] = "side"
    layouts.apply_layout("account", wanted, by=cast.mizuno)
    page = admin.get(account.get_absolute_url()).content.decode()
    side = page.split("record-side")[1]
    assert "大切な客" in side
    assert 'id="panel-comments"' in side


def test_a_new_field_follows_in_its_section_and_a_moved_one_keeps_step(cast: Cast) -> None:
    layouts.apply_layout("account", content(("terms", ["note"]), ("basic", ["name"])), by=cast.mizuno)
    row = custom_fields.add_field("account", "text", "決算月", by=cast.mizuno, section="terms")
    assert keys_of("terms")[-1] == row.key
    custom_fields.edit_field(row, {"section": "basic"}, by=cast.mizuno)
    assert keys_of("basic")[-1] == row.key
    layouts.apply_layout("account", content(("沿革", [row.key, "traded_since"])), by=cast.mizuno)
    row.refresh_from_db()
    assert row.section == "沿革"  # so it is told by the page of fields, and where the layout is reset
    layouts.reset_layout("account", by=cast.mizuno)
    assert vocabulary.sections_of("account")[-1] == ("沿革", "沿革")
    undo(Event.objects.filter(kind="layout.reset").latest("pk"), by=cast.mizuno)
    assert keys_of("沿革") == [row.key, "traded_since"]


def test_fields_of_ones_own_are_ordered_in_the_layout_as_well(cast: Cast) -> None:
    a, b = (custom_fields.add_field("account", "text", name, by=cast.mizuno).key for name in "AB")
    layouts.apply_layout("account", content(("basic", [a, "name", b])), by=cast.mizuno)
    custom_fields.order_fields("account", [(b, "basic"), (a, "basic")], by=cast.mizuno)
    assert keys_of("basic")[:3] == [b, "name", a]
    custom_fields.order_fields("account", [(b, "custom"), (a, "basic")], by=cast.mizuno)
    assert keys_of("custom") == [b]


def test_what_cannot_be_is_refused_with_a_sentence(cast: Cast) -> None:
    for wrong, code in (
        (content(("basic", ["name", "name"])), "unknown_field"),
        (content(("basic", ["nothing"])), "unknown_field"),
        (content(("basic", []), left_out=["name"]), "required"),
        (content(("a", []), ("a", [])), "label_taken"),
        (content(("", [])), "required"),
        (content(("x" * 41, [])), "too_long"),
        (content(), "required"),
        (content(("basic", []), panels=[{"key": "nothing", "column": "main"}]), "choice"),
        ({"sections": [{"key": "basic", "column": "middle"}]}, "choice"),
        ({"sections": ["basic", None, 7]}, "type"),
    ):
        with pytest.raises(Invalid) as refused:
            layouts.apply_layout("account", wrong, by=cast.mizuno)
        assert refused.value.problems[0].code == code, wrong
    with pytest.raises(Forbidden):
        layouts.apply_layout("account", content(("basic", [])), by=cast.aoyama)
    assert not Event.objects.filter(kind__startswith="layout.").exists()


def test_the_second_of_two_is_told_and_done_twice_is_done_once(cast: Cast) -> None:
    wanted = content(("basic", ["name"]))
    first = layouts.apply_layout("account", wanted, by=cast.mizuno, version=0)
    with pytest.raises(Stale):
        layouts.apply_layout("account", content(("terms", ["note"])), by=cast.mizuno, version=0)
    again = layouts.apply_layout("account", wanted, by=cast.mizuno)
    assert again.version == first.version == 1
    event = Event.objects.get(kind="layout.applied")
    layouts.apply_layout("account", content(("terms", ["note"])), by=cast.mizuno)
    with pytest.raises(Conflict):
        undo(event, by=cast.mizuno)


def test_a_required_field_comes_back_to_the_page_and_a_retired_one_is_no_trouble(cast: Cast) -> None:
    row = custom_fields.add_field("account", "text", "紹介者", by=cast.mizuno)
    layouts.apply_layout("account", content(("basic", []), left_out=[row.key]), by=cast.mizuno)
    assert not vocabulary.fields_of("account")[row.key].on_page
    custom_fields.edit_field(row, {"required": True}, by=cast.mizuno)
    assert vocabulary.fields_of("account")[row.key].on_page
    custom_fields.retire_field(row, by=cast.mizuno)
    assert row.key not in vocabulary.layout_of("account").left_out


def test_the_desk_moves_by_buttons_and_nobody_else_sees_the_draft(admin: Client, cast: Cast) -> None:
    assert "ページに出さない項目" in admin.get(PAGE).content.decode()
    shipped = items()
    admin.post(PAGE, {"item": shipped, "step": "down field name", "base": "0"})
    draft = LayoutDraft.objects.get()
    assert draft.content["sections"][0]["fields"][:2] == ["kana", "name"]
    assert items() == shipped
    answer = admin.post(PAGE, {"item": shipped, "step": "up field phone"}, headers={"HX-Request": "true"})
    assert "「電話番号」を「基本情報」" in answer.content.decode()
    admin.post(PAGE, {"item": shipped, "add": "1", "new": "決算"})
    assert LayoutDraft.objects.get().content["sections"][-1]["key"] == "決算"
    for step in (
        "up field name",
        "out field name",
        "up section nothing",
        "sideways field fax",
        "",
        "remove panel x",
    ):
        assert admin.post(PAGE, {"item": shipped, "step": step}).status_code == 302
    admin.post(f"{PAGE}drop/")
    assert not LayoutDraft.objects.exists()


def test_a_section_that_is_removed_leaves_its_fields_to_the_one_before(admin: Client, cast: Cast) -> None:
    admin.post(PAGE, {"item": items(), "step": "remove section reach"})
    sections = {each["key"]: each["fields"] for each in LayoutDraft.objects.get().content["sections"]}
    assert "reach" not in sections
    assert sections["basic"][-4:] == ["phone", "fax", "email", "website"]


def test_applied_at_the_desk_it_can_be_undone_and_reset(admin: Client, cast: Cast) -> None:
    body = {"item": items(), "label-basic": "概要", "label_en-basic": "Overview", "base": "0"}
    page = admin.post(f"{PAGE}apply/", body, follow=True).content.decode()
    assert "適用しました" in page
    assert "元に戻す" in page
    assert vocabulary.sections_of("account")[0] == ("basic", "概要")
    body["label-reach"] = "概要"
    refused = admin.post(f"{PAGE}apply/", body | {"base": "1"}, follow=True).content.decode()
    assert "区分が2つあります" in refused
    assert LayoutDraft.objects.exists()  # what was typed is kept
    assert Layout.objects.get().version == 1
    admin.post(f"{PAGE}reset/")
    assert vocabulary.sections_of("account")[0] == ("basic", "基本情報")


def test_a_preview_shows_what_a_role_sees(admin: Client, cast: Cast) -> None:
    actions.create("account", {"name": "青葉商事", "rank": "a", "fax": "0312345678"}, by=cast.mizuno)
    role = Role.objects.get(key="rep")
    role.field_rules = {"account": {"rank": "hidden", "fax": "readonly"}}
    role.save()
    custom_fields.add_field("account", "text", "与信メモ", by=cast.mizuno, hidden_from_roles=["rep"])
    sent = {"item": [each for each in items() if each != "field closing_day"] + ["field closing_day"]}
    to = admin.post(PAGE, {**sent, "preview": "1", "role": "rep"})
    page = admin.get(to.headers["Location"]).content.decode()
    body, away = page.split("layout-away")
    assert "ランク" not in body.split("layout-sample")[1]
    assert "ランク、与信メモ" in away
    assert "締め日" in away
    assert "読み取りのみ" in body.split("FAX")[1].split("value-row")[0]
    assert "読み取りのみ" not in body.split("カナ")[1].split("value-row")[0]
    assert "編集できません" in admin.get(f"{PAGE}preview/?role=reader").content.decode()


def test_strangers_to_the_settings_learn_nothing(client: Client, cast: Cast) -> None:
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.aoyama)
    for path in ("", "preview/"):
        assert client.get(PAGE + path).status_code == 404
    assert client.post(f"{PAGE}apply/").status_code == 404
    assert not CustomField.objects.exists()
