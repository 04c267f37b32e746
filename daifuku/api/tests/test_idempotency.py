"""F14: the same request sent again, even at the same moment, is done once and answered alike."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from daifuku.api.tests.support import Program, problem, said
from daifuku.customers.models import Account
from daifuku.ledger.models import Event, IdempotentRequest

if TYPE_CHECKING:
    from django.http import HttpResponse

    from daifuku.staff.testing import Cast

BODY = {"name": "青葉商事"}


@pytest.mark.django_db
def test_the_same_key_and_body_give_the_same_answer(aoyama: Program) -> None:
    first = aoyama.post("/accounts", BODY, Idempotency_Key="k1")
    second = aoyama.post("/accounts", BODY, Idempotency_Key="k1")
    assert (second.status_code, second.content) == (first.status_code, first.content) == (201, first.content)
    assert (second["Location"], second["ETag"]) == (first["Location"], first["ETag"])
    assert second["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert Account.plain.count() == 1
    assert Event.objects.filter(kind="account.created").count() == 1


@pytest.mark.django_db
def test_another_body_or_address_under_the_same_key_is_refused(aoyama: Program) -> None:
    aoyama.post("/accounts", BODY, Idempotency_Key="k1")
    for refused in (
        aoyama.post("/accounts", {"name": "別"}, Idempotency_Key="k1"),
        aoyama.post("/leads", BODY, Idempotency_Key="k1"),
    ):
        assert (refused.status_code, problem(refused)["code"]) == (422, "idempotency_key_reused")
    assert Account.plain.count() == 1


@pytest.mark.django_db
def test_keys_of_another_token_are_other_keys(aoyama: Program, senda: Program) -> None:
    aoyama.post("/accounts", BODY, Idempotency_Key="k1")
    senda.post("/accounts", BODY, Idempotency_Key="k1")
    assert Account.plain.count() == 2


@pytest.mark.django_db
def test_a_refusal_is_not_kept_so_that_the_mended_request_goes_through(aoyama: Program) -> None:
    assert aoyama.post("/accounts", {"name": ""}, Idempotency_Key="k1").status_code == 422
    assert not IdempotentRequest.objects.exists()
    assert aoyama.post("/accounts", BODY, Idempotency_Key="k1").status_code == 201


@pytest.mark.django_db
def test_a_change_that_was_answered_into_the_void_can_be_sent_again(aoyama: Program) -> None:
    made = said(aoyama.post("/accounts", BODY))
    path = f"/accounts/{made['uid']}"
    for _time in range(2):
        again = aoyama.patch(path, {"note": "x"}, Idempotency_Key="k2", If_Match='"1"')
        assert (again.status_code, again["ETag"]) == (200, '"2"')
    for _time in range(2):
        assert aoyama.delete(path, Idempotency_Key="k3").status_code == 204


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["あ", "a" * 181])
def test_a_key_that_cannot_be_is_refused(aoyama: Program, key: str) -> None:
    refused = aoyama.post("/accounts", BODY, Idempotency_Key=key)
    assert (refused.status_code, problem(refused)["code"]) == (400, "idempotency_key")


def at_once(count: int, ask: object) -> list[HttpResponse]:
    """The same request from so many threads at the same moment."""
    answers: list[HttpResponse] = []
    barrier = threading.Barrier(count)

    def send() -> None:
        barrier.wait()
        try:
            answers.append(ask())  # type: ignore[operator]
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", [2, 8, 20])
def test_many_identical_requests_at_once_make_one_record_and_get_one_answer(
    aoyama: Program, count: int
) -> None:
    answers = at_once(count, lambda: aoyama.post("/accounts", BODY, Idempotency_Key="k1"))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Account.plain.count() == 1
    assert Event.objects.filter(kind="account.created").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_with_the_same_own_uid_make_one_record(aoyama: Program) -> None:
    body = BODY | {"uid": "0198c0de-0000-7000-8000-000000000009"}
    answers = at_once(6, lambda: aoyama.post("/accounts", body))
    assert {answer.status_code for answer in answers} <= {200, 201}
    assert Account.plain.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_upsert_the_same_key_at_once_make_one_record(aoyama: Program, cast: Cast) -> None:
    answers = at_once(6, lambda: aoyama.put("/accounts/by/code/T-1", BODY))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert Account.plain.count() == 1
