"""The page of a record and its forms: what was saved is seen everywhere, what was refused tells why and is kept."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.customers.models import Account, Contact
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.actions import tagging
from daifuku.records.actions.creating_along import create_along
from daifuku.records.undoing import undo
from daifuku.staff.models import Company, Role

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def account(cast: Cast, client: Client) -> Any:
    """One that 青山 made; she has signed in."""
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.aoyama)
    return actions.create("account", {"name": "青葉商事", "phone": "052-111-2222"}, by=cast.aoyama)


def test_a_value_saved_in_its_place_is_sent_for_every_place_where_it_stands(
    client: Client, account: Any
) -> None:
    address = account.get_absolute_url()
    assert client.get(address).content.decode().count(f'data-value="{account.uid}/phone"') == 2
    saved = client.post(f"{address}field/phone/", {"phone": "052-333-4444"}, headers=HTMX)
    assert f'hx-swap-oob="outerHTML:[data-value=&quot;{account.uid}/phone&quot;]' in saved.content.decode()
    assert saved["HX-Reswap"] == "none"
    assert "written" in json.loads(saved["HX-Trigger"])
    for refused in ({"phone": "でんわ"}, {"phone": "052-555-6666", "opened": '{"phone": "052-111-2222"}'}):
        answer = client.post(f"{address}field/phone/", refused, headers=HTMX)
        assert answer.status_code in {412, 422}
        assert "hx-swap-oob" not in answer.content.decode()
        assert "HX-Reswap" not in answer


def test_the_timeline_that_is_read_anew_brings_the_name_along(client: Client, account: Any) -> None:
    address = account.get_absolute_url()
    client.post(f"{address}field/name/", {"name": "青葉物産"}, headers=HTMX)
    anew = client.get(f"{address}history/?anew=1", headers=HTMX).content.decode()
    assert 'id="record-name" hx-swap-oob="true"' in anew
    assert "青葉物産" in anew.partition("record-name")[2]
    assert f"{account.uid}/updated_at" in anew
    plain = client.get(f"{address}history/", headers=HTMX).content.decode()
    assert "hx-swap-oob" not in plain


def test_a_firm_is_registered_with_whom_one_talks_to_and_one_undo_takes_both_back(
    client: Client, cast: Cast
) -> None:
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.aoyama)
    assert "担当者（先方）" in client.get("/accounts/new/").content.decode()
    typed = {"name": "桜物産", "owner": str(cast.aoyama.uid), "privacy": "private"}
    person = {"contact-family_name": "林", "contact-title": "課長", "contact-phone": "0521112222"}
    shown = client.post("/accounts/new/", {**typed, **person}, follow=True).content.decode()
    assert "「桜物産」と「林」を登録しました。" in shown
    contact = Contact.plain.get()
    assert (str(contact.account), contact.title, contact.phone) == ("桜物産", "課長", "052-111-2222")
    assert (contact.owner, contact.privacy) == (cast.aoyama, "private")
    address = reverse("records:undo", args=[Event.objects.get(kind="account.created").pk])
    assert "「登録」2件を元に戻しました。" in client.post(address, follow=True).content.decode()
    assert {record.trashed_at is None for record in (Contact.plain.get(), Account.plain.get())} == {False}


def test_a_contact_that_somebody_has_changed_stays_when_its_firm_is_taken_back(
    client: Client, cast: Cast
) -> None:
    values, others = {"name": "桜物産"}, {"family_name": "林"}
    account, contact = create_along("account", values, others, by=cast.aoyama)
    actions.edit(contact, {"title": "部長"}, by=cast.aoyama)
    undone = undo(Event.objects.get(kind="account.created"), by=cast.aoyama)
    assert [key for key, _why in undone.kept] == [contact.pk]
    assert Account.plain.get().trashed_at
    assert Contact.plain.get().trashed_at is None


def test_what_is_wrong_with_the_contact_stands_beside_it_and_nothing_is_kept(
    client: Client, cast: Cast
) -> None:
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.aoyama)
    for wrong in ({"contact-phone": "052-111-2222"}, {"contact-family_name": "林", "contact-email": "x"}):
        answer = client.post("/accounts/new/", {"name": "桜物産", **wrong})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert page.count("data-wrong") == 1
        assert 'value="桜物産"' in page
    assert not Account.plain.exists()


def test_only_who_may_register_contacts_is_asked_for_one(client: Client, cast: Cast) -> None:
    Company.objects.create(name="シャチホコ商事")
    grants = Role.objects.get(key="rep").grants
    Role.objects.filter(key="rep").update(grants={**grants, "contact": {"view": "all"}})
    client.force_login(cast.aoyama)
    assert "担当者（先方）" not in client.get("/accounts/new/").content.decode()
    client.post("/accounts/new/", {"name": "桜物産", "contact-family_name": "林"})
    assert Account.plain.get().name == "桜物産"
    assert not Contact.plain.exists()


def test_only_sections_with_a_mistake_are_opened(client: Client, cast: Cast) -> None:
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.aoyama)
    page = client.post("/accounts/new/", {"name": "桜物産", "annual_sales": "たくさん"}).content.decode()
    opened = re.findall(r'<details class="card section further" open><summary><h2>(.*?)</h2>', page)
    assert opened == ["住所", "担当者（先方）", "企業プロフィール"]


def test_a_very_long_text_shows_its_beginning_and_is_whole_under_the_mouse(
    client: Client, cast: Cast, account: Any
) -> None:
    actions.edit(account, {"name": "長" * 200, "note": "一行\n" * 20, "trade_area": "中部"}, by=cast.aoyama)
    page = client.get(account.get_absolute_url()).content.decode()
    assert f'<span class="long" title="{"長" * 200}">' in page
    assert page.count('class="long"') == 3, "the heading, the name and the note"


def test_whoever_changed_the_same_value_on_another_screen_is_not_told_of_somebody_else(
    client: Client, cast: Cast, account: Any
) -> None:
    address = account.get_absolute_url()
    sent = {"phone": "052-555-6666", "opened": '{"phone": "052-111-2222"}'}
    for by, own in ((cast.aoyama, True), (cast.osaki, False)):
        actions.edit(account, {"phone": "052-333-444" + str(by.pk % 10)}, by=by)
        actions.edit(account, {"city": by.family_name}, by=cast.osaki)
        for answer in (
            client.post(f"{address}edit/", sent),
            client.post(f"{address}field/phone/", sent, headers=HTMX),
        ):
            assert answer.status_code == 412
            page = answer.content.decode()
            assert ("別の画面で（ご自身が）" in page, "ほかの方" in page) == (own, not own)


def test_tags_stand_at_the_head_of_the_record(client: Client, cast: Cast, account: Any) -> None:
    tagging.put_tag(account, "重点", by=cast.aoyama)
    head, _header, rest = client.get(account.get_absolute_url()).content.decode().partition("record-columns")
    assert "重点" in head
    assert "タグを追加" in head
    assert "タグを追加" not in rest
