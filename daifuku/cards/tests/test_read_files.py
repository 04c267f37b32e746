"""Files as they come from phones and scanners, the whole way: uploaded, read by the worker's engine, kept as JPEG.

`files/turned.heic` is a real HEIC file (HEVC, 4:2:0) of an invented card, held sideways: it says how to turn it, and
names its camera and a place.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image, ImageDraw

from daifuku.cards.actions import reading
from daifuku.cards.actions.bringing import About, bring
from daifuku.cards.models import Card, Reading
from daifuku.cards.reading import apart, available, read
from daifuku.cards.tests.test_read_cards import jpeg, printed
from daifuku.cli.bench.cards import printing
from daifuku.jobs.testing import work_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from daifuku.staff.testing import Cast

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not available(), reason="the engine is not installed"),
]
HEIC = Path(__file__).parent / "files" / "turned.heic"
_READER = reading._reader


@pytest.fixture(autouse=True)
def with_reader(monkeypatch: pytest.MonkeyPatch, _by_hand: None) -> Iterator[None]:
    monkeypatch.setattr(reading, "_reader", _READER)
    yield
    apart._child.close()


def small(number: int, layout: str) -> Image.Image:
    picture, _truth = printed(number, layout)
    return picture.resize((round(picture.width / 2), round(picture.height / 2)))


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def brought(cast: Cast, data: bytes, name: str) -> list[Card]:
    bring(ContentFile(data, name), by=cast.aoyama, about=About(owner=cast.aoyama))
    work_off()
    return list(Card.objects.order_by("pk"))


def kept(card: Card) -> tuple[Image.Image, bytes]:
    content = default_storage.open(card.picture).read()
    return Image.open(io.BytesIO(content)), content


def test_heic_of_a_phone_becomes_an_upright_jpeg_that_tells_nothing_of_the_camera(cast: Cast) -> None:
    pytest.importorskip("pi_heif")
    sent = HEIC.read_bytes()
    assert b"Camera of Ryo" in sent
    (card,) = brought(cast, sent, "IMG_0001.HEIC")
    assert (card.reading, card.trouble) == (Reading.READY, "")
    assert card.proposals["email"]["value"] == "takahashi@nsk.jp"
    assert (card.proposals["family_name"]["value"], card.proposals["given_name"]["value"]) == (
        "高橋",
        "真由美",
    )
    picture, content = kept(card)
    assert (picture.format, picture.width > picture.height, len(picture.getexif())) == ("JPEG", True, 0)
    assert b"Ryo" not in content
    assert card.original == ""


def test_webp_turned_as_it_says(cast: Cast) -> None:
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "Camera of Ryo"
    data = saved(small(0, "classic").rotate(90, expand=True), "WEBP", quality=90, exif=notes)
    (card,) = brought(cast, data, "card.webp")
    assert card.proposals["email"]["value"] == "takahashi@nsk.jp"
    picture, content = kept(card)
    assert (picture.format, picture.width > picture.height) == ("JPEG", True)
    assert b"Ryo" not in content


def test_a_scan_with_several_pages_is_a_card_each(cast: Cast) -> None:
    cards = [(0, "classic"), (1, "centred"), (2, "name first")]
    first, *others = [small(*each) for each in cards]
    data = saved(first, "PDF", resolution=300, save_all=True, append_images=others)
    found = brought(cast, data, "scan.pdf")
    assert [card.proposals["phone"]["value"].replace("-", "") for card in found] == [
        printed(*each)[1]["tel"] for each in cards
    ]
    assert all(kept(card)[0].format == "JPEG" for card in found)


def test_cards_that_lie_about_on_a_desk_are_cut_apart() -> None:
    desk = Image.new("RGB", (2600, 2000), (70, 62, 55))
    cards = [(0, "classic", 6, (120, 140)), (1, "centred", -8, (1350, 90)), (8, "portrait", 4, (500, 980)),
             (2, "name first", -3, (1350, 1150))]  # fmt: skip
    for number, layout, angle, place in cards:
        turned = (
            small(number, layout)
            .convert("RGBA")
            .rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
        )
        turned.thumbnail((1100, 1100))
        desk.paste(turned, place, turned)
    found = {each.fields["name"].value.replace(" ", "") for each in read(jpeg(desk))}
    assert found == {printed(number, layout)[1]["name"] for number, layout, _angle, _place in cards}


def strip(words: str) -> Image.Image:
    """No more than a line, so that twenty are read in a few seconds."""
    picture = Image.new("RGB", (520, 120), "white")
    ImageDraw.Draw(picture).text((20, 40), words, fill="black", font=printing.font(printing.FONTS[0], 32))
    return picture


def test_a_folder_of_twenty_with_a_broken_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.png").write_bytes(saved(strip(f"taro{number:02}@example.co.jp"), "PNG"))
    broken = tmp_path / "07.png"
    broken.write_bytes(broken.read_bytes()[:600])
    files = [str(each) for each in sorted(tmp_path.iterdir())]
    with pytest.raises(CommandError, match="1件") as ended:
        call_command("cards", "read", *files, "--json")
    assert ended.value.returncode == 1
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [line["file"] for line in lines] == [each for each in files if each != str(broken)]
    assert [line["fields"]["email"] for line in lines] == [
        f"taro{number:02}@example.co.jp" for number in range(20) if number != 7
    ]
    assert told.err.startswith(f"{broken}: ")
    assert "途中で切れています" in told.err or "読み取れません" in told.err
