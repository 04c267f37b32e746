"""Minutes of a meeting of the house need no customer, and are no talk with one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.activities.models import Plan, Talk, Task
from daifuku.activities.showing import who
from daifuku.duties.sources import talks
from daifuku.foundation.errors import Invalid
from daifuku.minutes.actions import accept_many, write
from daifuku.minutes.models import Template
from daifuku.records import actions
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TEXT = """【議題】
来月の展示会
【決定事項】
決定: 3人で出る
【次にすること】
ToDo: 名札を作る 12/4
次回: 12/10 14:00 役割分担"""
MEETING = {"internal": True, "method": "other", "content": "other", "text": TEXT}


def test_nobody_is_named(cast: Cast) -> None:
    talk = write(MEETING, by=cast.aoyama)
    assert (talk.account, talk.lead, talk.internal) == (None, None, True)
    assert who(talk, viewer_of(cast.aoyama), ()) == [("社内", "")]
    assert talk in Talk.objects.visible_to(viewer_of(cast.osaki))


def test_a_customer_beside_it_is_refused(cast: Cast) -> None:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    with pytest.raises(Invalid, match="社内の会議には"):
        write({**MEETING, "account": firm}, by=cast.aoyama)
    with pytest.raises(Invalid, match="取引先、担当者、見込み客"):
        write({**MEETING, "internal": False}, by=cast.aoyama)


def test_its_next_meeting_becomes_a_task(cast: Cast) -> None:
    talk = write({**MEETING, "started_at": "2026-11-27 09:00"}, by=cast.aoyama)
    accept_many(talk, by=cast.aoyama)
    assert not Plan.plain.exists()
    assert set(Task.plain.values_list("subject", flat=True)) == {"名札を作る", "次回: 14:00 役割分担"}


def test_it_is_no_entry_that_is_counted(cast: Cast) -> None:
    talk = write(MEETING, by=cast.aoyama)
    assert talk not in talks.changed_since(talk.created_at.replace(year=2020))


def test_the_page_asks_for_no_customer(cast: Cast, login_as: Callable[..., Client]) -> None:
    client = login_as(cast.aoyama)
    template = Template.objects.get(internal=True)
    form = client.get(f"/minutes/new/?template={template.uid}").context["form"]
    assert not {"account", "contact", "lead"} & set(form.fields)
    sent: dict[str, Any] = {each.name: each.value() or "" for each in form}
    assert sent["internal"] == "yes"
    answer = client.post("/minutes/new/", {**sent, "text": TEXT})
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    assert "社内" in client.get("/minutes/").content.decode()
