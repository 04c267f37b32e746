"""The pages of requests for fields: nothing is typed twice, what is alike is shown, the form of the field is filled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from daifuku.records.models import CustomField, FieldRequest
from daifuku.records.requests import asking
from daifuku.records.tests.test_request_fields import details
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
NEW = "/field-requests/new/"


def signed_in(person: Person) -> Client:
    Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事"})
    client = Client()
    client.force_login(person)
    return client


def typed(**other: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=180)
    return {
        **details(), "object": "account", "choices": "3月\n9月", "review_on": day.strftime("%Y/%m/%d"), **other
    }  # fmt: skip


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_form_of_a_record_leads_to_the_request_of_a_field_for_such_records(cast: Cast) -> None:
    client = signed_in(cast.aoyama)
    assert "/field-requests/new/?object=account" in text(client.get("/accounts/new/"))
    page = text(client.get(f"{NEW}?object=lead"))
    assert '<option value="lead" selected>' in page
    assert signed_in(cast.eguchi).get(NEW).status_code == 404


def test_what_was_typed_stays_and_each_mistake_is_said_beside_its_field(cast: Cast) -> None:
    client = signed_in(cast.aoyama)
    response = client.post(NEW, typed(purpose="", review_on="2020/1/1", decider="課長が月初に"))
    page = text(response)
    assert response.status_code == 422 and not FieldRequest.objects.exists()
    assert (
        "何を決めるために使うかを入力してください" in page and "課長が月初に" in page and "3月\n9月" in page
    )
    response = client.post(NEW, typed(review_on="2020/1/1"))
    assert "明日以降" in text(response) and 'value="2020/1/1"' in text(response)


def test_without_scripts_what_is_alike_is_shown_once_before_the_request_is_made(cast: Cast) -> None:
    client = signed_in(cast.aoyama)
    page = text(client.post(NEW, typed(label="ホームページ")))
    assert "似た項目や申請があります" in page and "Webサイト" in page and not FieldRequest.objects.exists()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    assert "field:website" in seen
    response = client.post(NEW, typed(label="ホームページ", seen=seen))
    row = FieldRequest.objects.get()
    assert response["Location"] == f"/field-requests/{row.uid}/"
    assert "申請しました" in text(client.get(response["Location"]))


def test_the_same_form_sent_twice_is_one_request(cast: Cast) -> None:
    client = signed_in(cast.aoyama)
    form = typed(once="a" * 32)
    assert client.post(NEW, form)["Location"] == client.post(NEW, form)["Location"]
    assert FieldRequest.objects.count() == 1


def test_while_one_types_what_is_alike_is_shown(cast: Cast) -> None:
    client = signed_in(cast.aoyama)
    page = text(client.get("/field-requests/similar/?object=account&label=フリガナ"))
    assert "フリガナ" in page and "<html" not in page
    assert "似た項目" not in text(client.get("/field-requests/similar/?object=account&label=まったく別"))
    assert client.get("/field-requests/similar/?object=nothing&label=x").status_code == 404


def test_a_colleague_supports_by_one_press_and_takes_it_back_by_another(cast: Cast) -> None:
    row = asking.ask_for_field("account", by=cast.aoyama, **details())
    address = f"/field-requests/{row.uid}/"
    client = signed_in(cast.baba)
    assert "賛成する" in text(client.get(address))
    page = text(client.post(f"{address}support/", follow=True))
    assert "賛成を取り消す" in page and "元に戻す" in page
    assert "賛成1人" in text(client.get("/field-requests/"))
    assert "賛成する" in text(client.post(f"{address}support/take-back/", follow=True))
    assert "承認" not in text(client.get(address))
    assert client.post(f"{address}approve/").status_code == 403
    assert client.post(f"{address}withdraw/").status_code == 403
    assert "賛成する" not in text(signed_in(cast.aoyama).get(address))


def test_approving_leads_to_the_form_of_the_field_filled_with_what_was_asked(cast: Cast) -> None:
    row = asking.ask_for_field("account", by=cast.aoyama, **details())
    client = signed_in(cast.mizuno)
    making = client.post(f"/field-requests/{row.uid}/approve/")["Location"]
    page = text(client.get(making))
    assert 'value="決算月"' in page and '<option value="choice" selected>' in page
    assert "決算の2か月前に提案する。" in page and "青山 凛さんの申請" in page
    refused = client.post(making, {"label": "会社名", "type": "choice"})
    assert refused.status_code == 422
    response = client.post(making, {"label": "決算月", "type": "choice"})
    field = CustomField.objects.get()
    assert response["Location"] == f"/settings/choices/account/{field.key}/"
    row.refresh_from_db()
    assert (row.state, row.field) == ("done", field)
    assert "青山 凛さんの申請" not in text(client.get(making))
    assert field.label in text(signed_in(cast.aoyama).get(f"/field-requests/{row.uid}/"))
    assert "青山 凛さんの申請" in text(client.get(f"/settings/fields/account/{field.key}/edit/"))


def test_declining_needs_a_reason_and_keeps_what_was_typed(cast: Cast) -> None:
    row = asking.ask_for_field("account", by=cast.aoyama, **details())
    client = signed_in(cast.mizuno)
    address = f"/field-requests/{row.uid}/"
    response = client.post(f"{address}decline/", {"reason": " "})
    assert response.status_code == 422 and "見送る理由を入力" in text(response)
    client.post(f"{address}decline/", {"reason": "備考で足ります。"})
    assert "備考で足ります。" in text(signed_in(cast.aoyama).get(address))
    assert "決算月" in text(client.get("/field-requests/?state=declined"))
    assert address not in text(client.get("/field-requests/"))
    assert "申請中に戻しました" in text(client.post(f"{address}reopen/", follow=True))


def test_whoever_asked_mends_takes_back_and_asks_again(cast: Cast) -> None:
    row = asking.ask_for_field("account", by=cast.aoyama, **details())
    client = signed_in(cast.aoyama)
    address = f"/field-requests/{row.uid}/"
    form = {key: value for key, value in typed(label="決算の月").items() if key != "object"}
    assert client.post(f"{address}edit/", form).status_code == 302
    assert "決算の月" in text(client.get(address))
    assert "もう一度申請する" in text(client.post(f"{address}withdraw/", follow=True))
    assert "内容を直す" in text(client.post(f"{address}ask-again/", follow=True))
    assert signed_in(cast.baba).get(f"{address}edit/").status_code == 403
