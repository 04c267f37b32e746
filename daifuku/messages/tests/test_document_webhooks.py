"""What docs/ops/webhooks.md tells a receiver to do is what works."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.messages.models import Webhook
from daifuku.messages.tests.webhooks_support import told, work_off
from daifuku.messages.webhooks import actions, asking, sending
from daifuku.records import actions as records
from tests.support.receiver import Receiver
from tests.support.sources import ROOT

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

DOCUMENT = (ROOT / "docs/ops/webhooks.md").read_text()


@pytest.fixture
def check() -> Callable[..., bool]:
    """The function as it stands in the document."""
    [sample] = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    names: dict[str, Any] = {}
    exec(sample, names)
    found: Callable[..., bool] = names["is_from_daifuku"]
    return found


@pytest.mark.django_db(transaction=True)
def test_the_sample_knows_us_and_nobody_else(
    cast: Cast, receiver: Receiver, check: Callable[..., bool]
) -> None:
    hook, old = actions.create_webhook(by=cast.mizuno, name="基幹", address=receiver.url)
    new = actions.change_secret(hook, by=cast.mizuno)
    asking.send_test(hook, by=cast.mizuno)
    work_off()
    got = receiver.got[0]
    header = got.headers["Daifuku-Signature"]
    assert check(new, header, got.body)
    assert check(old, header, got.body)
    assert not check("whsec_other", header, got.body)
    assert not check(new, header, got.body + b" ")
    assert not check(new, header, got.body, now=time.time() + 301)
    for broken in ("", "t=,v1=", "v1=x", "t=x,v1=y", "nonsense"):
        assert not check(new, broken, got.body)


@pytest.mark.django_db(transaction=True)
def test_the_body_has_exactly_the_names_of_the_document(
    cast: Cast, hook: Webhook, receiver: Receiver
) -> None:
    account = records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    records.edit(account, {"rank": "a"}, by=cast.aoyama)
    work_off()
    [sample] = re.findall(r"```\n(\{.*?\})\n```", DOCUMENT, re.DOTALL)
    written, sent = json.loads(sample), told(receiver)[-1]
    assert list(sent) and set(sent) == set(written)
    assert set(sent["subjects"][0]) == set(written["subjects"][0])


def test_the_pauses_are_those_of_the_document() -> None:
    minutes = [pause.total_seconds() / 60 for pause in sending.PAUSES]
    assert minutes == [1 / 6, 1, 5, 30, 120, 360, 720]
    assert "10 s, 1 min, 5 min, 30 min, 2 h, 6 h and 12 h" in DOCUMENT
