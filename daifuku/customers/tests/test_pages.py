"""The pages of customers: panels beside a record, verbs behind one form each, the tree, help while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.customers.actions import add_post, relate, separate
from daifuku.customers.models import Affiliation, Contact, Relation, Separation
from daifuku.records import actions
from daifuku.records.actions import commenting
from daifuku.staff.models import Role

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(cast: Cast) -> list[Any]:
    head = actions.create(
        "account", {"name": "青葉商事", "level": "head_office", "employees": 50}, by=cast.aoyama
    )
    branch = actions.create(
        "account", {"name": "青葉商事 岐阜支店", "parent": head, "employees": 12}, by=cast.aoyama
    )
    secret = actions.create(
        "account",
        {"name": "極秘営業所", "parent": branch, "employees": 7, "privacy": "private"},
        by=cast.senda,
    )
    desk = actions.create(
        "account", {"name": "極秘の下の課", "parent": secret, "employees": 3}, by=cast.senda
    )
    return [head, branch, secret, desk]


@pytest.fixture
def tanaka(cast: Cast, firms: list[Any]) -> Contact:
    values = {
        "family_name": "田中",
        "account": firms[0],
        "title": "課長",
        "role": "decides",
        "email": "t@example.jp",
    }
    contact: Contact = actions.create("contact", values, by=cast.aoyama)
    return contact


def text(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def test_an_account_shows_its_people_branches_and_relations(
    cast: Cast, login_as: Login, firms: list[Any], tanaka: Contact
) -> None:
    other = actions.create("account", {"name": "桜物産"}, by=cast.aoyama)
    relate(other, firms[0], "supplier", by=cast.aoyama, note="部品")
    page = text(login_as(cast.aoyama), firms[0].get_absolute_url())
    for words in ("田中", "決裁者", "岐阜支店", "桜物産", "仕入先", f"?account={firms[0].uid}"):
        assert words in page
    page = text(login_as(cast.aoyama), other.get_absolute_url())
    assert "納入先" in page


def test_what_lies_above_stands_over_the_name(cast: Cast, login_as: Login, firms: list[Any]) -> None:
    page = text(login_as(cast.aoyama), firms[3].get_absolute_url())
    assert "青葉商事" in page
    assert "非公開の取引先" in page
    assert "極秘営業所" not in page


def test_a_contact_shows_posts_and_colleagues(
    cast: Cast, login_as: Login, firms: list[Any], tanaka: Contact
) -> None:
    actions.create("contact", {"family_name": "犬飼", "account": firms[0]}, by=cast.aoyama)
    add_post(tanaka, firms[1], title="顧問", started_on="2025-04-01", by=cast.aoyama)
    page = text(login_as(cast.aoyama), tanaka.get_absolute_url())
    for words in ("犬飼", "顧問", "兼務", "主な所属"):
        assert words in page


def test_a_title_that_a_role_hides_is_in_no_panel(
    cast: Cast, login_as: Login, firms: list[Any], tanaka: Contact
) -> None:
    Role.objects.filter(key="rep").update(field_rules={"contact": {"title": "hidden", "role": "hidden"}})
    client = login_as(cast.aoyama)
    for address in (firms[0].get_absolute_url(), tanaka.get_absolute_url()):
        page = text(client, address)
        assert "田中" in page
        assert "課長" not in page
        assert "決裁者" not in page


def test_a_level_that_a_role_hides_stands_in_no_tree(cast: Cast, login_as: Login, firms: list[Any]) -> None:
    actions.edit(firms[1], {"level": "branch"}, by=cast.aoyama)
    client, address = login_as(cast.aoyama), reverse("customers:tree", args=[firms[0].uid])
    assert 'data-colour="' in text(client, address)
    Role.objects.filter(key="rep").update(field_rules={"account": {"level": "hidden"}})
    page = text(client, address)
    assert "岐阜支店" in page
    assert 'data-colour="' not in page


def test_a_firm_that_a_role_hides_is_named_beside_nobody(
    cast: Cast, login_as: Login, firms: list[Any], tanaka: Contact
) -> None:
    actions.create("contact", {"family_name": "犬飼", "account": firms[0]}, by=cast.aoyama)
    post = tanaka.affiliations.get()
    Role.objects.filter(key="rep").update(field_rules={"contact": {"account": "hidden"}})
    client = login_as(cast.aoyama)
    for address in (
        tanaka.get_absolute_url(),
        reverse("customers:change_post", args=[tanaka.uid, post.pk]),
        reverse("customers:move", args=[tanaka.uid]),
    ):
        page = text(client, address)
        assert "田中" in page
        assert "青葉商事" not in page
        assert "犬飼" not in page
    assert "panel-people" not in text(client, firms[0].get_absolute_url())


def test_where_a_firm_is_hidden_its_timeline_tells_nothing_of_its_people(
    cast: Cast, login_as: Login, firms: list[Any]
) -> None:
    person = actions.create("contact", {"family_name": "樋口", "account": firms[0]}, by=cast.aoyama)
    commenting.write_comment(person, "電話で話しました", by=cast.aoyama)
    client = login_as(cast.aoyama)
    assert "樋口" in client.get(firms[0].get_absolute_url()).content.decode()
    Role.objects.filter(key="rep").update(field_rules={"contact": {"account": "hidden"}})
    page = client.get(firms[0].get_absolute_url()).content.decode()
    assert "樋口" not in page
    assert "電話で話しました" not in page
    assert firms[0].name in page
    assert "電話で話しました" in client.get(person.get_absolute_url()).content.decode()


def test_a_parent_that_a_role_hides_stands_neither_above_nor_below(
    cast: Cast, login_as: Login, firms: list[Any]
) -> None:
    Role.objects.filter(key="rep").update(field_rules={"account": {"parent": "hidden"}})
    client, (head, branch, *_rest) = login_as(cast.aoyama), firms
    for address in (branch.get_absolute_url(), reverse("customers:tree", args=[branch.uid])):
        assert head.get_absolute_url() not in text(client, address)
    for address in (head.get_absolute_url(), reverse("customers:tree", args=[head.uid])):
        page = text(client, address)
        assert "岐阜支店" not in page
        assert "62" not in page.partition("tree-top")[2].partition("<svg")[0]


def test_moving_through_the_page(cast: Cast, login_as: Login, firms: list[Any], tanaka: Contact) -> None:
    client, address = login_as(cast.aoyama), reverse("customers:move", args=[tanaka.uid])
    assert "異動・転職" in text(client, address)
    refused = client.post(address, {"account": "知らない会社", "title": "部長", "started_on": "いつか"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "知らない会社" in page
    assert "部長" in page
    data = {"account": "青葉商事 岐阜支店", "title": "部長", "started_on": "2026/4/1"}
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.content.decode()
    moved = Contact.plain.get(pk=tanaka.pk)
    assert (moved.account, moved.title) == (firms[1], "部長")


def test_posts_are_added_changed_ended_and_removed_through_the_pages(
    cast: Cast, login_as: Login, firms: list[Any], tanaka: Contact
) -> None:
    client = login_as(cast.aoyama)
    add = reverse("customers:add_post", args=[tanaka.uid])
    picked = {
        "account": "青葉商事 岐阜支店",
        "account.uid": str(firms[1].uid),
        "account.label": "青葉商事 岐阜支店",
    }
    assert client.post(add, {**picked, "title": "顧問"}).status_code == 302
    assert client.post(add, {**picked, "title": "顧問"}).status_code == 422
    post = Affiliation.objects.get(title="顧問")
    change = reverse("customers:change_post", args=[tanaka.uid, post.pk])
    assert "顧問" in text(client, change)
    assert client.post(change, {**picked, "title": "相談役", "main": "on"}).status_code == 302
    assert Contact.plain.get().title == "相談役"
    remove = reverse("customers:remove_post", args=[tanaka.uid, post.pk])
    assert client.post(remove).status_code == 302
    assert Affiliation.objects.count() == 2
    client.post(reverse("customers:left", args=[tanaka.uid]), {"ended_on": "2026-04-01", "ending": "left"})
    assert Contact.plain.get().status == "left"


def test_relations_and_separations_through_the_pages(cast: Cast, login_as: Login, firms: list[Any]) -> None:
    client = login_as(cast.aoyama)
    twin = actions.create("account", {"name": "株式会社青葉商事", "phone": "052-000-1234"}, by=cast.aoyama)
    address = reverse("customers:relate", args=[twin.uid])
    assert client.post(address, {"target": "", "kind": "group.out"}).status_code == 422
    data = {"target": "青葉商事", "kind": "supplier.in", "note": ""}
    assert client.post(address, data).status_code == 302
    row = Relation.objects.get()
    assert (row.source, row.target) == (firms[0], twin)
    client.post(reverse("customers:unrelate", args=[twin.uid, row.pk]))
    assert not Relation.objects.exists()
    page = text(client, twin.get_absolute_url())
    apart = reverse("dedupe:apart", args=["accounts", twin.uid, "accounts", firms[0].uid])
    assert apart in page
    assert "会社名が同じ" in page
    assert client.post(apart, {"kind": "other", "note": ""}).status_code == 422
    assert client.post(apart, {"kind": "decider", "note": "大阪は支店長"}).status_code == 302
    page = text(client, twin.get_absolute_url())
    assert apart not in page
    assert "別決裁者: 大阪は支店長" in page
    client.post(reverse("dedupe:rejoin", args=["accounts", twin.uid, "accounts", firms[0].uid]))
    assert not Separation.objects.exists()


def test_the_tree_opens_level_by_level_and_names_nobody_unseen(
    cast: Cast, login_as: Login, firms: list[Any]
) -> None:
    client = login_as(cast.aoyama)
    page = text(client, reverse("customers:tree", args=[firms[0].uid]))
    assert "岐阜支店" in page
    assert reverse("customers:tree_level", args=[firms[1].uid]) in page
    level = client.get(reverse("customers:tree_level", args=[firms[1].uid]), headers={"HX-Request": "true"})
    part = level.content.decode()
    assert "<html" not in part
    assert "非公開の取引先" in part
    assert "極秘の下の課" in part
    assert "極秘営業所" not in part
    assert text(client, reverse("customers:tree_level", args=[firms[1].uid])).startswith("<!doctype")


def test_the_stranger_finds_nothing_and_changes_nothing(
    cast: Cast, login_as: Login, firms: list[Any], tanaka: Contact
) -> None:
    actions.edit(tanaka, {"privacy": "private"}, by=cast.aoyama)
    client = login_as(cast.senda)
    for name in ("move", "left", "add_post"):
        assert client.get(reverse(f"customers:{name}", args=[tanaka.uid])).status_code == 404
    assert client.post(reverse("customers:relate", args=[firms[0].uid]), {}).status_code == 403
    hidden = login_as(cast.aoyama).get(reverse("customers:tree", args=[firms[2].uid]))
    assert hidden.status_code == 404


def test_doubles_are_shown_while_one_types(
    cast: Cast, login_as: Login, firms: list[Any], tanaka: Contact
) -> None:
    client = login_as(cast.aoyama)
    same = reverse("customers:same", args=["accounts"])
    assert "青葉商事" in text(client, same, name="株式会社 青葉商事")
    assert text(client, same, name="青葉").strip() == ""
    assert text(client, same, name="極秘営業所").strip() == ""
    assert text(client, same, name="株式会社青葉商事", but=str(firms[0].uid)).strip() == ""
    assert text(client, same, phone="まだ途中", name="").strip() == ""
    lead = text(client, reverse("customers:same", args=["leads"]), email="T@example.jp", company="青葉商事")
    assert "田中" in lead
    assert "青葉商事を使う" in lead
    assert client.get(reverse("customers:same", args=["nothing"])).status_code == 404


def test_deliberate_doubles_are_not_shown_while_one_types(
    cast: Cast, login_as: Login, firms: list[Any]
) -> None:
    twin = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)
    separate(twin, firms[0], "支店が違う", by=cast.aoyama)
    same = reverse("customers:same", args=["accounts"])
    assert firms[0].get_absolute_url() not in text(
        login_as(cast.aoyama), same, name="青葉商事", but=str(twin.uid)
    )


def test_a_shared_switchboard_makes_nobody_the_same(cast: Cast, login_as: Login) -> None:
    firm = actions.create("account", {"name": "桜物産", "phone": "052-000-1234"}, by=cast.aoyama)
    values = {"family_name": "林", "account": firm, "phone": "052-000-1234", "mobile": "070-1000-1234"}
    actions.create("contact", values, by=cast.aoyama)
    same = reverse("customers:same", args=["contacts"])
    assert text(login_as(cast.aoyama), same, phone="(052)000-1234").strip() == ""
    assert "林" in text(login_as(cast.aoyama), same, mobile="07010001234")


def test_address_and_reading_are_proposed(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.aoyama)
    places = client.get(reverse("customers:place_of_code"), {"code": "〒460-0008"}).json()["places"]
    assert places == [{"prefecture": "愛知県", "city": "名古屋市中区", "street": "栄"}]
    query = {"prefecture": "愛知県", "city": "名古屋市中区", "street": "栄1-2-3"}
    assert "460-0008" in client.get(reverse("customers:codes_of_place"), query).json()["codes"]
    assert client.get(reverse("customers:place_of_code"), {"code": "46"}).json() == {"places": []}
    kana = client.get(reverse("customers:reading"), {"text": "株式会社青葉商事"}).json()["kana"]
    assert kana == "アオバショウジ"


def test_the_forms_bring_the_help_with_them(cast: Cast, login_as: Login) -> None:
    for slug in ("accounts", "contacts", "leads"):
        page = text(login_as(cast.aoyama), reverse("records:new", args=[slug]))
        assert reverse("customers:same", args=[slug]) in page
        assert "customers/js/same" in page
