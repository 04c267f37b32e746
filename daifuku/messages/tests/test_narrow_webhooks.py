"""A webhook with a condition hears of the records that meet it; one that cannot be asked holds, and loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.foundation.errors import Invalid
from daifuku.messages.models import Notice, Webhook, WebhookDelivery
from daifuku.messages.tests.webhooks_support import make_due, read_on, told, work_off, work_off_jobs
from daifuku.messages.webhooks import actions, asking, narrowing
from daifuku.records import actions as records
from daifuku.records import undoing
from daifuku.records.actions import commenting, custom_fields, erasing
from daifuku.records.models import CustomField
from daifuku.staff.models import Role
from tests.support.receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)
RANK_A = {"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]}
PAGE = "/settings/webhooks/"


@pytest.fixture
def important(cast: Cast, receiver: Receiver) -> Webhook:
    read_on()
    return made(cast.mizuno, receiver, RANK_A)


@pytest.fixture
def size(cast: Cast) -> CustomField:
    return custom_fields.add_field("account", "integer", "規模", by=cast.mizuno, key="size")


def made(by: Person, receiver: Receiver, condition: Any, objects: tuple[str, ...] = ("account",)) -> Webhook:
    return actions.create_webhook(
        by=by, name="重要顧客", address=receiver.url, objects=list(objects), condition=condition
    )[0]


def names(receiver: Receiver) -> list[str]:
    return [body["name"] for body in told(receiver)]


def test_only_records_that_meet_the_condition_are_told(
    cast: Cast, important: Webhook, receiver: Receiver
) -> None:
    small = records.create("account", {"name": "小口", "rank": "c"}, by=cast.aoyama)
    large = records.create("account", {"name": "大口", "rank": "a"}, by=cast.aoyama)
    records.create("lead", {"company": "若草工業", "family_name": "佐藤"}, by=cast.aoyama)
    work_off()
    for account in (small, large):
        commenting.write_comment(account, "訪問しました", by=cast.aoyama)
    work_off()
    records.edit(small, {"rank": "a"}, by=cast.aoyama)
    work_off()
    assert [(body["name"], body["kind"]) for body in told(receiver)] == [
        ("大口", "account.created"), ("大口", "comment.written"), ("小口", "account.edited"),
    ]  # fmt: skip
    assert WebhookDelivery.objects.count() == 3, "of the others there is not even a delivery"


def test_what_was_lined_up_goes_although_the_record_has_changed_since(
    cast: Cast, important: Webhook, receiver: Receiver
) -> None:
    account = records.create("account", {"name": "大口", "rank": "a"}, by=cast.aoyama)
    read_on()
    records.edit(account, {"rank": "c"}, by=cast.aoyama)
    work_off()
    assert [body["kind"] for body in told(receiver)] == ["account.created"]


def test_an_erased_record_is_told_whether_it_meets_the_condition_or_not(
    cast: Cast, receiver: Receiver
) -> None:
    lead = records.create("lead", {"company": "若草", "family_name": "佐藤"}, by=cast.aoyama)
    read_on()
    written = {"all": [{"field": "family_name", "op": "is", "value": "佐藤"}]}
    made(cast.mizuno, receiver, written, ("lead",))
    erasing.erase(lead, by=cast.mizuno)
    work_off()
    assert [body["kind"] for body in told(receiver)] == ["lead.erased"]


def test_sending_once_more_asks_the_condition_as_well(
    cast: Cast, important: Webhook, receiver: Receiver
) -> None:
    for name, rank in (("大口", "a"), ("小口", "c")):
        records.create("account", {"name": name, "rank": rank}, by=cast.aoyama)
    work_off()
    asking.replay(important, by=cast.mizuno, day=timezone.localdate())
    work_off_jobs()
    work_off()
    assert names(receiver) == ["大口", "大口"]


@pytest.mark.parametrize(
    ("condition", "objects", "words"),
    [
        (RANK_A, (), "記録の種類を1つだけ"),
        (RANK_A, ("account", "lead"), "記録の種類を1つだけ"),
        ({"all": [{"field": "nothing", "op": "is", "value": "x"}]}, ("account",), "「nothing」はありません"),
        ({"all": [{"field": "rank", "op": "like", "value": "x"}]}, ("account",), "という比べ方はありません"),
        ({"all": [{"field": "rank", "op": "any_of", "value": ["zz"]}]}, ("account",), "ランク"),
        ({"field": "rank"}, ("account",), "op"),
        (["rank"], ("account",), "条件の形"),
    ],
)
def test_a_condition_that_cannot_be_is_refused_with_a_sentence(
    cast: Cast, receiver: Receiver, condition: Any, objects: tuple[str, ...], words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        made(cast.mizuno, receiver, condition, objects)
    assert {problem.field for problem in refused.value.problems} == {"condition"}
    assert words in str(refused.value.problems[0].message)
    assert not Webhook.objects.exists()


def test_another_kind_of_record_needs_another_condition(
    cast: Cast, important: Webhook, receiver: Receiver
) -> None:
    with pytest.raises(Invalid):
        actions.edit_webhook(important, {"objects": ["lead"]}, by=cast.mizuno)
    event = actions.edit_webhook(important, {"objects": ["lead"], "condition": {}}, by=cast.mizuno)
    assert (important.objects_heard, important.condition) == (["lead"], {})
    assert event is not None
    undoing.undo(event, by=cast.mizuno)
    important.refresh_from_db()
    assert (important.objects_heard, important.condition) == (["account"], RANK_A)


def test_a_deleted_field_holds_all_and_a_mended_condition_lets_the_meant_ones_go(
    cast: Cast, size: CustomField, receiver: Receiver
) -> None:
    read_on()
    hook = made(cast.mizuno, receiver, {"all": [{"field": "size", "op": "gte", "value": 100}]})
    custom_fields.retire_field(size, by=cast.mizuno)
    for name, rank in (("大口", "a"), ("小口", "c"), ("別口", "a")):
        records.create("account", {"name": name, "rank": rank}, by=cast.aoyama)
    for _turn in range(3):
        work_off()
        make_due()
    assert receiver.connections == 0
    assert set(WebhookDelivery.objects.values_list("state", "attempts")) == {("waiting", 0)}
    assert "「size」はありません" in narrowing.trouble_of(hook)
    notice = Notice.objects.get(kind="webhook.held")
    assert (notice.person, notice.url) == (cast.mizuno, f"{PAGE}{hook.uid}/")
    asking.send_test(hook, by=cast.mizuno)
    work_off()
    assert [body["kind"] for body in told(receiver)] == ["test"]
    actions.edit_webhook(hook, {"condition": RANK_A}, by=cast.mizuno)
    work_off()
    assert names(receiver)[1:] == ["大口", "別口"]
    assert WebhookDelivery.objects.get(state="skipped").error == "condition"


def test_a_field_that_comes_back_lets_it_go_on(cast: Cast, size: CustomField, receiver: Receiver) -> None:
    read_on()
    made(cast.mizuno, receiver, {"all": [{"field": "size", "op": "gte", "value": 100}]})
    custom_fields.retire_field(size, by=cast.mizuno)
    account = records.create("account", {"name": "大口"}, by=cast.aoyama)
    work_off()
    custom_fields.bring_back_field(size, by=cast.mizuno)
    records.edit(account, {"size": 500}, by=cast.aoyama)
    make_due()
    work_off()
    assert [body["kind"] for body in told(receiver)] == ["account.created", "account.edited"]


def test_the_owner_asks_with_his_own_rights(cast: Cast, receiver: Receiver) -> None:
    role = Role.objects.create(
        key="second", name="設定担当", grants={"*": {"view": "tree"}}, powers=["settings"],
        field_rules={"account": {"phone": "hidden"}},
    )  # fmt: skip
    cast.osaki.roles.set([role])
    phone = {"all": [{"field": "phone", "op": "filled"}]}
    with pytest.raises(Invalid):
        made(cast.osaki, receiver, phone)
    hook = made(cast.mizuno, receiver, phone)
    actions.take_over_webhook(hook, by=cast.osaki)
    read_on()
    records.create("account", {"name": "青葉商事", "phone": "03-1234-5678"}, by=cast.aoyama)
    work_off()
    assert receiver.connections == 0
    assert narrowing.trouble_of(hook)


def test_the_form_edits_the_condition(
    cast: Cast, login_as: Callable[[Person], Client], receiver: Receiver
) -> None:
    client = login_as(cast.mizuno)
    assert "記録の種類を1つだけ選ぶと" in client.get(f"{PAGE}new/").content.decode()
    assert "項目を選ぶ" in client.get(f"{PAGE}condition/?objects=account").content.decode()
    assert "1つだけ" in client.get(f"{PAGE}condition/?objects=account&objects=lead").content.decode()
    assert "1つだけ" in client.get(f"{PAGE}condition/?objects=nothing").content.decode()
    form: dict[str, Any] = {
        "name": "重要顧客", "address": receiver.url, "extent": "all", "objects": "account", "match": "all",
        "row": "1", "field-1": "rank", "op-1": "any_of", "takes-1": "many", "value-1": ["zz"], "group-1": "",
    }  # fmt: skip
    refused = client.post(f"{PAGE}new/", form)
    assert (refused.status_code, "ランク" in refused.content.decode()) == (422, True)
    client.post(f"{PAGE}new/", form | {"value-1": ["a"]})
    hook = Webhook.objects.get()
    assert hook.condition == RANK_A
    page = client.get(f"{PAGE}{hook.uid}/").content.decode()
    assert ("ランク" in page, "保留" in page) == (True, False)
    edit = client.get(f"{PAGE}{hook.uid}/edit/").content.decode()
    assert '<option value="rank" selected>' in edit
    client.post(f"{PAGE}{hook.uid}/edit/", form | {"row": [], "version": 1})
    hook.refresh_from_db()
    assert hook.condition == {}


def test_a_held_webhook_says_so_and_a_deep_condition_stays(
    cast: Cast, login_as: Callable[[Person], Client], receiver: Receiver, size: CustomField
) -> None:
    client = login_as(cast.mizuno)
    rank: Any = RANK_A["all"][0]
    deep = {"all": [{"any": [rank, {"all": [rank, {"field": "size", "op": "filled"}]}]}]}
    hook = made(cast.mizuno, receiver, deep)
    page = client.get(f"{PAGE}{hook.uid}/edit/").content.decode()
    assert 'name="keep_condition"' in page
    form = {"name": "改名", "address": receiver.url, "extent": "all", "objects": "account", "version": 1}
    client.post(f"{PAGE}{hook.uid}/edit/", form | {"keep_condition": "1"})
    hook.refresh_from_db()
    assert (hook.name, hook.condition) == ("改名", deep)
    custom_fields.retire_field(size, by=cast.mizuno)
    for path in ("", f"{hook.uid}/"):
        assert "保留" in client.get(PAGE + path).content.decode()
    edit = client.get(f"{PAGE}{hook.uid}/edit/")
    assert edit.status_code == 200
