"""The real engine on a handful of cards: what it must never lose again."""

from __future__ import annotations

import io
import socket
from functools import lru_cache

import pytest
from PIL import Image, ImageDraw

from daifuku.cards import reading
from daifuku.cards.reading import NotAPicture, Reading, available, read
from daifuku.cli.bench.cards import invented, layouts, printing
from daifuku.cli.bench.cards.measuring import same
from daifuku.cli.bench.cards.spoiling import spoil

engine = pytest.mark.skipif(not available(), reason="the engine is not installed")


@lru_cache
def printed(number: int, layout: str) -> tuple[Image.Image, dict[str, str]]:
    """A card in the typeface that every machine with these tests has."""
    fonts, printing.FONTS[:] = list(printing.FONTS), printing.FONTS[:1]
    try:
        card = invented.invent(7, number, layout in layouts.WHOLLY_VERTICAL)
        return layouts.print_card(card, layout).picture, card.truth
    finally:
        printing.FONTS[:] = fonts


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def wrong(found: Reading, truth: dict[str, str]) -> dict[str, tuple[str, str]]:
    answered = {key: proposal.value for key, proposal in found.fields.items()}
    return {
        key: (value, answered.get(key, ""))
        for key, value in truth.items()
        if not same(key, value, answered.get(key, ""))
    }


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@engine
@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    ("number", "layout", "condition"),
    [
        (0, "classic", "scan 300"),
        (3, "dark", "photo"),
        (5, "down tall", "scan 300"),
        (6, "to the right", "hard photo"),
    ],
)
def test_cards_are_read_without_the_network(number: int, layout: str, condition: str) -> None:
    import random

    picture, truth = printed(number, layout)
    (found,) = read(spoil(picture, condition, random.Random(number)), "card.jpg")
    assert len(wrong(found, truth)) <= 1, wrong(found, truth)
    assert found.lines
    assert all(0 <= part <= 1 for line in found.lines for part in line.box)
    assert not Image.open(io.BytesIO(found.picture)).getexif()


@engine
def test_cards_on_one_sheet_are_cut_apart() -> None:
    sheet = Image.new("RGB", (2480, 1700), (90, 90, 94))
    truths = []
    for place, (number, layout) in enumerate(
        [(0, "classic"), (1, "centred"), (2, "name first"), (8, "portrait")]
    ):
        picture, truth = printed(number, layout)
        picture = picture.resize((round(picture.width / 2.03), round(picture.height / 2.03)))
        sheet.paste(picture, ((place % 2) * 1240 + 70, (place // 2) * 760 + 60) if place < 3 else (1400, 780))
        truths.append(truth["name"])
    found = read(jpeg(sheet))
    assert [each.fields["name"].value.replace(" ", "") for each in found] == truths


@engine
def test_a_card_that_lies_on_its_side_or_upside_down_is_turned() -> None:
    picture, truth = printed(0, "classic")
    small = picture.resize((1075, 650))
    for angle in (90, 180, 270):
        (found,) = read(jpeg(small.rotate(angle, expand=True)))
        assert found.fields["name"].value.replace(" ", "") == truth["name"], angle
        upright = Image.open(io.BytesIO(found.picture))
        assert upright.width > upright.height


KOREAN = [
    "주식회사 한국상사", "과장 김철수", "(04524) 서울특별시 중구 세종대로 110", "Tel 02-1234-5678",
    "Mobile 010-9876-5432", "kim@hankook.co.kr",
]  # fmt: skip


def hangul() -> str:
    name = "opentype/noto/NotoSansCJK-Regular.ttc"
    if name in printing.missing_fonts():
        pytest.skip("no typeface with Korean letters")
    return name


def korean(lines: list[str], paper: str = "white", ink: str = "black") -> Image.Image:
    card = Image.new("RGB", (1075, 650), paper)
    for place, text in enumerate(lines):
        ImageDraw.Draw(card).text((70, 50 + place * 95), text, fill=ink, font=printing.font(hangul(), 44))
    return card


@engine
@pytest.mark.parametrize(("paper", "ink"), [("white", "black"), ("#222", "white")])
def test_of_a_card_in_korean_only_what_is_latin_is_proposed(paper: str, ink: str) -> None:
    (found,) = read(jpeg(korean(KOREAN, paper, ink)))
    assert "読めない文字の多い名刺" in found.trouble
    assert found.fields["email"].value == "kim@hankook.co.kr"
    assert set(found.fields) <= {"email", "url", "tel"}
    # The number of Seoul has the digits of one of 盛岡: grouped otherwise, it is not sure.
    assert all(found.fields[key].confidence < 0.7 for key in {"tel"} & set(found.fields))


@engine
def test_of_a_card_in_nothing_but_korean_nothing_is_invented() -> None:
    (found,) = read(jpeg(korean(KOREAN[:3])))
    assert (found.fields, bool(found.trouble), bool(found.picture)) == ({}, True, True)


@engine
def test_a_japanese_card_with_a_line_of_korean_is_read() -> None:
    picture, truth = printed(0, "classic")
    small = picture.resize((1075, 650))
    ImageDraw.Draw(small).text((60, 10), "한국", fill="black", font=printing.font(hangul(), 30))
    (found,) = read(jpeg(small))
    assert (found.trouble, found.fields["name"].value.replace(" ", "")) == ("", truth["name"])


@engine
@pytest.mark.parametrize("colour", ["white", "black", "grey"])
def test_a_blank_picture_is_told_so(colour: str) -> None:
    with pytest.raises(NotAPicture) as refused:
        read(jpeg(Image.new("RGB", (1000, 600), colour)))
    assert refused.value.code == "blank"


@engine
def test_a_picture_without_letters_is_told_so() -> None:
    picture = Image.new("RGB", (1000, 600), "white")
    ImageDraw.Draw(picture).rectangle((200, 100, 800, 500), fill="navy")
    with pytest.raises(NotAPicture) as refused:
        read(jpeg(picture))
    assert refused.value.code == "blank"


def test_without_the_engine_the_picture_is_prepared_and_nothing_proposed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading.reader, "available", lambda: False)
    picture, _truth = printed(0, "classic")
    (found,) = read(jpeg(picture))
    assert (found.lines, found.fields) == ([], {})
    assert Image.open(io.BytesIO(found.picture)).format == "JPEG"
