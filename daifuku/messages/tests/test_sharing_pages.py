"""The pages of sharing: the matrix, what one makes quieter, the whole customer followed, the notice centre's filter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from daifuku.ledger.models import Event
from daifuku.messages.models import Notice, OwnTiming, Receiving, SharingRule, Watch
from daifuku.messages.notices import notify
from daifuku.messages.sharing import own
from daifuku.messages.sharing.changing import undo_changed
from daifuku.records import actions
from daifuku.records.actions.erasing import erase

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
QUIET = {"quiet_from": "19:00", "quiet_until": "08:00", "by_mail": "on"}


def test_a_column_is_changed_kept_in_the_ledger_and_taken_back(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.mizuno)
    sent = {"talk.complaint:timing": "weekly", "talk.complaint:depth": "headline"}
    client.post("/settings/sharing/president/", sent)
    rule = SharingRule.objects.get()
    assert (rule.happening, rule.timing, rule.depth) == ("talk.complaint", "weekly", "headline")
    line = Event.objects.get(kind="sharing.changed")
    assert line.data["before"]["talk.complaint"]["timing"] == "at_once"
    undo_changed(line, cast.mizuno)
    assert not SharingRule.objects.exists()


def test_a_wrong_choice_gets_a_sentence_and_keeps_the_rest(cast: Cast, login_as: Login) -> None:
    sent = {
        "talk.complaint:timing": "sometimes", "talk.complaint:depth": "full", "talk.order:timing": "weekly",
        "talk.order:depth": "headline",
    }  # fmt: skip
    answer = login_as(cast.mizuno).post("/settings/sharing/president/", sent)
    assert answer.status_code == 422 and "知らせる時を選んでください" in answer.content.decode()
    assert not SharingRule.objects.exists()
    assert '<option value="weekly" selected>' in answer.content.decode()


def test_a_condition_is_written_in_the_editor_of_the_house(cast: Cast, login_as: Login) -> None:
    client, address = login_as(cast.mizuno), "/settings/sharing/president/talk.complaint/"
    assert client.get(address).status_code == 200
    sent = {
        "match": "all",
        "row": "1",
        "field-1": "method",
        "op-1": "any_of",
        "takes-1": "many",
        "value-1": "visit",
    }
    assert client.post(address, sent).status_code == 302
    (test,) = SharingRule.objects.get().condition["all"]
    assert (test["field"], test["value"]) == ("method", ["visit"])
    assert "条件あり" in client.get("/settings/sharing/").content.decode()
    client.post("/settings/sharing/president/shipped/")
    assert not SharingRule.objects.exists()


def test_one_makes_quieter_what_the_firm_foresees_and_never_louder(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.mori)
    client.post("/account/notices/", QUIET | {"topic:talk.complaint": "morning"})
    assert OwnTiming.objects.get().timing == "morning"
    row = Receiving.objects.get()
    assert (f"{row.quiet_from:%H:%M}", row.by_mail, row.quiet_days) == ("19:00", True, False)
    refused = client.post("/account/notices/", QUIET | {"topic:account.new": "at_once"})
    assert refused.status_code == 422
    assert "ここで選べる知らせ方ではありません" in refused.content.decode()
    client.post("/account/notices/", QUIET | {"topic:talk.complaint": "at_once"})
    assert not OwnTiming.objects.exists()


def test_a_mention_can_be_quieter_but_not_stopped(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.baba)
    assert client.post("/account/notices/", QUIET | {"topic:comment.mentioned": "never"}).status_code == 422
    assert client.post("/account/notices/", QUIET | {"topic:comment.mentioned": "app"}).status_code == 302


def test_a_clock_that_is_none_keeps_what_was_typed(cast: Cast, login_as: Login) -> None:
    sent = QUIET | {"quiet_from": "二十時", "topic:comment.answered": "weekly"}
    answer = login_as(cast.baba).post("/account/notices/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "二十時" in page and '<option value="weekly" selected>' in page


def test_a_customer_is_followed_whole_from_his_page_and_given_up_from_the_list(
    cast: Cast, login_as: Login
) -> None:
    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    client = login_as(cast.senda)
    assert "まるごとフォロー" in client.get(account.get_absolute_url()).content.decode()
    client.post(f"{account.get_absolute_url()}watch/")
    assert own.watches(account, cast.senda)
    assert "青葉商事" in client.get("/account/notices/").content.decode()
    actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    assert "青葉商事" not in client.get("/account/notices/").content.decode()
    actions.edit(account, {"privacy": ""}, by=cast.aoyama)
    answer = client.post(f"{account.get_absolute_url()}watch/", {"state": "off", "back": "receiving"})
    assert answer.headers["Location"] == "/account/notices/" and not Watch.objects.exists()


def test_an_erased_lead_is_followed_by_nobody(cast: Cast) -> None:
    lead = actions.create("lead", {"family_name": "佐藤", "company": "x"}, by=cast.aoyama)
    own.watch(lead, by=cast.senda)
    erase(lead, by=cast.mizuno)
    assert not Watch.objects.exists()


def test_the_notice_centre_narrows_by_kind_and_to_what_is_unread(cast: Cast, login_as: Login) -> None:
    notify(cast.baba, kind="comment.mentioned", sentence="呼ばれました")
    shared = notify(cast.baba, kind="shared.talk.complaint", sentence="苦情です", why={"by": "role"})
    notify(cast.baba, kind="job.ended", sentence="終わりました")
    client = login_as(cast.baba)

    def seen(**query: str) -> list[str]:
        page = client.get("/notices/", query).content.decode()
        return [word for word in ("呼ばれました", "苦情です", "終わりました") if word in page]

    assert seen() == ["呼ばれました", "苦情です", "終わりました"]
    assert seen(kind="mine") == ["呼ばれました"]
    assert seen(kind="shared") == ["苦情です"]
    assert seen(kind="rest") == ["終わりました"]
    client.post(f"/notices/{shared.uid}/read/", {"back": "/notices/?kind=shared"})
    assert seen(kind="shared", unread="1") == []
    assert Notice.objects.unread().count() == 2


def test_an_address_elsewhere_does_not_lead_away(cast: Cast, login_as: Login) -> None:
    notice = notify(cast.baba, kind="x", sentence="x")
    answer = login_as(cast.baba).post(f"/notices/{notice.uid}/read/", {"back": "//evil.example.com/"})
    assert answer.headers["Location"] == "/notices/"


def test_the_demo_has_something_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone

    from daifuku.customers import demo
    from daifuku.customers.demo import customers, leads

    monkeypatch.setattr(customers, "FIRMS", 24)
    monkeypatch.setattr(leads, "LEADS", 60)
    assert demo.load(timezone.localdate())
    assert Watch.objects.count() == 5 and SharingRule.objects.count() == 2
    assert Notice.objects.filter(kind="comment.mentioned").exists()
    assert Notice.objects.filter(kind__startswith="shared.", read_at__isnull=True).exists()
