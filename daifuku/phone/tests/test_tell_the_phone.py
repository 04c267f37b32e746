"""What the phone is told: who is signed in, his day, whom he talks with; the page itself tells nothing of anybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from daifuku.records import actions
from daifuku.records.actions import marking
from daifuku.staff import credentials

if TYPE_CHECKING:
    from daifuku.phone.tests.conftest import Phone
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


class TestThePage:
    def test_it_is_the_same_for_everybody(self, phone: Phone) -> None:
        phone.plan(subject="見積の説明")
        page = phone.client.get("/phone/").content
        assert page == Client().get("/phone/").content
        assert "青葉商事" not in page.decode()
        assert "csrf" not in page.decode()

    def test_it_runs_no_inline_script(self, phone: Phone) -> None:
        answer = phone.client.get("/phone/")
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert all("src=" in part[:80] for part in answer.content.decode().split("<script")[1:])

    def test_its_worker_keeps_the_page_and_its_files_and_nothing_else(self, phone: Phone) -> None:
        answer = phone.client.get("/phone/worker.js")
        assert answer["Content-Type"].startswith("text/javascript")
        told = json.loads(answer.content.decode().partition("\n")[0].removeprefix("const KEPT = "))
        assert told["page"] == "/phone/"
        assert all(address.startswith("/static/") for address in told["files"])
        assert "/static/phone/js/main.js" in told["files"]

    def test_it_can_be_put_on_the_home_screen(self, phone: Phone) -> None:
        told = phone.client.get("/phone/manifest.webmanifest").json()
        assert (told["start_url"], told["display"]) == ("/phone/", "standalone")
        assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}


class TestWhoIsSignedIn:
    def test_the_person_and_the_token_for_sending(self, phone: Phone) -> None:
        told = phone.client.get("/phone/signed-in/").json()
        assert (told["person"], bool(told["csrf"]), told["ended"]) == (str(phone.person.uid), True, "")

    def test_nobody_yet(self, phone: Phone) -> None:
        answer = Client().get("/phone/signed-in/")
        assert (answer.json()["person"], answer.json()["ended"]) == (None, "expired")
        assert "Clear-Site-Data" not in answer

    def test_somebody_signed_the_phone_out(self, phone: Phone) -> None:
        credentials.end([phone.client.session.session_key or ""])
        answer = phone.client.get("/phone/signed-in/")
        assert answer.json()["ended"] == "revoked"
        assert answer["Clear-Site-Data"] == '"cache", "storage"'

    def test_any_page_tells_a_phone_that_was_signed_out_to_forget(self, phone: Phone) -> None:
        credentials.end([phone.client.session.session_key or ""])
        assert "storage" in phone.client.get("/accounts/")["Clear-Site-Data"]

    def test_a_session_that_grew_old_was_not_ended_by_anybody(self, phone: Phone) -> None:
        Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
        answer = phone.client.get("/phone/signed-in/")
        assert (answer.json()["ended"], "Clear-Site-Data" in answer) == ("expired", False)

    def test_neither_was_one_that_a_restored_backup_does_not_know(self, phone: Phone) -> None:
        Session.objects.all().delete()
        answer = phone.client.get("/phone/signed-in/")
        assert (answer.json()["ended"], "Clear-Site-Data" in answer) == ("expired", False)

    def test_neither_was_one_that_is_used_for_too_long(self, phone: Phone) -> None:
        session = phone.client.session
        session["signed_in_at"] = 1
        session.save()
        answer = phone.client.get("/phone/signed-in/")
        assert (answer.json()["ended"], "Clear-Site-Data" in answer) == ("expired", False)

    def test_signing_out_wipes_the_browser(self, phone: Phone) -> None:
        assert phone.client.post("/logout/")["Clear-Site-Data"] == '"cache", "storage"'


class TestTheDay:
    def test_plans_tasks_choices_and_wordings(self, phone: Phone) -> None:
        phone.plan(subject="見積の説明")
        actions.create("task", {"subject": "見本を送る", "due_on": timezone.localdate()}, by=phone.person)
        told = phone.client.get("/phone/data/").json()
        assert [each["name"] for each in told["today"]] == ["見積の説明"]
        assert told["today"][0]["with"]["uid"] == str(phone.customer.uid)
        assert [each["name"] for each in told["tasks"]] == ["見本を送る"]
        assert [each["key"] for each in told["methods"]] == ["phone", "mail", "visit", "online", "other"]
        assert len(told["wordings"]) == 25
        assert told["may"] == {"talk": True, "plan": True, "task": True, "voice": True}

    def test_the_next_appointment_comes_before_whom_one_talked_with_and_ones_favourites(
        self, phone: Phone
    ) -> None:
        names = ("桜物産", "楓商店")
        talked, liked = (actions.create("account", {"name": name}, by=phone.person) for name in names)
        phone.send(phone.entry(account=str(talked.uid)), "a")
        marking.add_favourite(liked, by=phone.person)
        phone.plan()
        told = phone.client.get("/phone/data/").json()["customers"]
        assert [(each["name"], each["why"]) for each in told] == [
            ("株式会社青葉商事", "plan"), ("桜物産", "talk"), ("楓商店", "favourite"),
        ]  # fmt: skip
        assert told[0]["read"] == "アオバショウジ"

    def test_what_one_may_not_see_is_not_in_it(
        self, phone: Phone, cast: Cast, login_as: Callable[..., Client]
    ) -> None:
        marking.add_favourite(phone.customer, by=cast.senda)
        actions.edit(phone.customer, {"privacy": "private"}, by=phone.person)
        assert login_as(cast.senda).get("/phone/data/").json()["customers"] == []

    def test_customers_are_found_by_kana(self, phone: Phone) -> None:
        told = phone.client.get("/phone/find/", {"q": "あおば"}).json()["customers"]
        assert [each["uid"] for each in told] == [str(phone.customer.uid)]
        assert phone.client.get("/phone/find/").json() == {"customers": []}

    def test_it_is_kept_by_no_browser(self, phone: Phone) -> None:
        assert phone.client.get("/phone/data/")["Cache-Control"] == "private, no-store"
