"""Cards are photographed in the hall where there is no signal: they wait in the phone, and come in once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.cards.models import Card
from daifuku.cards.tests.conftest import picture

if TYPE_CHECKING:
    from tests.stories.phone_support import Handset

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_cards_wait_for_signal_and_come_in_once(handset: Handset) -> None:
    page = handset.page
    page.get_by_text("名刺を撮る").wait_for()
    page.context.set_offline(True)
    files = [
        {"name": f"{word}.jpg", "mimeType": "image/jpeg", "buffer": picture(word)} for word in ("one", "two")
    ]
    page.locator("#card-in").set_input_files(files)  # type: ignore[arg-type]
    page.get_by_text("名刺を2枚受け取りました").wait_for()
    assert not Card.objects.exists()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.locator("#unsent-count[hidden]").wait_for(state="attached", timeout=20_000)
    cards = Card.objects.all()
    assert (cards.count(), {card.way for card in cards}, {card.brought_by for card in cards}) == (
        2, {"photo"}, {handset.person},
    )  # fmt: skip
