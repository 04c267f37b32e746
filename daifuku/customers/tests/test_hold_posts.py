"""Somebody works for several firms, moves and leaves; the post that counts stands on the contact itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.actions import add_post, change_post, contact_left, move_contact, remove_post
from daifuku.customers.models import Affiliation, Contact
from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger.models import Event, Subject
from daifuku.records import actions, undoing
from daifuku.records.actions.erasing import erase

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


@pytest.fixture
def firms(cast: Cast) -> list[Any]:
    return [actions.create("account", {"name": name}, by=cast.aoyama) for name in ("青葉商事", "桜物産")]


@pytest.fixture
def tanaka(cast: Cast, firms: list[Any]) -> Contact:
    values = {"family_name": "田中", "account": firms[0], "department": "総務部", "title": "係長"}
    contact: Contact = actions.create("contact", values, by=cast.aoyama)
    return contact


def posts(contact: Contact) -> list[tuple[str, str, str, bool]]:
    rows = Affiliation.objects.filter(contact=contact).select_related("account").order_by("pk")
    return [(post.account.name, post.title, str(post.ending), post.main) for post in rows]


def again(contact: Contact) -> Contact:
    fresh: Contact = Contact.plain.get(pk=contact.pk)
    return fresh


def last() -> Event:
    return Event.objects.latest("pk")


def test_a_new_contact_holds_the_post_that_was_typed(tanaka: Contact) -> None:
    assert posts(tanaka) == [("青葉商事", "係長", "", True)]


def test_many_new_contacts_hold_theirs(cast: Cast, firms: list[Any]) -> None:
    rows = [{"family_name": f"人{n}", "account": firms[n % 2]} for n in range(6)]
    actions.create_many("contact", rows, by=cast.aoyama)
    assert Affiliation.objects.filter(main=True).count() == 6


def test_the_general_edit_corrects_the_main_post_and_its_undo_corrects_it_back(
    cast: Cast, tanaka: Contact, firms: list[Any]
) -> None:
    actions.edit(tanaka, {"account": firms[1], "title": "課長"}, by=cast.aoyama)
    assert posts(tanaka) == [("桜物産", "課長", "", True)]
    undoing.undo(last(), by=cast.aoyama)
    assert posts(tanaka) == [("青葉商事", "係長", "", True)]
    actions.edit_many("contact", [tanaka.pk], {"title": "部長"}, by=cast.aoyama)
    assert posts(tanaka) == [("青葉商事", "部長", "", True)]
    actions.edit(tanaka, {"account": None}, by=cast.aoyama)
    assert posts(tanaka) == []


def test_leaving_typed_on_the_form_ends_the_post(cast: Cast, tanaka: Contact) -> None:
    actions.edit(tanaka, {"status": "left", "left_on": DAY}, by=cast.aoyama)
    post = Affiliation.objects.get()
    assert (post.ending, post.ended_on) == ("left", DAY)
    actions.edit(tanaka, {"status": "present"}, by=cast.aoyama)
    assert Affiliation.objects.get().ended_on is None


def test_somebody_works_for_a_second_firm_besides(cast: Cast, tanaka: Contact, firms: list[Any]) -> None:
    add_post(tanaka, firms[1], title="監査役", started_on="2025-06-01", by=cast.aoyama)
    assert posts(tanaka) == [("青葉商事", "係長", "", True), ("桜物産", "監査役", "", False)]
    event = last()
    assert event.kind == "contact.post_added"
    assert set(event.subjects.values_list("object", "record_id", "role")) == {
        ("contact", tanaka.pk, Subject.MAIN),
        ("account", firms[0].pk, Subject.RELATED),
        ("account", firms[1].pk, Subject.RELATED),
    }
    with pytest.raises(Conflict):
        add_post(tanaka, firms[1], title="監査役", by=cast.aoyama)
    undoing.undo(event, by=cast.aoyama)
    assert posts(tanaka) == [("青葉商事", "係長", "", True)]
    undoing.undo(last(), by=cast.aoyama)
    assert posts(tanaka)[1] == ("桜物産", "監査役", "", False)


def test_a_second_post_becomes_the_one_that_counts(cast: Cast, tanaka: Contact, firms: list[Any]) -> None:
    post = add_post(tanaka, firms[1], title="社長", by=cast.aoyama)
    change_post(post, {"main": True}, by=cast.aoyama)
    assert (again(tanaka).account, again(tanaka).title) == (firms[1], "社長")
    undoing.undo(last(), by=cast.aoyama)
    assert (again(tanaka).account, again(tanaka).title) == (firms[0], "係長")
    assert posts(tanaka) == [("青葉商事", "係長", "", True), ("桜物産", "社長", "", False)]


def test_moving_ends_one_post_and_begins_another_in_one_line(
    cast: Cast, tanaka: Contact, firms: list[Any]
) -> None:
    before = Event.objects.count()
    move_contact(tanaka, firms[1], department="営業部", title="部長", on=DAY, by=cast.aoyama)
    assert Event.objects.count() == before + 1
    assert posts(tanaka) == [("青葉商事", "係長", "moved", False), ("桜物産", "部長", "", True)]
    old, new = Affiliation.objects.order_by("pk")
    assert (old.ended_on, new.started_on) == (DAY, DAY)
    moved = again(tanaka)
    assert (moved.account, moved.department, moved.title, moved.status) == (
        firms[1],
        "営業部",
        "部長",
        "present",
    )
    assert last().changes["title"] == ["係長", "部長"]


def test_undoing_a_move_brings_back_posts_and_contact(cast: Cast, tanaka: Contact, firms: list[Any]) -> None:
    move_contact(tanaka, firms[1], title="部長", on=DAY, by=cast.aoyama)
    event = last()
    undoing.undo(event, by=cast.aoyama)
    assert posts(tanaka) == [("青葉商事", "係長", "", True)]
    assert again(tanaka).department == "総務部"
    with pytest.raises(Conflict):
        undoing.undo(event, by=cast.aoyama)


def test_a_move_whose_post_was_changed_since_is_not_undone(
    cast: Cast, tanaka: Contact, firms: list[Any]
) -> None:
    move_contact(tanaka, firms[1], title="部長", on=DAY, by=cast.aoyama)
    event = last()
    actions.edit(tanaka, {"title": "本部長"}, by=cast.baba)
    with pytest.raises(Conflict):
        undoing.undo(event, by=cast.aoyama)
    assert posts(tanaka)[1] == ("桜物産", "本部長", "", True)


def test_who_left_keeps_the_last_post_and_can_come_back(
    cast: Cast, tanaka: Contact, firms: list[Any]
) -> None:
    add_post(tanaka, firms[1], by=cast.aoyama)
    contact_left(tanaka, on=DAY, by=cast.aoyama)
    gone = again(tanaka)
    assert (gone.status, gone.left_on, gone.account) == ("left", DAY, firms[0])
    assert [ending for *_, ending, _main in posts(tanaka)] == ["left", "left"]
    undoing.undo(last(), by=cast.aoyama)
    assert again(tanaka).status == "present"
    assert [ending for *_, ending, _main in posts(tanaka)] == ["", ""]


def test_a_post_entered_by_mistake_goes_but_not_the_main_one(
    cast: Cast, tanaka: Contact, firms: list[Any]
) -> None:
    post = add_post(tanaka, firms[1], by=cast.aoyama)
    remove_post(post, by=cast.aoyama)
    assert len(posts(tanaka)) == 1
    with pytest.raises(Conflict):
        remove_post(Affiliation.objects.get(), by=cast.aoyama)
    undoing.undo(last(), by=cast.aoyama)
    assert len(posts(tanaka)) == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"started_on": "2026-04-02", "ended_on": "2026-04-01"}, "ended_on"),
        ({"started_on": "いつか"}, "started_on"),
        ({"title": "あ" * 121}, "title"),
        ({"ending": "fired"}, "ending"),
    ],
)
def test_wrong_input_names_its_field(
    cast: Cast, tanaka: Contact, firms: list[Any], values: dict[str, Any], field: str
) -> None:
    before = Event.objects.count()
    with pytest.raises(Invalid) as refused:
        add_post(tanaka, firms[1], by=cast.aoyama, **values)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert (Event.objects.count(), len(posts(tanaka))) == (before, 1)


def test_a_stranger_may_not_and_does_not_know(cast: Cast, tanaka: Contact, firms: list[Any]) -> None:
    with pytest.raises(Forbidden):
        move_contact(tanaka, firms[1], on=DAY, by=cast.senda)
    hidden = actions.edit(tanaka, {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(NotFound):
        contact_left(hidden, on=DAY, by=cast.senda)
    secret = actions.create("account", {"name": "秘密", "privacy": "private"}, by=cast.senda)
    with pytest.raises(Invalid):
        add_post(tanaka, secret, by=cast.aoyama)
    assert len(posts(tanaka)) == 1


def test_an_erased_person_leaves_no_post_behind(cast: Cast, tanaka: Contact, firms: list[Any]) -> None:
    move_contact(tanaka, firms[1], title="釣り部長", on=DAY, by=cast.aoyama)
    erase(again(tanaka), by=cast.mizuno)
    assert posts(tanaka) == []
    assert not any("釣り部長" in str(event.data) for event in Event.objects.all())
