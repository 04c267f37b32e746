"""The clerk enters a card: what comes of it, who is told, and all of it taken back with one undo."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from daifuku.activities.models import Task
from daifuku.cards import doubles
from daifuku.cards.actions import finishing, taking
from daifuku.cards.actions.bringing import About, bring
from daifuku.cards.actions.finishing import finish
from daifuku.cards.models import Card, State
from daifuku.cards.tests.conftest import TYPED, picture
from daifuku.customers.models import Contact, Lead
from daifuku.duties.models import Duty
from daifuku.foundation.errors import Conflict, Invalid, NotFound
from daifuku.jobs.testing import work_off
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.records import actions, undoing
from daifuku.staff.models import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db(transaction=True)


def somebody(cast: Cast, **values: Any) -> Contact:
    account = actions.create("account", {"name": "株式会社みその工業"}, by=cast.aoyama)
    given = {"account": account, "family_name": "味園", "given_name": "太郎", "title": "係長", **values}
    made: Contact = actions.create("contact", given, by=cast.aoyama)
    return made


def test_it_becomes_a_lead_and_the_rep_is_told_and_asked(cast: Cast, toshiko: Person, card: Card) -> None:
    taking.take(card, by=toshiko)
    done = finish(card, TYPED, "new", by=toshiko, seconds=0)
    lead = Lead.objects.unrestricted(reason="test").get()
    assert (lead.family_name, lead.company, lead.owner, lead.source) == (
        "味園",
        "株式会社みその工業",
        cast.aoyama,
        "card",
    )
    assert (done.card.state, done.card.record, done.card.entered_by) == (State.DONE, lead, toshiko)
    task = Task.plain.get()
    assert (task.owner, task.lead, "味園 太郎" in task.subject) == (cast.aoyama, lead, True)
    subscribing.work_off() if hasattr(subscribing, "work_off") else None
    finishing_told = Event.objects.get(kind="cards.finished")
    from daifuku.cards.subscribers import tell_in_charge

    tell_in_charge(finishing_told)
    tell_in_charge(finishing_told)
    notice = Notice.objects.get(person=cast.aoyama, kind="cards.entered")
    assert (notice.url, "名刺を入力しました" in notice.sentence) == (lead.get_absolute_url(), True)


def test_gaps_are_kept_as_an_open_duty_and_the_lead_owes_the_rest(
    cast: Cast, toshiko: Person, card: Card
) -> None:
    taking.keep_draft(card, {"family_name": "味園"}, by=toshiko)
    duty = Duty.objects.get(key=f"card:{card.pk}")
    assert (duty.owner, duty.first_due_at, duty.state) == (toshiko, card.due_at, "open")
    card.refresh_from_db()
    assert (card.state, card.values) == (State.WORKING, {"family_name": "味園"})
    finish(card, TYPED, "new", by=toshiko)
    duty.refresh_from_db()
    assert duty.done_at is not None


def test_undo_takes_all_of_it_back_and_the_card_lies_on_the_desk_as_typed(
    cast: Cast, toshiko: Person, card: Card
) -> None:
    done = finish(card, TYPED, "new", by=toshiko)
    undoing.undo(done.event, by=toshiko)
    card.refresh_from_db()
    assert (card.state, card.record, card.values["family_name"]) == (State.WAITING, None, "味園")
    assert not Lead.plain.filter(trashed_at__isnull=True).exists()
    assert not Task.plain.filter(trashed_at__isnull=True).exists()
    again = finish(card, TYPED, "new", by=toshiko)
    assert again.record.trashed_at is None


def test_of_two_who_finish_at_once_the_second_is_told(cast: Cast, toshiko: Person, card: Card) -> None:
    finish(card, TYPED, "new", by=toshiko)
    with pytest.raises(Conflict, match="すでに終わっています"):
        finish(card, TYPED, "new", by=toshiko)
    assert Lead.plain.count() == 1


def test_what_is_wrong_is_named_and_nothing_is_done(cast: Cast, toshiko: Person, card: Card) -> None:
    with pytest.raises(Invalid) as refused:
        finish(card, {**TYPED, "email": "これは違う", "family_name": ""}, "new", by=toshiko)
    assert {each.field for each in refused.value.problems} >= {"email"}
    card.refresh_from_db()
    assert (card.state, Lead.plain.count(), Task.plain.count()) == (State.WAITING, 0, 0)


def test_the_same_person_is_filled_in_and_never_overwritten(cast: Cast, toshiko: Person, card: Card) -> None:
    lead = actions.create(
        "lead",
        {"company": "みその工業", "family_name": "味園", "email": "old@misono.example.jp"},
        by=cast.aoyama,
    )
    done = finish(card, TYPED, "same", by=toshiko, target=lead)
    lead.refresh_from_db()
    assert (lead.email, lead.phone, lead.title) == ("old@misono.example.jp", "052-123-4567", "課長")
    assert Lead.plain.count() == 1
    assert [field.key for field in done.kept] == ["email"]


def test_what_the_card_says_otherwise_is_told_and_other_ways_of_writing_are_not(
    cast: Cast, toshiko: Person, card: Card, login_as: Login
) -> None:
    """The new number of somebody known was passed over without a word."""
    contact = somebody(cast, mobile="090-1111-2222", city="名古屋市中区", street="栄1丁目2番3号")
    sent = {
        **TYPED, "mobile": "080-3333-4444", "city": "名古屋市中区", "street": "栄1-2-3", "do": "same",
        "target": f"contact:{contact.uid}",
    }  # fmt: skip
    page = login_as(toshiko).post(f"/cards/{card.uid}/desk/", sent, follow=True).content.decode()
    assert "「携帯電話」は、名刺と違いますが、登録済みの値をそのまま残しました。" in page
    contact.refresh_from_db()
    assert contact.mobile == "090-1111-2222"


def test_the_same_contact_with_another_title_was_promoted(cast: Cast, toshiko: Person, card: Card) -> None:
    contact = somebody(cast)
    finish(card, TYPED, "same", by=toshiko, target=contact)
    contact.refresh_from_db()
    posts = list(contact.affiliations.order_by("pk").values_list("title", "main", "ending"))
    assert (contact.title, contact.department) == ("課長", "購買部")
    assert posts == [("係長", False, "moved"), ("課長", True, "")]


def test_an_old_card_moves_nobody_back(cast: Cast, toshiko: Person, card: Card) -> None:
    contact = somebody(cast, title="部長")
    today = timezone.localdate()
    newer, _fresh = bring(ContentFile(picture("newer")), by=cast.aoyama, about=About(exchanged_on=today))
    finish(newer, {**TYPED, "title": "部長", "department": ""}, "same", by=toshiko, target=contact)
    Card.objects.filter(pk=card.pk).update(exchanged_on=today - timedelta(days=400))
    card.refresh_from_db()
    finish(card, TYPED, "same", by=toshiko, target=contact)
    contact.refresh_from_db()
    assert contact.title == "部長"


def test_a_new_person_of_a_known_firm_is_a_contact(cast: Cast, toshiko: Person, card: Card) -> None:
    known = somebody(cast, family_name="別人")
    done = finish(card, TYPED, "colleague", by=toshiko, target=known)
    assert (done.record.object_key, done.record.account, done.record.owner) == (
        "contact",
        known.account,
        cast.aoyama,
    )
    assert done.record.phone == "052-123-4567"
    assert Task.plain.get().contact == done.record


def test_who_moved_to_a_known_firm_goes_there_and_the_old_firm_keeps_the_history(
    cast: Cast, toshiko: Person, card: Card
) -> None:
    contact = somebody(cast)
    old = contact.account
    new = actions.create("account", {"name": "大須製作所株式会社"}, by=cast.aoyama)
    done = finish(card, {**TYPED, "company": "大須製作所"}, "moved", by=toshiko, target=contact)
    contact.refresh_from_db()
    assert (done.record, contact.account, contact.title) == (contact, new, "課長")
    assert [(post.account, post.ending) for post in contact.affiliations.order_by("pk")] == [
        (old, "moved"),
        (new, ""),
    ]
    undoing.undo(done.event, by=toshiko)
    contact.refresh_from_db()
    assert (contact.account, contact.title) == (old, "係長")


def test_who_moved_to_an_unknown_firm_is_a_lead_there_and_gone_here(
    cast: Cast, toshiko: Person, card: Card
) -> None:
    contact = somebody(cast)
    done = finish(card, {**TYPED, "company": "まったく新しい会社"}, "moved", by=toshiko, target=contact)
    contact.refresh_from_db()
    assert (done.record.object_key, contact.status, done.card.former_id) == ("lead", "moved", contact.pk)


def test_a_stranger_finds_nothing(cast: Cast, toshiko: Person, card: Card, login_as: Login) -> None:
    client = login_as(cast.senda)
    for part in ("", "desk/", "picture/", "thumb/"):
        assert client.get(f"/cards/{card.uid}/{part}").status_code == 404
    with pytest.raises(NotFound):
        finish(card, TYPED, "new", by=cast.senda)


def test_whoever_sees_what_came_of_it_sees_its_picture(
    cast: Cast, toshiko: Person, card: Card, login_as: Login
) -> None:
    client = login_as(cast.senda)
    finish(card, TYPED, "new", by=toshiko)
    answer = client.get(f"/cards/{card.uid}/picture/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "sandbox" in answer["Content-Security-Policy"]
    actions.edit(Lead.plain.get(), {"privacy": "private"}, by=cast.aoyama)
    assert client.get(f"/cards/{card.uid}/picture/").status_code == 404


def test_when_the_clerk_is_away_the_substitute_sees_the_queue(
    cast: Cast, toshiko: Person, card: Card, login_as: Login
) -> None:
    client = login_as(cast.baba)
    assert client.get(f"/cards/{card.uid}/desk/").status_code == 404
    Person.objects.filter(pk=toshiko.pk).update(absent_from=date(2020, 1, 1))
    page = client.get("/cards/").content.decode()
    assert "枚が入力待ち" in page
    assert client.get(f"/cards/{card.uid}/desk/").status_code == 200


def test_aside_with_a_reason_and_back(cast: Cast, toshiko: Person, card: Card) -> None:
    with pytest.raises(Invalid):
        taking.put_aside(card, " ", by=toshiko)
    event = taking.put_aside(card, "読めない", by=toshiko)
    card.refresh_from_db()
    assert (card.state, card.aside_why) == (State.ASIDE, "読めない")
    undoing.undo(event, by=toshiko)
    card.refresh_from_db()
    assert card.state == State.WAITING
    trashed = taking.trash(card, by=toshiko)
    assert not Card.objects.visible_to(toshiko_viewer(toshiko)).exists()
    undoing.undo(trashed, by=toshiko)
    assert Card.objects.visible_to(toshiko_viewer(toshiko)).exists()


def toshiko_viewer(person: Person) -> Any:
    from daifuku.staff.viewer import Viewer

    return Viewer(person)


def test_the_desk_shows_all_and_keeps_what_is_refused(
    cast: Cast, toshiko: Person, card: Card, login_as: Login
) -> None:
    client = login_as(toshiko)
    page = client.get(f"/cards/{card.uid}/desk/").content.decode()
    for words in ("見積がほしい", "名古屋ものづくり展", "Alt+1", "新しい見込み客"):
        assert words in page
    sent = {**TYPED, "email": "まちがい", "do": "new", "owner": str(cast.aoyama.uid)}
    refused = client.post(f"/cards/{card.uid}/desk/", sent)
    assert (refused.status_code, "まちがい" in refused.content.decode()) == (422, True)
    taken = client.post(
        f"/cards/{card.uid}/desk/", {**TYPED, "do": "new", "seconds": "12", "owner": str(cast.baba.uid)}
    )
    assert (taken.status_code, taken["Location"]) == (302, "/cards/next/")
    lead = Lead.plain.get()
    assert lead.owner == cast.baba
    assert "名刺の写真" in client.get(lead.get_absolute_url()).content.decode()
    work_off()
    assert finishing.FINISHED == "cards.finished"


def test_what_is_said_of_a_card_is_kept_where_something_beside_it_is_refused(
    cast: Cast, toshiko: Person, card: Card, login_as: Login
) -> None:
    """A lead went to whom the card was of before, as the choice was gone after a missing name."""
    clerk = login_as(toshiko)
    said = {"owner": str(cast.baba.uid), "occasion": "別の展示会", "exchanged_on": "2026-11-20"}
    page = clerk.post(
        f"/cards/{card.uid}/desk/", {**said, "do": "new", "company": "みその工業"}
    ).content.decode()
    assert f'value="{cast.baba.uid}" selected' in page
    assert 'value="別の展示会"' in page and 'value="2026-11-20"' in page
    wrong = {**said, "exchanged_on": "13月40日", "note": "大切な約束", "do": "describe"}
    refused = clerk.post(f"/cards/{card.uid}/change/", wrong)
    page = refused.content.decode()
    assert (refused.status_code, f'value="{cast.baba.uid}" selected' in page, "大切な約束" in page) == (
        422,
        True,
        True,
    )
    card.refresh_from_db()
    assert card.owner == cast.aoyama


KNOWN = ("family_name", "given_name", "company", "phone", "email")


@pytest.mark.parametrize(
    ("changed", "kept", "how"),
    [
        ({}, ("family_name", "given_name", "company"), "same"),
        ({}, ("family_name", "given_name", "email"), "same"),
        ({"company": "有限会社やぶした食品"}, ("family_name", "given_name", "company"), "moved"),
        ({"company": "有限会社やぶした食品"}, ("family_name", "given_name", "company", "mobile"), "moved"),
        ({"family_name": "大須", "given_name": "花子"}, KNOWN, "colleague"),
    ],
)  # fmt: skip
def test_the_desk_proposes_what_the_card_is_of_whom_it_resembles(
    cast: Cast, toshiko: Person, changed: dict[str, str], kept: tuple[str, ...], how: str
) -> None:
    known = {name: TYPED[name] for name in KNOWN} | {"mobile": "090-1111-2222"}
    lead = actions.create("lead", known, by=toshiko)
    typed = {name: {**TYPED, "mobile": "090-1111-2222", **changed}[name] for name in kept}
    found = doubles.doubles_of(typed, toshiko_viewer(toshiko))
    assert [(each.found.record, each.proposed) for each in found] == [(lead, how)]


def test_whose_mobile_number_it_is_has_moved_where_the_card_names_another_firm(
    cast: Cast, toshiko: Person
) -> None:
    """He was proposed as the same person, and his new post was written down at his old firm."""
    contact = somebody(cast, mobile="090-1111-2222")
    card = {
        "company": "有限会社やぶした食品",
        "mobile": "090-1111-2222",
        "email": "misono@yabushita.example.jp",
    }
    typed = {**TYPED, **card, "phone": "", "website": "", "city": "", "street": ""}
    found = doubles.doubles_of(typed, toshiko_viewer(toshiko))
    likely = doubles.likeliest(found)
    assert likely is not None
    assert (likely.found.record, likely.proposed) == (contact, "moved")


def test_the_desk_says_how_alike_and_why(cast: Cast, toshiko: Person, card: Card, login_as: Login) -> None:
    known = somebody(cast, email=TYPED["email"])
    page = login_as(toshiko).get(f"/cards/{card.uid}/candidates/", TYPED).content.decode()
    for words in (f"contact:{known.uid}", 'data-proposed="same"', "一致度", "確実", "理由を見る", "氏名"):
        assert words in page


def test_erased_with_the_person(cast: Cast, toshiko: Person, card: Card) -> None:
    from django.core.files.storage import default_storage

    from daifuku.records.actions import erasing

    done = finish(card, TYPED, "new", by=toshiko)
    files = (done.card.picture, done.card.thumb)
    erasing.erase(done.record, by=cast.mizuno)
    assert not Card.objects.exists()
    assert not any(default_storage.exists(name) for name in files)
