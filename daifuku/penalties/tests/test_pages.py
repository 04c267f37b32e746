"""The ledger as people open it: the statement, its file, one entry, the terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.duties.actions import owe
from daifuku.penalties.actions import edit_terms, object_to
from daifuku.penalties.models import Consent, Entry, EntryState, Payment, Terms, Wage

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
Login = Callable[["Person"], "Client"]


@pytest.fixture
def entry(cast: Cast) -> Entry:
    edit_terms({"on": True}, by=cast.mizuno)
    duty = owe("test", origin="check", owner=cast.aoyama, due_at=timezone.now(), label="=SUM(1)", weight=0)
    made: Entry = Entry.objects.create(person=cast.aoyama, duty=duty, day=timezone.localdate(), mode="points")
    return made


@pytest.mark.parametrize(
    ("who", "status"), [("aoyama", 200), ("osaki", 200), ("mori", 200), ("baba", 404), ("senda", 404)]
)
def test_who_sees_an_entry(cast: Cast, login_as: Login, entry: Entry, who: str, status: int) -> None:
    client = login_as(getattr(cast, who))
    assert client.get(f"/penalties/{entry.uid}/").status_code == status
    page = client.get("/penalties/").content.decode()
    assert (str(entry.uid) in page) == (status == 200)


def test_the_file_of_a_month_holds_no_formula(cast: Cast, login_as: Login, entry: Entry) -> None:
    answer = login_as(cast.aoyama).get("/penalties/statement.csv")
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "青山 凛" in text
    assert "'=SUM(1)" in text
    assert "青山" not in login_as(cast.baba).get("/penalties/statement.csv").content.decode("utf-8-sig")


def test_an_objection_and_its_decision(cast: Cast, login_as: Login, entry: Entry) -> None:
    client = login_as(cast.aoyama)
    assert client.post(f"/penalties/{entry.uid}/object/", {"reason": ""}).status_code == 422
    client.post(f"/penalties/{entry.uid}/object/", {"reason": "出張でした"})
    assert "出張でした" in login_as(cast.osaki).get("/penalties/").content.decode()
    wrong = login_as(cast.osaki).post(f"/penalties/{entry.uid}/decide/", {"verdict": "accept", "reason": ""})
    assert wrong.status_code == 422
    login_as(cast.osaki).post(f"/penalties/{entry.uid}/decide/", {"verdict": "accept", "reason": "確認"})
    assert Entry.objects.get().state == EntryState.WAIVED


def test_the_terms_say_what_the_law_says(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.mizuno)
    page = client.get("/settings/penalties/")
    assert "労働基準法16条" in page.content.decode()
    assert "労働基準法91条" in page.content.decode()
    sent = {**page.context["form"].initial, "on": "on", "mode": "discipline"}
    wrong = client.post("/settings/penalties/", sent)
    assert (wrong.status_code, "就業規則の定めが必要" in wrong.content.decode()) == (422, True)
    assert client.post("/settings/penalties/", {**sent, "work_rules": "第48条"}).status_code == 302
    assert Terms.objects.get().mode == "discipline"
    assert login_as(cast.osaki).get("/settings/penalties/").status_code == 404


def test_wages_consent_and_payment_have_pages(cast: Cast, login_as: Login, entry: Entry) -> None:
    boss = login_as(cast.mizuno)
    assert (
        boss.post(f"/settings/penalties/wages/{cast.aoyama.uid}/", {"daily": "x", "period": "1"}).status_code
        == 422
    )
    boss.post(f"/settings/penalties/wages/{cast.aoyama.uid}/", {"daily": "9000", "period": "200000"})
    assert Wage.objects.get().most_at_once == 4500
    assert "4,500" in boss.get("/settings/penalties/wages/").content.decode()
    assert login_as(cast.aoyama).get("/penalties/consent/").status_code == 404
    edit_terms({"mode": "fund"}, by=cast.mizuno)
    client = login_as(cast.aoyama)
    assert client.post("/penalties/consent/", {"name": "別の人"}).status_code == 422
    client.post("/penalties/consent/", {"name": "青山 凛"})
    assert Consent.objects.filter(withdrawn_at__isnull=True).count() == 1
    Entry.objects.update(amount=500)
    today = timezone.localdate()
    sent = {
        "person": str(cast.aoyama.uid),
        "month": f"{today:%Y-%m}",
        "amount": "500",
        "paid_on": today.isoformat(),
    }
    assert client.post("/penalties/pay/", sent).status_code == 404
    boss.post("/penalties/pay/", sent)
    assert Payment.objects.get().amount == 500
    boss.post(f"/penalties/payments/{Payment.objects.get().uid}/cancel/")
    assert not Payment.objects.exists()
    client.post("/penalties/consent/", {"do": "take_back"})
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()


def test_an_erased_customer_leaves_no_words(cast: Cast, login_as: Login) -> None:
    from daifuku.records.actions import create
    from daifuku.records.actions.erasing import erase

    edit_terms({"on": True}, by=cast.mizuno)
    lead = create("lead", {"family_name": "山田", "private": True}, by=cast.aoyama)
    duty = owe("t", origin="rule:x", owner=cast.aoyama, due_at=timezone.now(), subject=lead, weight=0)
    entry = Entry.objects.create(person=cast.aoyama, duty=duty, day=timezone.localdate(), mode="points")
    object_to(entry, "山田様のご都合", by=cast.aoyama)
    erase(lead, by=cast.mizuno)
    assert Entry.objects.get().objection == ""
