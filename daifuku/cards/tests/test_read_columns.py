"""Columns set across: each letter in its place, standing strokes are dashes, sizes that change part a column."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from daifuku.cards.reading.columns import Row, laid_out, parted
from daifuku.cards.reading.engine import Letters
from daifuku.cli.bench.cards.printing import FONTS, font, missing_fonts

printed = pytest.mark.skipif(bool(missing_fonts()), reason="the typefaces are not installed")


def letters(text: str, places: int, sure: float = 0.9) -> Letters:
    return Letters(text, (sure,) * len(text), tuple((place + 0.5) / places for place in range(len(text))))


def row(dashes: str) -> Row:
    """As many places as letters; - where a dash stands."""
    return Row(np.zeros((4, 4, 3), np.uint8), tuple(each == "-" for each in dashes))


def test_a_standing_stroke_is_a_dash_whatever_was_read() -> None:
    assert row("ooo-oooo").settled(letters("七三九一〇三二三", 8)).text == "七三九ー〇三二三"
    assert row("o-o").settled(letters("二 三", 3)).text == "二ー三"


def test_a_lying_stroke_is_the_number_one() -> None:
    assert row("ooo").settled(letters("ルー階", 3)).text == "ル一階"


def test_a_stroke_before_a_section_is_its_number() -> None:
    assert row("oo-oo").settled(letters("営業ー課長", 5)).text == "営業1課長"
    assert row("o-o").settled(letters("チーフ", 3)).text == "チーフ"


def test_the_sign_for_a_firm_stands_in_one_place() -> None:
    said = Letters("(株)山", (0.9, 0.8, 0.9, 1.0), (0.1, 0.2, 0.3, 0.7))
    assert row("oo").settled(said).text == "㈱山"


def test_of_two_letters_in_one_place_the_surer_counts() -> None:
    said = Letters("山出田", (0.9, 0.3, 0.9), (0.2, 0.3, 0.7))
    assert row("oo").settled(said).text == "山田"


def column(parts: list[tuple[str, int]], room: int = 0) -> np.ndarray:
    picture = Image.new("RGB", (60, 900), "white")
    draw, y = ImageDraw.Draw(picture), 10
    for text, size in parts:
        for letter in text:
            draw.text((30, y), letter, fill="black", font=font(FONTS[0], size), anchor="mt")
            y += round(size * 1.05)
        y += room
    return np.asarray(picture.crop((0, 0, 60, y)))


@printed
def test_a_title_above_a_name_is_a_part_of_its_own() -> None:
    start, end = parted(column([("営業部長", 22), ("山田太郎", 52)], room=30))
    assert start[1] == end[0]
    assert 0.2 < start[1] < 0.5


@printed
def test_a_column_of_one_size_stays_whole() -> None:
    assert parted(column([("愛知県名古屋市中区栄", 50)])) == [(0.0, 1.0)]
    assert parted(column([("山田", 50), ("太郎", 50)], room=60)) == [(0.0, 1.0)]


@printed
def test_each_letter_of_a_column_gets_a_place() -> None:
    assert len(laid_out(column([("愛知県名古屋市中区栄", 50)])).bars) == 10
