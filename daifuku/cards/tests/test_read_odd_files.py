"""What is no card, the whole way through the real reader: a sentence, the picture to type from, never a broken job."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from daifuku.cards.actions import finishing, reading
from daifuku.cards.actions.bringing import About, bring
from daifuku.cards.models import Card, Reading
from daifuku.cards.reading import apart, available
from daifuku.cards.tests.test_read_cards import KOREAN, jpeg, korean
from daifuku.cards.tests.test_read_pictures import pdf, png_that_claims
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from daifuku.staff.testing import Cast

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not available(), reason="the engine is not installed"),
]
_READER = reading._reader


@pytest.fixture(autouse=True)
def with_reader(monkeypatch: pytest.MonkeyPatch, _by_hand: None) -> Iterator[None]:
    monkeypatch.setattr(reading, "_reader", _READER)
    yield
    apart._child.close()


def brought(cast: Cast, data: bytes, name: str) -> Card:
    bring(ContentFile(data, name), by=cast.aoyama, about=About(owner=cast.aoyama))
    work_off()
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    return Card.objects.get()


def test_a_card_in_korean_is_typed_from_its_picture(cast: Cast) -> None:
    card = brought(cast, jpeg(korean(KOREAN)), "korean.jpg")
    assert (card.reading, "読めない文字の多い名刺" in card.trouble, bool(card.picture)) == (
        Reading.READY,
        True,
        True,
    )
    assert "family_name" not in card.proposals
    assert "company" not in card.proposals
    assert card.proposals["email"]["value"] == "kim@hankook.co.kr"
    typed = {"company": "韓国商事", "family_name": "金", "given_name": "哲洙", "email": "kim@hankook.co.kr"}
    done = finishing.finish(card, typed, "new", by=cast.aoyama)
    assert done.record.company == "韓国商事"


@pytest.mark.parametrize("colour", ["white", "black"])
def test_a_blank_picture_says_so_and_is_kept(cast: Cast, colour: str) -> None:
    card = brought(cast, jpeg(Image.new("RGB", (1600, 1000), colour)), "blank.jpg")
    assert (card.reading, "文字が見つかりません" in card.trouble) == (Reading.BLANK, True)
    assert (card.proposals, card.lines, default_storage.exists(card.picture)) == ({}, [], True)


def test_a_pdf_with_scripts_is_drawn_and_nothing_else(cast: Cast) -> None:
    words = b"app.launchURL\\('http://127.0.0.1:9/'\\); this.exportDataObject\\({cName: 'x'}\\);"
    script = b"<< /S /JavaScript /JS (" + words + b") >>"
    opened = pdf(script, catalog=b"/OpenAction 5 0 R /Names << /JavaScript << /Names [(x) 5 0 R] >> >>")
    card = brought(cast, opened, "scripts.pdf")
    # One black bar and no letters: what is drawn is there to be looked at.
    assert (card.reading, "文字が見つかりません" in card.trouble) == (Reading.BLANK, True)
    with default_storage.open(card.picture) as file:
        kept = file.read()
    assert (kept[:3], b"JavaScript" in kept, card.original) == (b"\xff\xd8\xff", False, "")


def test_fifty_megapixels_are_told_so(cast: Cast) -> None:
    """A photograph can still be typed from; a picture that says it is so large and is not, is none."""
    large = io.BytesIO()
    Image.new("L", (8200, 6200), "white").save(large, "JPEG", quality=30)
    card = brought(cast, large.getvalue(), "large.jpg")
    assert (card.reading, "5,000万画素" in card.trouble, max(card.width, card.height)) == (
        Reading.BLANK,
        True,
        2000,
    )
    card.delete()
    claimed = brought(cast, png_that_claims(8200, 6200), "claims.png")
    assert (claimed.reading, "4000万画素" in claimed.trouble, claimed.picture) == (Reading.FAILED, True, "")
