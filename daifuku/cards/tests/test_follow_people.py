"""A person's cards are his way: they go with him, say who of us knows him, and what was left alone after them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from daifuku.cards import alone, figures
from daifuku.cards.actions import rechecking
from daifuku.cards.actions.bringing import About, bring
from daifuku.cards.actions.finishing import finish
from daifuku.cards.knowing import known_by
from daifuku.cards.models import Card
from daifuku.cards.tests.conftest import TYPED, picture
from daifuku.conversion.actions.converting import convert
from daifuku.duties.models import Duty
from daifuku.duties.models.policy import policy
from daifuku.foundation.errors import Conflict
from daifuku.ledger.models import Event
from daifuku.merging.actions.merging import merge
from daifuku.records import actions, undoing
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_cards_of_a_lead_go_to_the_contact_and_come_back(cast: Cast, toshiko: Person, card: Card) -> None:
    lead = finish(card, TYPED, "new", by=toshiko).record
    done = convert(lead, by=cast.aoyama)
    card.refresh_from_db()
    assert (card.record, card.former_object, card.former_id) == (done.contact, "lead", lead.pk)
    undoing.undo(Event.objects.filter(kind="lead.converted").latest("pk"), by=cast.mizuno)
    card.refresh_from_db()
    assert (card.record, card.former_id) == (lead, None)


def test_cards_of_two_records_of_one_person_come_together(cast: Cast, toshiko: Person, card: Card) -> None:
    first = finish(card, TYPED, "new", by=toshiko).record
    other, _fresh = bring(ContentFile(picture("other")), by=cast.baba)
    second = finish(other, {**TYPED, "title": "部長"}, "new", by=toshiko).record
    merge([first, second], first, by=cast.mizuno)
    assert {each.record_id for each in Card.objects.all()} == {first.pk}


def test_who_of_us_knows_him(cast: Cast, toshiko: Person, card: Card, login_as: Login) -> None:
    lead = finish(card, TYPED, "new", by=toshiko).record
    told: dict[str, Any] = {"lead": lead, "method": "phone", "content": "other", "text": "お礼の電話"}
    for _each in range(2):
        actions.create("talk", told, by=cast.baba)
    rows = {row.person: row.words for row in known_by(lead, viewer_of(cast.osaki))}
    assert "営業担当" in rows[cast.aoyama]
    assert any("名刺を交換" in words for words in rows[cast.aoyama])
    assert any("取引2回" in words for words in rows[cast.baba])
    page = login_as(cast.osaki).get(lead.get_absolute_url()).content.decode()
    assert "この人を知っている社員" in page


def test_a_card_and_then_nothing_shows_as_left_alone(cast: Cast, toshiko: Person, card: Card) -> None:
    firm = actions.create("account", {"name": "みその工業"}, by=cast.aoyama)
    contact = finish(card, TYPED, "colleague", by=toshiko, target=firm).record
    now = timezone.now()
    assert alone.find(timezone.localdate(now), now, policy()) == 0
    later = now + timedelta(days=8)
    assert alone.find(timezone.localdate(later), later, policy()) == 1
    duty = Duty.objects.get(kind=alone.KIND)
    assert (duty.owner, duty.subject_id, "連絡していません" in alone.name(duty, contact)) == (
        cast.aoyama,
        contact.pk,
        True,
    )
    told = {"account": firm, "contact": contact, "method": "phone", "content": "other", "text": "お礼"}
    actions.create("talk", told, by=cast.aoyama)
    assert alone.find(timezone.localdate(later), later, policy()) == 0
    assert not Duty.objects.waiting().filter(kind=alone.KIND).exists()


def test_a_sample_is_typed_twice_and_the_error_is_counted(cast: Cast, toshiko: Person, card: Card) -> None:
    finish(card, {**TYPED, "street": "栄1-2-4"}, "new", by=toshiko, seconds=40)
    Card.objects.filter(pk=card.pk).update(check_wanted=True, seconds=40)
    with pytest.raises(Conflict):
        rechecking.type_again(card, TYPED, by=toshiko)
    row = rechecking.type_again(card, {**TYPED, "phone": "０５２－１２３－４５６７"}, by=cast.mizuno)
    assert row.differing == ["street"]
    assert rechecking.judge(card, ["street"], by=cast.mizuno) == []
    card.refresh_from_db()
    assert (card.record.street, card.values["street"]) == ("栄1-2-3", "栄1-2-3")
    whole, fields = figures.exactness(timezone.now())
    assert whole is not None
    assert (whole.wrong, {str(each.label): each.wrong for each in fields}["町域・番地"]) == (1, 1)
    speed = figures.speeds(timezone.now(), 60)[0]
    assert (speed.person, speed.cards, speed.seconds, speed.percent) == (toshiko, 1, 40, 100)


def test_what_was_found_wrong_is_put_right_where_it_still_stands_as_typed(
    cast: Cast, toshiko: Person, card: Card, login_as: Login
) -> None:
    firm = actions.create("account", {"name": "みその工業"}, by=cast.aoyama)
    wrong = {**TYPED, "company": "みそのの工業", "given_name": "大郎", "phone": "052-123-4568", "email": ""}
    contact = finish(card, wrong, "colleague", by=toshiko, target=firm).record
    Card.objects.update(check_wanted=True)
    actions.edit(contact, {"phone": "052-999-0000"}, by=cast.aoyama)
    row = rechecking.type_again(card, TYPED, by=cast.mizuno)
    sent = {f"right_{name}": "second" for name in row.differing}
    answer = login_as(cast.mizuno).post(f"/cards/{card.uid}/check/", sent, follow=True).content.decode()
    assert "登録先の「名、メール」を直しました。" in answer
    assert "」は、登録先で変えられているか直せないため、そのままです。" in answer
    contact.refresh_from_db()
    assert (contact.given_name, contact.email, contact.phone) == ("太郎", TYPED["email"], "052-999-0000")


def test_the_interval_is_wilsons() -> None:
    low, high = figures.wilson(1, 10)
    assert (round(low, 4), round(high, 4)) == (0.0179, 0.4042)
    assert figures.wilson(0, 0) == (0.0, 1.0)
    assert figures.wilson(0, 50)[0] == 0.0


def test_the_pages_of_the_desk_open(cast: Cast, toshiko: Person, card: Card, login_as: Login) -> None:
    finish(card, TYPED, "new", by=toshiko)
    Card.objects.update(check_wanted=True)
    about = About(exchanged_on=timezone.localdate())
    bring(ContentFile(picture("another")), by=cast.baba, about=about)
    client = login_as(cast.mizuno)
    for address in ("", "?show=done", "?show=aside", "?show=mine", "figures/", "mail/", "new/"):
        assert client.get(f"/cards/{address}").status_code == 200
    assert client.get("/settings/cards/").status_code == 200
    wrong = client.post(f"/cards/{card.uid}/check/", {**TYPED, "family_name": "味噌"})
    assert wrong.status_code == 302
    page = client.get(f"/cards/{card.uid}/check/").content.decode()
    assert "どちらが正しいですか" in page
    client.post(f"/cards/{card.uid}/check/", {"right_family_name": "first"})
    assert Card.objects.get(pk=card.pk).recheck.judged_at is not None
