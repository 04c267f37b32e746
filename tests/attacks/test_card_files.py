"""Files that are no cards, bombs and odd names: a clear sentence, nobody's work stands still."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import sys
import time
import tracemalloc
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from daifuku.cards import vcard
from daifuku.cards.actions import reading as reading_job
from daifuku.cards.actions.bringing import About, bring
from daifuku.cards.actions.finishing import finish
from daifuku.cards.models import Card, How, Reading
from daifuku.cards.pictures import NoCard, draw
from daifuku.cards.reading import apart, results
from daifuku.cards.tests.conftest import TYPED, picture
from daifuku.foundation.errors import DomainError, Invalid
from daifuku.jobs.testing import work_off
from daifuku.records import actions
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Any], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if the engine were installed; the process apart is whatever the test makes of it."""
    from daifuku.cards import reading

    monkeypatch.setattr(reading_job, "_reader", lambda: reading)
    apart._child.close()
    yield
    apart._child.close()


def brought(cast: Cast, data: bytes, name: str = "meishi.jpg") -> Card:
    card, _fresh = bring(ContentFile(data, name), by=cast.aoyama, about=About(owner=cast.aoyama))
    work_off()
    card.refresh_from_db()
    return card


@pytest.mark.parametrize(
    "program", ["import time; time.sleep(60)", "raise SystemExit(9)", "import os; os.abort()", "print('{}')"]
)
def test_a_reader_that_hangs_or_dies_leaves_the_card_to_be_typed(
    cast: Cast, with_engine: None, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(apart, "_COMMAND", [sys.executable, "-c", program])
    monkeypatch.setattr(apart, "_SECONDS", 0.8)
    began = time.monotonic()
    card = brought(cast, picture())
    assert time.monotonic() - began < 10
    assert (card.reading, card.trouble) == (Reading.BLANK, results.given_up().message)
    assert card.picture


def test_the_worker_itself_opens_no_picture_where_the_engine_reads(
    cast: Cast, with_engine: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def ask(data: bytes) -> Any:
        asked.append(len(data))
        raise results.blank()

    monkeypatch.setattr(apart._child, "ask", ask)
    assert brought(cast, picture()).reading == Reading.BLANK
    assert len(asked) == 1


def png(width: int, height: int) -> bytes:
    """Says how large it is, and is almost nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8000, 6300), (100_000, 100_000), (2**31 - 1, 1)])
def test_a_picture_of_fifty_megapixels_and_more_is_told_and_not_decoded(
    cast: Cast, size: tuple[int, int]
) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(NoCard):
            reading_job._drawn(png(*size), "image/png", "")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.jpg"), (b"<svg onload=alert(1)>", "card.svg"), (b"<html><script>", "card.jpg"),
        (b"MZ\x90", "a.exe"),
        (b"PK\x03\x04" + b"\0" * 30, "card.zip"), (b"\x00" * 1000, "x.png"), (b"BM" + b"\0" * 60, "x.bmp"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_told_at_once(cast: Cast, data: bytes, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        bring(ContentFile(data, name), by=cast.aoyama)
    assert refused.value.problems[0].field == "file"
    assert not Card.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a\x00b.jpg", "名" * 300, "C:\\x\\y.jpg", "\r\nSet-Cookie: a=b", "<b>.jpg", ""],
)
def test_odd_names_of_files_stay_names(cast: Cast, name: str, login_as: Login) -> None:
    card = brought(cast, picture(), name)
    assert "/" not in card.name
    assert "\x00" not in card.name
    assert ".." not in card.picture
    answer = login_as(cast.aoyama).get(f"/cards/{card.uid}/picture/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


LINE = b"BEGIN:VCARD\nVERSION:3.0\n"
BOMBS = {
    "soft breaks": LINE + b"NOTE;QUOTED-PRINTABLE:=\n" + b"a=\n" * 3_000_000,
    "blanks": LINE + b"NOTE:x\n" + b" y\n" * 3_000_000,
    "parameters": LINE + b"TEL" + b";TYPE=work" * 1_000_000 + b":03\n",
    "parts": LINE + b"N:" + b"a;" * 5_000_000 + b"\n",
    "numbers": LINE + b"TEL:03-1234-5678\n" * 600_000,
    "cards": (LINE + "N:山田;太郎\nEND:VCARD\n".encode()) * 200_000,
    "begins": b"BEGIN:VCARD\n" * 900_000,
    "backslashes": LINE + b"N:" + b"\\" * 9_000_000 + b"\n",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_huge_vcard_is_read_as_far_as_a_card_goes(bomb: str) -> None:
    began = time.monotonic()
    try:
        found = vcard.cards(BOMBS[bomb] + b"\nN:\xe5\xb1\xb1;\nEND:VCARD\n")
    except NoCard:
        found = []
    assert time.monotonic() - began < 15
    assert len(found) <= vcard.MOST
    assert all(len(each["value"]) <= vcard.LONGEST for fields in found for each in fields.values())


@pytest.mark.parametrize(
    "line",
    [
        "N:山\x00田;太\x07郎", "N;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-7:+2AA-=2BMFM-;x",
        "N;ENCODING=QUOTED-PRINTABLE;CHARSET=undefined:=E5=B1=B1;x",
        "N;ENCODING=QUOTED-PRINTABLE;CHARSET=idna:=FF=FE;x",
        "N;ENCODING=QUOTED-PRINTABLE;CHARSET=hex:=31;x", "N;ENCODING=QUOTED-PRINTABLE;CHARSET=:=31;x",
        "N:" + ";" * 900 + "x",
        "ADR:" + ";" * 900, "TEL;;;;:" + "9" * 4000, "item1.N;=;=;=:a;b",
    ],
)  # fmt: skip
def test_a_vcard_in_odd_letters_is_read_or_told_and_never_stands_still(
    cast: Cast, login_as: Login, line: str
) -> None:
    card = brought(cast, f"BEGIN:VCARD\n{line}\nORG:青葉商事\nEND:VCARD\n".encode(), "x.vcf")
    assert card.reading in {Reading.READY, Reading.FAILED}
    assert "\x00" not in str(card.proposals)
    assert login_as(cast.mizuno).get(f"/cards/{card.uid}/desk/").status_code == 200


def test_broken_pictures_never_stand_still(cast: Cast) -> None:
    """Bytes turned over at random, the same each time: opened, or told in a sentence."""
    dice = random.Random(6)
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "TIFF"):
        whole = picture("card", (300, 200), kind, **({"exif": Image.Exif()} if kind == "JPEG" else {}))
        for _n in range(60):
            data = bytearray(whole)
            for _turn in range(dice.randint(1, 12)):
                data[dice.randrange(8, len(data))] = dice.randrange(256)
            with contextlib.suppress(NoCard):
                draw(bytes(data[: dice.randint(40, len(data))]))


def test_a_vcard_with_markup_is_text_everywhere(cast: Cast, login_as: Login) -> None:
    bad = "<img src=x onerror=alert(1)>"
    card = brought(cast, f"BEGIN:VCARD\nN:{bad};太郎\nORG:{bad}\nEND:VCARD\n".encode(), "x.vcf")
    page = login_as(cast.mizuno).get(f"/cards/{card.uid}/desk/").content.decode()
    assert bad not in page
    assert "&lt;img" in page


def test_a_picture_whose_text_chunks_are_bombs_opens_no_gigabyte(cast: Cast) -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "PNG")
    data = out.getvalue()
    text = b"Comment\x00\x00" + zlib.compress(b"a" * 200_000_000)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    card = brought(cast, data[:33] + chunk + data[33:], "bomb.png")
    assert card.reading in {Reading.BLANK, Reading.FAILED}


def test_cards_of_others_are_as_good_as_not_there(cast: Cast, login_as: Login) -> None:
    card = brought(cast, picture())
    stranger = login_as(cast.senda)
    for path in ("", "picture/", "thumb/", "desk/", "candidates/"):
        assert stranger.get(f"/cards/{card.uid}/{path}").status_code == 404
    for path in ("change/", "take/"):
        assert stranger.post(f"/cards/{card.uid}/{path}", {"do": "trash"}).status_code == 404


def test_where_somebody_went_is_not_told_on_the_page_of_where_he_was(cast: Cast, login_as: Login) -> None:
    """He moved to a firm that is no customer yet, as a lead that nobody else may see."""
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    was = actions.create(
        "contact", {"family_name": "味園", "given_name": "太郎", "account": firm}, by=cast.aoyama
    )
    card = brought(cast, picture())
    done = finish(card, {**TYPED, "company": "極秘重工"}, How.MOVED, by=cast.mizuno, target=was)
    lead = done.record
    assert lead.object_key == "lead"
    actions.edit(lead, {"privacy": "private"}, by=cast.aoyama)
    page = login_as(cast.aoyama).get(was.get_absolute_url()).content.decode()
    assert "極秘重工" in page
    assert not sees(Viewer(cast.senda), type(lead).plain.get(pk=lead.pk), "view")
    hidden = login_as(cast.senda).get(was.get_absolute_url())
    assert (hidden.status_code, "極秘重工" in hidden.content.decode()) == (200, False)
    with pytest.raises(DomainError):
        finish(card, TYPED, How.NEW, by=cast.mizuno)
