"""The pages of webhooks: one is set up, tried, watched, changed; others may look and stop, but not read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.jobs.models import Job
from daifuku.ledger.models import Event
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.tests.webhooks_support import work_off
from daifuku.messages.webhooks import actions, asking
from daifuku.records import actions as records
from daifuku.staff.models import Role
from tests.support.receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/settings/webhooks/"
GOOD = {"name": "基幹システム", "address": "https://erp.example.jp/hook", "extent": "all"}


@pytest.fixture
def client(cast: Cast, login_as: Callable[[Person], Client]) -> Client:
    return login_as(cast.mizuno)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_empty_page_teaches(client: Client) -> None:
    assert "基幹システムを更新する" in text(client.get(PAGE))


def test_the_secret_is_shown_once(client: Client) -> None:
    answer = client.post(f"{PAGE}new/", GOOD)
    shown = re.search(r'value="(whsec_[\w-]+)"', text(answer))
    assert answer.status_code == 200
    assert shown
    hook = Webhook.objects.get()
    for path in ("", f"{hook.uid}/", f"{hook.uid}/edit/"):
        assert "whsec_" not in text(client.get(PAGE + path))
    again = re.search(r'value="(whsec_[\w-]+)"', text(client.post(f"{PAGE}{hook.uid}/secret/")))
    assert again
    assert again.group(1) != shown.group(1)
    assert "前の署名キーも有効な期限" in text(client.get(f"{PAGE}{hook.uid}/"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "必須です"),
        ({"address": "http://localhost/"}, "DAIFUKU_CALLS_ALLOWED"),
        ({"address": "https://2130706433/"}, "アドレスの形が正しくありません"),
        ({"address": "gopher://x"}, "https:// で始めてください"),
        ({"extent": "some"}, "送る出来事を1つ以上選んでください"),
        ({"extent": "some", "kinds": "x.created"}, "正しく選択してください"),
    ],
)
def test_what_was_typed_stays_and_the_mend_is_told(
    changed: dict[str, str], words: str, client: Client
) -> None:
    answer = client.post(f"{PAGE}new/", {**GOOD, "objects": "lead", **changed})
    assert answer.status_code == 422
    assert words in text(answer)
    assert re.search(r'value="lead"[^>]*checked', text(answer))
    assert Webhook.objects.count() == 0


def test_chosen_kinds_come_back_into_the_form(client: Client) -> None:
    client.post(f"{PAGE}new/", {**GOOD, "extent": "some", "kinds": ["lead.created", "comment.written"]})
    hook = Webhook.objects.get()
    assert hook.kinds == ["comment.written", "lead.created"]
    page = text(client.get(f"{PAGE}{hook.uid}/edit/"))
    assert re.findall(r'name="kinds" value="([\w.]+)" checked', page) == ["lead.created", "comment.written"]
    answer = client.post(
        f"{PAGE}{hook.uid}/edit/",
        {**GOOD, "name": "会計", "version": 1, "extent": "all", "kinds": "lead.created"},
    )
    assert answer["Location"] == f"{PAGE}{hook.uid}/"
    hook.refresh_from_db()
    assert (hook.name, hook.kinds) == ("会計", [])
    assert client.post(f"{PAGE}{hook.uid}/edit/", {**GOOD, "version": 1}).status_code == 412


def test_a_change_can_be_taken_back_from_the_note(client: Client) -> None:
    client.post(f"{PAGE}new/", GOOD)
    hook = Webhook.objects.get()
    answer = client.post(f"{PAGE}{hook.uid}/remove/", follow=True)
    line = Event.objects.get(kind="webhook.removed")
    assert reverse("records:undo", args=[line.pk]) in text(answer)
    assert client.get(f"{PAGE}{hook.uid}/").status_code == 404
    client.post(reverse("records:undo", args=[line.pk]))
    assert client.get(f"{PAGE}{hook.uid}/").status_code == 200


def test_a_test_is_tried_and_its_answer_seen(client: Client, hook: Webhook, receiver: Receiver) -> None:
    receiver.status, receiver.text = 500, "<script>alert(1)</script>"
    answer = client.post(f"{PAGE}{hook.uid}/test/")
    before = text(client.get(answer["Location"]))
    assert "まもなく送ります" in before
    assert 'hx-trigger="every 1s"' in before
    work_off()
    after = text(client.get(f"{answer['Location']}progress/"))
    assert "相手が 500 で答えました" in after
    assert "&lt;script&gt;alert(1)" in after
    assert "大福帳からのテスト送信です" in after
    assert "every 1s" not in after


def test_deliveries_are_narrowed_and_paged_by_their_number(
    cast: Cast, client: Client, hook: Webhook, receiver: Receiver
) -> None:
    records.create_many("account", [{"name": f"会社{n}"} for n in range(60)], by=cast.aoyama)
    work_off()
    receiver.status = 500
    asking.send_test(hook, by=cast.mizuno)
    work_off()
    page = client.get(f"{PAGE}{hook.uid}/")
    assert (len(page.context["rows"]), page.context["more"] is not None) == (50, True)
    older = client.get(f"{PAGE}{hook.uid}/?before={page.context['more']}")
    assert len(older.context["rows"]) == 11
    assert len(client.get(f"{PAGE}{hook.uid}/?state=failed").context["rows"]) == 1
    assert len(client.get(f"{PAGE}{hook.uid}/?state=waiting").context["rows"]) == 1
    assert client.get(f"{PAGE}{hook.uid}/?state=x&before=9{'9' * 40}").status_code == 200


def test_one_is_sent_again_and_what_waits_is_dropped(
    client: Client, hook: Webhook, receiver: Receiver
) -> None:
    client.post(f"{PAGE}{hook.uid}/test/")
    work_off()
    delivery = WebhookDelivery.objects.get()
    path = f"{PAGE}{hook.uid}/deliveries/{delivery.uid}/"
    assert client.post(f"{path}again/")["Location"] == path
    assert "1件の送信を取りやめました" in text(client.post(f"{PAGE}{hook.uid}/drop/", follow=True))
    work_off()
    assert len(receiver.got) == 1


def test_a_replay_leads_to_its_job(client: Client, hook: Webhook) -> None:
    page = text(client.get(f"{PAGE}{hook.uid}/"))
    assert re.search(r'name="day" value="20\d\d-\d\d-\d\d"', page)
    answer = client.post(f"{PAGE}{hook.uid}/replay/", {"day": "2026-01-01", "line": "1"})
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.uid}/"
    assert job.payload == {"webhook": hook.pk, "day": None, "line": 1}
    for wrong in ({}, {"day": "2999-01-01"}, {"day": "x"}, {"line": "-1"}):
        assert client.post(f"{PAGE}{hook.uid}/replay/", wrong).status_code == 422


def test_another_one_looks_and_stops_and_takes_over_but_does_not_read(
    cast: Cast, hook: Webhook, receiver: Receiver, login_as: Callable[[Person], Client]
) -> None:
    records.create("account", {"name": "関西の客"}, by=cast.senda)
    receiver.text = "関西の客を登録しました"
    work_off()
    cast.osaki.roles.set([Role.objects.create(key="second", name="設定担当", grants={}, powers=["settings"])])
    other = login_as(cast.osaki)
    page = text(other.get(f"{PAGE}{hook.uid}/deliveries/{WebhookDelivery.objects.get().uid}/"))
    assert "関西の客" not in page
    assert "持ち主の水野 誠さんだけが見られます" in page
    assert other.post(f"{PAGE}{hook.uid}/edit/", {**GOOD, "version": 1}).status_code == 403
    assert "先に引き継いでください" in text(other.get(f"{PAGE}{hook.uid}/edit/"))
    assert other.post(f"{PAGE}{hook.uid}/secret/").status_code == 403
    assert other.post(f"{PAGE}{hook.uid}/switch/", {"on": "0"}).status_code == 302
    assert other.post(f"{PAGE}{hook.uid}/switch/", {"on": "1"}).status_code == 403
    assert other.post(f"{PAGE}{hook.uid}/take-over/").status_code == 302
    hook.refresh_from_db()
    assert (hook.person, hook.active) == (cast.osaki, False)
    assert other.post(f"{PAGE}{hook.uid}/switch/", {"on": "1"}).status_code == 302
    assert "関西の客" not in text(
        other.get(f"{PAGE}{hook.uid}/deliveries/{WebhookDelivery.objects.get().uid}/")
    )


def test_a_stopped_one_says_why(cast: Cast, client: Client, hook: Webhook) -> None:
    actions.switch_webhook(hook, on=False, by=cast.mizuno)
    page = text(client.get(f"{PAGE}{hook.uid}/"))
    assert "停止中の出来事は送られません" in page
    assert "テスト送信" not in re.sub(r"「テスト送信」", "", page)
    assert client.post(f"{PAGE}{hook.uid}/test/").status_code == 409
    Webhook.objects.update(stopped="failures")
    assert "送信が続けて失敗したため" in text(client.get(f"{PAGE}{hook.uid}/"))


def test_a_delivery_of_another_webhook_is_not_there(cast: Cast, client: Client, hook: Webhook) -> None:
    other, _secret = actions.create_webhook(by=cast.mizuno, name="別", address="https://example.jp/")
    delivery = asking.send_test(other, by=cast.mizuno)
    for path in ("", "progress/"):
        assert client.get(f"{PAGE}{hook.uid}/deliveries/{delivery.uid}/{path}").status_code == 404
    assert client.post(f"{PAGE}{hook.uid}/deliveries/{delivery.uid}/again/").status_code == 404
