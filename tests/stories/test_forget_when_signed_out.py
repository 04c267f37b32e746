"""Somebody signs 青山's phone out from afar while its page is closed: nothing stays on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from daifuku.staff.actions.devices import sign_out_everywhere
from tests.stories.phone_support import Handset
from tests.stories.test_be_told import deliver

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_phone_that_lies_in_a_train_forgets_everything_when_it_is_signed_out(
    handset: Handset, cast: Cast
) -> None:
    """Its page is not open: what the push service brings wakes the worker, which asks and wipes."""
    handset.context.grant_permissions(["notifications"], origin=handset.url)
    handset.offline()
    handset.record("電話", "その他", "内密の話")
    handset.page.goto("about:blank")
    handset.online()
    handset.page.goto(f"{handset.url}/static/web/mark.svg")
    assert handset.kept()
    said = json.dumps({"title": "大福帳", "body": "この端末はログアウトされました。", "ask": True}).encode()
    deliver(handset.page, "/phone/", said)
    handset.page.wait_for_timeout(700)
    assert any("outbox" in each for each in handset.kept())
    sign_out_everywhere(handset.person, by=cast.mizuno)
    deliver(handset.page, "/phone/", said)
    for _second in range(20):
        handset.page.wait_for_timeout(1000)
        if not handset.kept():
            break
    assert not any("outbox" in each or "daifuku-phone" in each for each in handset.kept())
