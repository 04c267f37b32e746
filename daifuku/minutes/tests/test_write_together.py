"""Two in the same minutes see each other, on the page and by the API, and neither overwrites the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from daifuku.activities.models import Talk
from daifuku.minutes.actions import rewrite, write
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TEXT = "【議題】\n新しい箱\n【決定事項】\n未定\n【次にすること】\n未定"


@pytest.fixture
def talk(cast: Cast) -> Talk:
    firm = actions.create("account", {"name": "青葉商事", "owner": cast.aoyama}, by=cast.aoyama)
    talk = write({"account": firm, "method": "visit", "content": "other", "text": TEXT}, by=cast.aoyama)
    return actions.edit(talk, {"owner": cast.aoyama}, by=cast.aoyama)


def here(client: Client, talk: Talk, version: int) -> str:
    return client.post(f"/talks/{talk.uid}/minutes/here/?version={version}").content.decode()


def test_on_the_page(cast: Cast, talk: Talk, login_as: Callable[..., Client]) -> None:
    aoyama, osaki = login_as(cast.aoyama), login_as(cast.osaki)
    assert "大崎" not in here(aoyama, talk, talk.version)
    assert "青山" in here(osaki, talk, talk.version)
    assert "大崎" in here(aoyama, talk, talk.version)
    assert "大崎" in aoyama.get(f"/talks/{talk.uid}/minutes/").content.decode()
    saved = rewrite(talk, {"text": TEXT.replace("新しい箱", "小さい箱")}, by=cast.osaki)
    assert "ほかの人が先に保存しました" in here(aoyama, talk, talk.version)
    assert "先に保存しました" not in here(aoyama, talk, saved.version)


def test_by_the_api(cast: Cast, talk: Talk, login_as: Callable[..., Client]) -> None:
    address = f"/api/v1/talks/{talk.uid}/minutes/here"
    aoyama, osaki = login_as(cast.aoyama), login_as(cast.osaki)
    assert aoyama.post(address).json() == {"others": [], "version": talk.version}
    told = osaki.post(address).json()
    assert told["others"] == [{"uid": str(cast.aoyama.uid), "name": str(cast.aoyama)}]
    saved = rewrite(talk, {"text": TEXT + "。"}, by=cast.osaki)
    again = aoyama.post(address).json()
    assert (again["version"], [each["name"] for each in again["others"]]) == (
        saved.version,
        [str(cast.osaki)],
    )
    stale = {"text": "上書き"}
    refused = aoyama.patch(
        f"/api/v1/talks/{talk.uid}", stale, "application/json", headers={"If-Match": f'"{talk.version}"'}
    )
    assert refused.status_code == 412


def test_what_both_wrote_in_different_places_is_put_together(
    cast: Cast, talk: Talk, login_as: Callable[..., Client]
) -> None:
    aoyama = login_as(cast.aoyama)
    page = aoyama.get(f"/talks/{talk.uid}/minutes/")
    opened = page.context["opened"]
    rewrite(talk, {"text": TEXT.replace("新しい箱", "小さい箱")}, by=cast.osaki)
    fields = {each.name: each.value() or "" for each in page.context["form"]}
    mine = {
        **fields,
        "opened": opened,
        "text": TEXT.replace("【次にすること】\n未定", "【次にすること】\n見積"),
    }
    assert aoyama.post(f"/talks/{talk.uid}/minutes/", mine).status_code == 302
    text = Talk.plain.get().text
    assert ("小さい箱" in text, text.endswith("見積")) == (True, True)
    other = {**fields, "opened": opened, "text": TEXT.replace("新しい箱", "大きい箱")}
    contested = aoyama.post(f"/talks/{talk.uid}/minutes/", other)
    assert contested.status_code == 412
    assert "大きい箱" in contested.content.decode()
