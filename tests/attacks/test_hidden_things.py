"""Nobody learns what he may not see: not from a list's search, a line of the history, a form, a dry run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from daifuku.records import actions, listing
from daifuku.records.actions.commenting import write_comment
from daifuku.records.forms import RecordForm
from daifuku.records.forms.merging import merge
from daifuku.records.search import search
from daifuku.staff.models import Role
from daifuku.staff.viewer import Viewer
from daifuku.transfers.actions.checking import check
from daifuku.transfers.actions.choosing import choose_columns
from daifuku.transfers.actions.uploading import upload

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
SECRET = "極秘重工"


def hide(role: str, object_key: str, *fields: str) -> None:
    row = Role.objects.get(key=role)
    row.field_rules = {object_key: dict.fromkeys(fields, "hidden")}
    row.save()


def account(cast: Cast, name: str = "青葉商事", **values: Any) -> Any:
    return actions.create("account", {"name": name, **values}, by=cast.aoyama)


def contact_at_a_secret_account(cast: Cast, **values: Any) -> Any:
    """Everybody sees the person; the firm is for whoever is in charge of it alone."""
    firm = account(cast, SECRET)
    who = {"family_name": "佐藤", "given_name": "花子", "account": str(firm.uid), **values}
    person = actions.create("contact", who, by=cast.aoyama)
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    return type(person).plain.get(pk=person.pk)


def listed(person: Person, object_key: str, search: str) -> list[str]:
    found = listing.query(object_key, Viewer(person), search=search, today=timezone.localdate())
    assert found.count()[0] == len(found.page().rows)
    return [str(row) for row in found.page().rows]


def test_a_list_is_not_searched_by_a_hidden_field(cast: Cast) -> None:
    account(cast, representative="山田太郎", email="yamada@example.jp", code="T-100")
    assert listed(cast.osaki, "account", "山田") == ["青葉商事"]
    hide("manager", "account", "representative", "email")
    assert [listed(cast.osaki, "account", text) for text in ("山田", "yamada@", "青葉 山田")] == [[], [], []]
    assert listed(cast.osaki, "account", "T-100") == ["青葉商事"]
    assert listed(cast.osaki, "account", "青葉") == ["青葉商事"]
    assert listed(cast.aoyama, "account", "山田") == ["青葉商事"]


def test_a_list_is_not_searched_by_the_name_of_a_linked_record_that_is_hidden(cast: Cast) -> None:
    contact_at_a_secret_account(cast, department="総務部")
    assert listed(cast.osaki, "contact", SECRET) == []
    assert listed(cast.osaki, "contact", f"佐藤 {SECRET}") == []
    assert listed(cast.osaki, "contact", "佐藤 総務部") == ["佐藤 花子"]
    assert listed(cast.aoyama, "contact", SECRET) == ["佐藤 花子"]


def test_nothing_is_found_by_a_hidden_reading(cast: Cast) -> None:
    account(cast, "一二三", kana="ヒフミ")
    found = [hit.record.name for hit in search("ひふみ", Viewer(cast.osaki))]
    assert (found, listed(cast.osaki, "account", "hifumi")) == (["一二三"], ["一二三"])
    hide("manager", "account", "kana")
    assert [search(text, Viewer(cast.osaki)) for text in ("ひふみ", "ヒフ", "hifumi")] == [[], [], []]
    assert [listed(cast.osaki, "account", text) for text in ("ひふみ", "hifumi", "一二")] == [
        [],
        [],
        ["一二三"],
    ]


def test_the_history_of_a_firm_does_not_tell_what_was_said_of_a_hidden_person(
    cast: Cast, login_as: Callable[[Person], Client]
) -> None:
    firm = account(cast)
    person = actions.create("contact", {"family_name": "佐藤", "account": str(firm.uid)}, by=cast.aoyama)
    write_comment(person, "来月やめるそうです", by=cast.aoyama)
    actions.edit(person, {"privacy": "private"}, by=cast.aoyama)
    for address in (firm.get_absolute_url(), f"{firm.get_absolute_url()}history/?group=comments"):
        assert "来月やめる" in login_as(cast.aoyama).get(address).content.decode()
        seen = login_as(cast.osaki).get(address)
        assert seen.status_code == 200
        assert "来月やめる" not in seen.content.decode()
        assert "佐藤" not in seen.content.decode()


@pytest.mark.parametrize("page", ["edit/", "field/account/", "move/", "posts/add/"])
def test_a_form_does_not_name_a_hidden_record(
    cast: Cast, login_as: Callable[[Person], Client], page: str
) -> None:
    person = contact_at_a_secret_account(cast)
    assert SECRET not in login_as(cast.osaki).get(person.get_absolute_url()).content.decode()
    answer = login_as(cast.osaki).get(f"{person.get_absolute_url()}{page}")
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()


def test_a_form_does_not_name_a_hidden_record_by_its_number(
    cast: Cast, login_as: Callable[[Person], Client]
) -> None:
    person = contact_at_a_secret_account(cast)
    number, client = str(person.account.uid), login_as(cast.osaki)
    assert SECRET not in client.get(f"/contacts/new/?account={number}").content.decode()
    sent = {"family_name": "", "account": number, "account.uid": number, "account.label": number}
    refused = client.post("/contacts/new/", sent)
    assert refused.status_code == 422
    assert SECRET not in refused.content.decode()


def test_a_form_keeps_a_link_to_a_hidden_record_that_nobody_touched(cast: Cast) -> None:
    person = contact_at_a_secret_account(cast)
    osaki = Viewer(cast.osaki)
    fields = RecordForm(person_type := _type_of(person), person_type.fields, osaki, record=person)
    shown = fields["account"].subwidgets[0].data
    sent = {"account": shown["value"], "account.uid": shown["uid"], "account.label": shown["label"]}
    form = RecordForm(person_type, person_type.fields, osaki, record=person, data=sent)
    assert merge(form, person, fields.opened()).changes == {}


def test_two_editors_are_not_told_the_name_of_a_hidden_record(cast: Cast) -> None:
    person = contact_at_a_secret_account(cast)
    object_type, osaki = _type_of(person), Viewer(cast.osaki)
    other = account(cast, "別の商事")
    sent = {"account": "別の商事", "account.uid": str(other.uid), "account.label": "別の商事"}
    form = RecordForm(object_type, object_type.fields, osaki, record=person, data=sent)
    contested = merge(form, person, '{"account": ""}').contested
    assert [(each.mine, each.theirs) for each in contested] == [("別の商事", "非公開の取引先")]


def _type_of(record: Any) -> Any:
    from daifuku.records.catalogue import registry

    return registry.of(record)


def test_a_hidden_reading_does_not_stand_beside_the_name(
    cast: Cast, login_as: Callable[[Person], Client]
) -> None:
    firm = account(cast, kana="アオバショウジ")
    assert "アオバショウジ" in login_as(cast.osaki).get(firm.get_absolute_url()).content.decode()
    hide("manager", "account", "kana")
    assert "アオバショウジ" not in login_as(cast.osaki).get(firm.get_absolute_url()).content.decode()


def _dry_run(by: Person, text: str) -> Any:
    role = Role.objects.get(key="manager")
    role.powers = [*role.powers, "import"]
    role.save()
    file = SimpleUploadedFile("担当者.csv", text.encode())
    imported = upload(file, by=by, object_key="contact")
    choose_columns(imported, imported.targets, by=by, mode="update", key="*uid")
    return check(imported, by=by)


def test_the_dry_run_of_an_import_does_not_name_a_hidden_record(cast: Cast) -> None:
    person = contact_at_a_secret_account(cast)
    account(cast, "別の商事")
    checked = _dry_run(cast.osaki, f"記録番号,取引先\n{person.uid},別の商事\n")
    assert [row["changes"] for row in checked.differences] == [[["取引先", "非公開の取引先", "別の商事"]]]


def test_an_import_finds_no_record_by_a_hidden_code(cast: Cast) -> None:
    account(cast, "別の商事", code="T-100", kana="ベツノショウジ")
    person = contact_at_a_secret_account(cast)
    hide("manager", "account", "code", "kana")
    for word in ("T-100", "ベツノショウジ"):
        checked = _dry_run(cast.osaki, f"記録番号,取引先\n{person.uid},{word}\n")
        assert checked.counts["rejected"] == 1, word
