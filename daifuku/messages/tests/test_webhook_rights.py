"""A webhook sends what its owner may see, and only as long as he may set such things up."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.foundation.errors import Conflict, Forbidden, Invalid, Stale
from daifuku.ledger.erasing import erase
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice, Webhook, WebhookDelivery
from daifuku.messages.tests.webhooks_support import kinds_told, read_on, told, work_off
from daifuku.messages.webhooks import actions, asking, hearing
from daifuku.records import actions as records
from daifuku.records import undoing
from daifuku.records.actions import commenting
from daifuku.staff.actions import edit_role, leave, set_roles
from daifuku.staff.models import Role
from daifuku.staff.viewer import Viewer
from tests.support.receiver import Receiver

if TYPE_CHECKING:
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def second(cast: Cast) -> Person:
    """大崎 edits the settings as well, sees his own team's records alone, and no telephone numbers."""
    role = Role.objects.create(
        key="second", name="設定担当", grants={"*": {"view": "tree"}}, powers=["settings"],
        field_rules={"account": {"phone": "hidden"}},
    )  # fmt: skip
    cast.osaki.roles.set([role])
    return cast.osaki


@pytest.fixture
def narrow(cast: Cast, second: Person, receiver: Receiver) -> Webhook:
    work_off()
    return actions.create_webhook(by=second, name="課の集計", address=receiver.url)[0]


def test_foreign_and_private_records_are_not_told(cast: Cast, narrow: Webhook, receiver: Receiver) -> None:
    records.create("account", {"name": "関西の客"}, by=cast.senda)
    records.create("account", {"name": "秘密の客", "privacy": "private"}, by=cast.aoyama)
    seen = records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    foreign = records.create("account", {"name": "関西商事"}, by=cast.senda)
    commenting.write_comment(foreign, "内密に", by=cast.senda)
    work_off()
    assert [body["uid"] for body in told(receiver)] == [str(seen.uid)]
    assert WebhookDelivery.objects.count() == 1, "not even that there was something"
    assert "関西" not in b"".join(got.body for got in receiver.got).decode()


def test_hidden_fields_are_not_told(cast: Cast, narrow: Webhook, receiver: Receiver) -> None:
    account = records.create("account", {"name": "青葉商事", "phone": "03-1234-5678"}, by=cast.aoyama)
    records.edit(account, {"phone": "03-9999-9999"}, by=cast.aoyama)
    records.edit(account, {"phone": "03-8888-8888", "name": "青葉商事株式会社"}, by=cast.aoyama)
    work_off()
    assert kinds_told(receiver) == ["account.created", "account.edited"]
    assert told(receiver)[1]["changes"] == {"name": ["青葉商事", "青葉商事株式会社"]}
    sent = b"".join(got.body for got in receiver.got).decode()
    assert not [number for number in ("1234-5678", "9999-9999", "8888-8888") if f"03-{number}" in sent]


def test_a_link_to_what_the_owner_does_not_see_has_no_name(
    cast: Cast, narrow: Webhook, receiver: Receiver
) -> None:
    parent = records.create("account", {"name": "関西本社", "privacy": "private"}, by=cast.aoyama)
    records.create("account", {"name": "青葉商事", "parent": parent}, by=cast.aoyama)
    work_off()
    assert told(receiver)[0]["changes"]["parent"][1] == {"uid": None, "label": "非公開の取引先"}


def test_what_became_private_before_it_went_is_not_sent(
    cast: Cast, narrow: Webhook, receiver: Receiver
) -> None:
    account = records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    read_on()
    records.edit(account, {"privacy": "private"}, by=cast.aoyama)
    work_off()
    assert receiver.got == []
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.error, delivery.body) == ("skipped", "hidden", "")


def test_only_chosen_kinds_and_objects_are_told(cast: Cast, receiver: Receiver) -> None:
    work_off()
    actions.create_webhook(
        by=cast.mizuno, name="見込み客だけ", address=receiver.url, kinds=["lead.created", "comment.written"],
        objects=["lead"],
    )  # fmt: skip
    account = records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    commenting.write_comment(account, "取引先へ", by=cast.aoyama)
    lead = records.create("lead", {"company": "若草工業", "family_name": "佐藤"}, by=cast.aoyama)
    records.edit(lead, {"company": "若草"}, by=cast.aoyama)
    commenting.write_comment(lead, "見込み客へ", by=cast.aoyama)
    work_off()
    assert kinds_told(receiver) == ["lead.created", "comment.written"]
    assert told(receiver)[1]["detail"] == "見込み客へ"


def test_what_goes_to_the_trash_and_comes_back_is_told(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    account = records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    records.trash(account, by=cast.aoyama)
    records.restore(account, by=cast.aoyama)
    work_off()
    assert kinds_told(receiver) == ["account.created", "account.trashed", "account.restored"]


def test_it_hears_from_its_creation_on(cast: Cast, receiver: Receiver) -> None:
    work_off()
    records.create("account", {"name": "前からの客"}, by=cast.aoyama)
    actions.create_webhook(by=cast.mizuno, name="基幹", address=receiver.url)
    records.create("account", {"name": "新しい客"}, by=cast.aoyama)
    work_off()
    assert [body["name"] for body in told(receiver)] == ["新しい客"]


def test_lines_of_the_firm_are_for_whoever_may_audit(cast: Cast, second: Person, receiver: Receiver) -> None:
    work_off()
    with pytest.raises(Invalid):
        actions.create_webhook(by=second, name="監査", address=receiver.url, kinds=["role.edited"])
    hook, _secret = actions.create_webhook(
        by=cast.mizuno, name="監査", address=receiver.url, kinds=["role.edited"]
    )
    edit_role(Role.objects.get(key="reader"), {"name": "見るだけ"}, by=cast.mizuno)
    work_off()
    body = told(receiver)[0]
    assert (body["kind"], body["object"], body["changes"]) == ("role.edited", "role", {})
    Role.objects.filter(key="administrator").update(powers=["settings", "staff"])
    edit_role(Role.objects.get(key="reader"), {"name": "閲覧"}, by=cast.mizuno)
    work_off()
    assert len(receiver.got) == 1


def test_every_kind_of_line_is_offered_or_left_out_on_purpose(cast: Cast) -> None:
    from daifuku.ledger import kinds

    offered = hearing.keys_of(hearing.offered(Viewer(cast.mizuno)))
    left_out = {kind.key for kind in kinds.every()} - offered
    assert left_out == {
        "account.opened",
        "contact.opened",
        "daily_report.opened",
        "deal.opened",
        "lead.opened",
        "talk.opened",
        "plan.opened",
        "task.opened",
        "voice.opened",
        "product.opened",
        "price.opened",
        "quote.opened",
        "order.opened",
        "order_line.opened",
        "purchase.opened",
        "delivery.opened",
        "target.opened",
        "invoice.opened",
        "payment.opened",
        "milestone.opened",
        "api.listed",
        "view.pinned",
        "view.opens",
    }
    for _group, choices in hearing.groups(Viewer(cast.mizuno)):
        words = [label for _key, label in choices]
        assert len(set(words)) == len(words), "two kinds read the same"


def test_the_owner_leaves_and_it_stops_and_says_so(cast: Cast, narrow: Webhook, receiver: Receiver) -> None:
    leave(cast.osaki, on=date(2026, 11, 30), by=cast.mizuno)
    records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    work_off()
    narrow.refresh_from_db()
    assert (narrow.active, narrow.stopped, receiver.got) == (False, "left", [])
    notice = Notice.objects.get(kind="webhook.stopped")
    assert notice.person == cast.mizuno
    assert "大崎 涼さんが退職したため停止しました" in notice.sentence
    assert Event.objects.get(kind="webhook.stopped").data["why"] == "left"


def test_the_owner_loses_the_power_and_it_stops_before_it_sends(
    cast: Cast, narrow: Webhook, receiver: Receiver
) -> None:
    set_roles(cast.osaki, [Role.objects.get(key="manager")], by=cast.mizuno)
    records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    work_off()
    narrow.refresh_from_db()
    assert (narrow.stopped, receiver.got) == ("rights", [])


def test_somebody_else_changes_nothing_before_he_takes_it_over(
    cast: Cast, hook: Webhook, second: Person, receiver: Receiver
) -> None:
    """Else he would send what 水野 sees to a server of his own."""
    for attempt in (
        lambda: actions.edit_webhook(hook, {"address": "https://evil.example/"}, by=second),
        lambda: actions.change_secret(hook, by=second),
    ):
        with pytest.raises(Forbidden, match="引き継いで"):
            attempt()
    records.create("account", {"name": "関西の客"}, by=cast.senda)
    work_off()
    assert "関西の客" in WebhookDelivery.objects.get().body
    actions.take_over_webhook(hook, by=second)
    assert WebhookDelivery.objects.get().body == ""
    asking.send_again(WebhookDelivery.objects.get(), by=second)
    records.create("account", {"name": "関西の別の客"}, by=cast.senda)
    work_off()
    assert len(receiver.got) == 1
    assert WebhookDelivery.objects.get().state == "skipped"


def test_only_whoever_edits_the_settings_has_webhooks(cast: Cast, hook: Webhook) -> None:
    with pytest.raises(Forbidden):
        actions.create_webhook(by=cast.osaki, name="x", address="https://example.jp/")
    for attempt in (
        actions.remove_webhook,
        actions.take_over_webhook,
        actions.change_secret,
        asking.send_test,
    ):
        with pytest.raises(Forbidden):
            attempt(hook, by=cast.osaki)  # type: ignore[operator]
    with pytest.raises(Forbidden):
        actions.switch_webhook(hook, on=False, by=cast.osaki)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": ""}, "name", "入力してください"),
        ({"name": "あ" * 61}, "name", "60文字以内"),
        ({"address": ""}, "address", "アドレスを入力してください"),
        ({"address": "example.jp"}, "address", "形が正しくありません"),
        ({"address": "http://example.jp/"}, "address", "https://"),
        ({"address": "https://127.0.0.1/"}, "address", "DAIFUKU_CALLS_ALLOWED"),
        ({"address": "https://0177.0.0.1/"}, "address", "形が正しくありません"),
        ({"kinds": ["nothing.created"]}, "kinds", "選び直して"),
        ({"objects": ["person"]}, "objects", "選び直して"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(
    values: dict[str, Any], field: str, words: str, cast: Cast
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.create_webhook(by=cast.mizuno, **{"name": "基幹", "address": "https://example.jp/", **values})
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert words in refusal.value.message
    assert Webhook.objects.count() == 0


def test_there_is_a_most(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    actions.create_webhook(by=cast.mizuno, name="一つ", address="https://example.jp/")
    with pytest.raises(Conflict, match="多すぎます"):
        actions.create_webhook(by=cast.mizuno, name="二つ", address="https://example.jp/")


def test_every_change_is_a_line_and_can_be_taken_back(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    edited = actions.edit_webhook(hook, {"name": "会計", "objects": ["lead"]}, by=cast.mizuno, version=1)
    with pytest.raises(Stale):
        actions.edit_webhook(hook, {"name": "別"}, by=cast.mizuno, version=1)
    assert actions.edit_webhook(hook, {"name": "会計"}, by=cast.mizuno) is None
    assert edited is not None
    assert edited.changes == {"name": ["基幹システム", "会計"], "objects_heard": [[], ["lead"]]}
    undoing.undo(edited, by=cast.mizuno)
    stopped = actions.switch_webhook(hook, on=False, by=cast.mizuno)
    assert stopped is not None
    undoing.undo(stopped, by=cast.mizuno)
    undoing.undo(actions.remove_webhook(hook, by=cast.mizuno), by=cast.mizuno)
    actions.change_secret(hook, by=cast.mizuno)
    hook.refresh_from_db()
    assert (hook.name, hook.objects_heard, hook.active, hook.removed_at) == ("基幹システム", [], True, None)
    kinds = Event.objects.filter(kind__startswith="webhook.").order_by("pk").values_list("kind", flat=True)
    assert [kind.removeprefix("webhook.") for kind in kinds] == [
        "created", "edited", "edited", "edited", "edited", "removed", "restored", "secret_changed",
    ]  # fmt: skip
    undoing.undo(Event.objects.get(kind="webhook.created"), by=cast.mizuno)
    hook.refresh_from_db()
    assert hook.removed_at is not None


def test_what_happens_while_it_is_off_is_not_sent(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    actions.switch_webhook(hook, on=False, by=cast.mizuno)
    records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    actions.switch_webhook(hook, on=True, by=cast.mizuno)
    records.create("account", {"name": "若草工業"}, by=cast.aoyama)
    work_off()
    assert [body["name"] for body in told(receiver)] == ["若草工業"]


def test_a_removed_one_sends_nothing_any_more(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    asking.send_test(hook, by=cast.mizuno)
    actions.remove_webhook(hook, by=cast.mizuno)
    work_off()
    assert receiver.got == []
    with pytest.raises(Conflict):
        asking.send_test(hook, by=cast.mizuno)


def test_of_an_erased_person_deliveries_do_not_tell(cast: Cast, hook: Webhook, receiver: Receiver) -> None:
    contact = records.create("contact", {"family_name": "山田", "given_name": "太郎"}, by=cast.aoyama)
    work_off()
    assert "山田" in WebhookDelivery.objects.get(kind="contact.created").body
    erase("contact", contact.pk, by=cast.mizuno, kind="contact.erased")
    work_off()
    assert WebhookDelivery.objects.get(kind="contact.created").body == ""
    asking.send_again(WebhookDelivery.objects.get(kind="contact.created"), by=cast.mizuno)
    work_off()
    again = json.loads(receiver.got[-1].body)
    assert (again["erased"], again["changes"]["family_name"]) == (True, ["…", "…"])
