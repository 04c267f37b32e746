"""Who hears of a request for a field: whoever keeps the fields, whoever asked, whoever supported it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.ledger import subscribing
from daifuku.messages import field_requests
from daifuku.messages.models import Notice
from daifuku.records.models import CustomField
from daifuku.records.requests import asking, deciding, reviewing
from daifuku.records.tests.test_request_fields import details

if TYPE_CHECKING:
    from daifuku.records.models import FieldRequest
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(subscribing, "_subscribers", {})
    field_requests.subscribe()
    subscribing.deliver()
    yield


def told(person: Person) -> list[str]:
    return [notice.sentence for notice in Notice.objects.filter(person=person).order_by("id")]


def asked(by: Person) -> FieldRequest:
    row = asking.ask_for_field("account", by=by, **details())
    subscribing.deliver()
    return row


def test_whoever_keeps_the_fields_is_told_of_a_request(cast: Cast) -> None:
    row = asked(cast.aoyama)
    assert told(cast.mizuno) == ["青山 凛さんが、項目「決算月」の追加を申請しました。"]
    assert Notice.objects.get().url == f"/field-requests/{row.uid}/"
    asked(cast.mizuno)
    assert Notice.objects.count() == 1


def test_a_refusal_reaches_who_asked_and_who_supported_with_the_reason(cast: Cast) -> None:
    row = asked(cast.aoyama)
    asking.support(row, by=cast.baba)
    deciding.decline_request(row, "備考で足ります。", by=cast.mizuno)
    subscribing.deliver()
    sentence = "水野 誠さんが、項目「決算月」の申請を見送りました。理由: 備考で足ります。"
    assert told(cast.aoyama) == told(cast.baba) == [sentence]
    assert told(cast.senda) == []


def test_approval_is_for_who_asked_the_finished_field_for_supporters_too(cast: Cast) -> None:
    row = asked(cast.aoyama)
    asking.support(row, by=cast.baba)
    deciding.approve_request(row, by=cast.mizuno)
    deciding.make_field(row, "choice", "決算月", by=cast.mizuno)
    subscribing.deliver()
    done = "水野 誠さんが、申請された項目「決算月」を追加しました。もう使えます。"
    assert told(cast.aoyama) == ["水野 誠さんが、項目「決算月」の申請を承認しました。", done]
    assert told(cast.baba) == [done]


def test_the_day_of_review_is_told_once(cast: Cast) -> None:
    row = asked(cast.aoyama)
    field = deciding.make_field(row, "choice", "決算月", by=cast.mizuno)
    assert not field_requests.anything_to_review()
    CustomField.objects.update(review_on=timezone.localdate())
    assert field_requests.anything_to_review()
    field_requests.remind_of_reviews()
    field_requests.remind_of_reviews()
    assert told(cast.mizuno)[1:] == ["項目「決算月」の見直し日です。続けるか、やめるかを決めてください。"]
    reviewing.review_field(field, None, by=cast.mizuno)
    assert not field_requests.anything_to_review()
