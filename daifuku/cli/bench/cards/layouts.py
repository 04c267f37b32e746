"""Where things stand on a card: nine ways across, three ways down. Each takes the paper and the card."""

from __future__ import annotations

import random
from collections.abc import Callable

from daifuku.cli.bench.cards.invented import Card
from daifuku.cli.bench.cards.printing import FONTS, Colour, Paper, spaced_name

WHITE, BLACK = (252, 252, 250), (28, 28, 30)
LIGHT: list[Colour] = [WHITE, WHITE, (250, 247, 238), (255, 255, 255)]
DARK: list[Colour] = [(28, 34, 52), (20, 20, 22), (70, 24, 30), (18, 60, 48)]
GREY: list[Colour] = [(198, 198, 200), (176, 180, 184), (215, 210, 202)]
INKS: list[Colour] = [BLACK, BLACK, (50, 50, 60), (20, 30, 80), (60, 40, 30)]
BRANDS: list[Colour] = [(0, 84, 166), (192, 0, 32), (0, 120, 90), (230, 120, 0)]


def print_card(card: Card, layout: str) -> Paper:
    chance = card.chance
    tall = layout in {"portrait", "down tall", "down mixed"}
    colour, ink = chance.choice(LIGHT), chance.choice(INKS)
    if layout == "dark":
        colour, ink = chance.choice(DARK), (240, 240, 236)
    if layout == "grey":
        colour = chance.choice(GREY)
    size = (55.0, 91.0) if tall else (91.0, 55.0)
    paper = Paper(*size, colour, ink, chance.choice(FONTS))
    LAYOUTS[layout](paper, card)
    return paper


def _one(card: Card, key: str) -> list[str]:
    return card.printed.get(key, [])


def contact_lines(card: Card, joined: bool) -> list[str]:
    """Postal code, address, numbers, mail, in an order that firms use; TEL and FAX on one line where `joined`."""
    lines = [*_one(card, "postal_code"), *_one(card, "address")]
    phones = [*_one(card, "tel"), *_one(card, "fax")]
    lines += ["  ".join(phones)] if joined and len(phones) == 2 else phones
    rest = [_one(card, key) for key in ("mobile", "email", "url", "corporate_number")]
    if card.chance.random() < 0.2:
        rest[1], rest[2] = rest[2], rest[1]
    return lines + [line for each in rest for line in each]


def _name(paper: Paper, card: Card, x: float, y: float, points: float, align: str = "left") -> float:
    text, tracking = spaced_name(card.name, card.chance)
    kana = [*_one(card, "kana"), *_one(card, "romaji")]
    if kana and card.chance.random() < 0.5:
        y = paper.line(kana[0], x, y, 6.0, align=align) + 0.3
        return paper.line(text, x, y, points, tracking=tracking, align=align)
    below = paper.line(text, x, y, points, tracking=tracking, align=align) + 0.4
    return paper.line(kana[0], x, below, 6.5, align=align) if kana else below


def _lines(paper: Paper, lines: list[str], x: float, y: float, points: float, align: str = "left") -> float:
    for text in lines:
        fits = min(points, points * (paper.width - 8) / max(paper.length(text, points), 1))
        y = paper.line(text, x, y, max(fits, 5.0), align=align)
    return y


def _height(lines: list[str], points: float) -> float:
    return len(lines) * points * 0.3528 * 1.45


def _place_lines(card: Card) -> list[str]:
    return [*_one(card, "department"), *_one(card, "title")]


def _extra(paper: Paper, card: Card, x: float, y: float) -> float:
    return _lines(paper, [*_one(card, "slogan")], x, y, 6.0)


def classic(paper: Paper, card: Card) -> None:
    """Firm above on the left, department and title, name in the middle, addresses below."""
    left = 8.0
    y = _extra(paper, card, left, 4.0)
    y = paper.line(card.printed["company"][0], left, y + 0.5, card.chance.uniform(9, 12))
    y = _lines(paper, _place_lines(card), left, y + 1.0, 7.0)
    y = _lines(paper, _one(card, "licence"), left, y, 6.0)
    y = _name(paper, card, left + card.chance.choice([0, 10, 18]), y + 1.0, card.chance.uniform(13, 17))
    _bottom(paper, card, left, y)


def _bottom(paper: Paper, card: Card, left: float, above: float, align: str = "left") -> None:
    points = card.chance.uniform(6.2, 7.4)
    lines = contact_lines(card, card.chance.random() < 0.4)
    while points > 5.6 and above + _height(lines, points) > paper.height - 3:
        points -= 0.2
    _lines(paper, lines, left, max(above + 0.6, paper.height - 4 - _height(lines, points)), points, align)


def centred(paper: Paper, card: Card) -> None:
    """Everything in the middle."""
    middle = paper.width / 2
    y = paper.line(card.printed["company"][0], middle, 5, card.chance.uniform(9, 11), align="middle")
    y = _lines(
        paper, [" ".join(_place_lines(card))] if _place_lines(card) else [], middle, y + 1, 7.0, "middle"
    )
    y = _name(paper, card, middle, y + 0.8, card.chance.uniform(13, 16), "middle")
    _bottom(paper, card, middle, y, "middle")


def name_first(paper: Paper, card: Card) -> None:
    """Title and name above, the firm with its addresses below."""
    y = _lines(paper, _place_lines(card), 8, 6, 7.0)
    y = _name(paper, card, 8, y + 0.8, card.chance.uniform(14, 17))
    lines = contact_lines(card, card.chance.random() < 0.5)
    points = 6.4
    top = max(y + 0.5, paper.height - 4 - _height(lines, points) - 5.2)
    top = paper.line(card.printed["company"][0], 8, top, 9.5)
    _lines(paper, lines, 8, top, points)


def to_the_right(paper: Paper, card: Card) -> None:
    """A mark on the left, words on the right."""
    paper.band((5, 6, 17, 18), card.chance.choice(BRANDS))
    y = paper.line(card.printed["company"][0], 21, 6, card.chance.uniform(8.5, 10.5))
    y = _lines(paper, _place_lines(card), 21, y + 0.8, 6.8)
    y = _name(paper, card, 21, y + 0.8, card.chance.uniform(13, 16))
    _bottom(paper, card, 21, y)


def banded(paper: Paper, card: Card) -> None:
    """A band of the firm's colour with its name in white."""
    brand = card.chance.choice(BRANDS)
    paper.band((0, 0, paper.width, 11), brand)
    paper.line(card.printed["company"][0], 8, 3, 10.5, ink=(255, 255, 255))
    y = _lines(paper, _place_lines(card), 8, 13.5, 7.0)
    y = _name(paper, card, 8, y + 0.8, card.chance.uniform(13, 16))
    _bottom(paper, card, 8, y)


def beside(paper: Paper, card: Card) -> None:
    """Title on the left of the name, in one height."""
    y = paper.line(card.printed["company"][0], 8, 5, card.chance.uniform(9, 11))
    y = _lines(paper, _one(card, "department"), 8, y + 0.8, 7.0)
    title = _one(card, "title")
    x = 8.0
    if title:
        paper.line(title[0], x, y + 3.6, 7.0)
        x += paper.length(title[0], 7.0) + 4
    y = _name(paper, card, x, y + 1.0, card.chance.uniform(13, 15))
    _bottom(paper, card, 8, y)


def portrait(paper: Paper, card: Card) -> None:
    """The card stands, its lines run across."""
    middle = paper.width / 2
    y = paper.line(card.printed["company"][0], middle, 8, 9.0, align="middle")
    y = _lines(paper, _place_lines(card), middle, y + 2, 7.0, "middle")
    y = _name(paper, card, middle, max(y + 4, 28), card.chance.uniform(14, 17), "middle")
    lines = [part for line in contact_lines(card, False) for part in line.split("  ")]
    _lines(paper, lines, 5, max(y + 3, paper.height - 6 - _height(lines, 6.2)), 6.2)


def _down_contact(paper: Paper, card: Card, x: float, chance: random.Random) -> float:
    """Columns from x to the left: postal code, address, numbers; mail and URL lie down or stand below."""
    keys = ("postal_code", "address", "tel", "fax", "mobile", "email", "url")
    points = chance.uniform(6.3, 7.2)
    step = min(points * 0.3528 * 1.55, (x - 3) / max(sum(len(_one(card, key)) for key in keys) - 1, 1))
    points = min(points, step / 0.3528 / 1.2)
    top = paper.height * (0.3 if paper.height > 60 else 0.16)
    room = paper.height - top - 4
    for text in [line for key in keys[:5] for line in _one(card, key)]:
        fits = min(points, room / (len(text) * 0.3528 * 1.04))
        paper.column(text, x, top, max(fits, 4.8))
        x -= step
    for key in keys[5:]:
        for text in _one(card, key):
            paper.lying(text, x, top, min(points, room / max(paper.length(text, 1.0), 0.1)))
            x -= step
    return x


def down_tall(paper: Paper, card: Card) -> None:
    """The old way: a standing card, firm on the right, name in the middle, addresses on the left, all in columns."""
    _down(paper, card)


def down_wide(paper: Paper, card: Card) -> None:
    """The same on a lying card."""
    _down(paper, card)


def _down(paper: Paper, card: Card) -> None:
    chance = card.chance
    x = paper.width - 7
    firm = card.printed["company"][0]
    points = min(chance.uniform(9.5, 11.5), (paper.height - 12) / (len(firm) * 0.3528 * 1.03))
    paper.column(firm, x, 6, points)
    x -= 5.0
    for text in _one(card, "department"):
        paper.column(text, x, 8, 7.0)
        x -= 3.6
    middle = min(x - 2.5, paper.width * 0.56)
    below = 9.0
    if _one(card, "title"):
        below = paper.column(card.printed["title"][0], middle, below, 7.5) + 2.5
    text, tracking = spaced_name(card.name, chance)
    below = max(below, paper.height * 0.3)
    points = min(
        chance.uniform(14, 18), (paper.height - below - 5) / (len(text) * 0.3528 * (1.05 + tracking))
    )
    paper.column(text, middle, below, points, tracking=tracking)
    if _one(card, "kana"):
        paper.column(card.printed["kana"][0], middle + points * 0.3528 * 0.75, below, 5.8)
    _down_contact(paper, card, middle - points * 0.3528 * 0.5 - 3.2, chance)


def down_mixed(paper: Paper, card: Card) -> None:
    """Firm and name in columns, addresses across below them."""
    chance = card.chance
    paper.column(
        card.printed["company"][0],
        paper.width - 8,
        6,
        min(10.0, 50 / (len(card.printed["company"][0]) * 0.37)),
    )
    x = paper.width - 15
    for text in _place_lines(card):
        paper.column(text, x, 8, 7.0)
        x -= 4
    text, tracking = spaced_name(card.name, chance)
    paper.column(text, x - 3, 14, chance.uniform(13, 16), tracking=min(tracking, 0.2))
    if _one(card, "kana"):
        paper.column(card.printed["kana"][0], x + 1.2, 14, 5.8)
    lines = [part for line in contact_lines(card, False) for part in line.split("  ")]
    _lines(paper, lines, 5, paper.height - 5 - _height(lines, 6.0), 6.0)


LAYOUTS: dict[str, Callable[[Paper, Card], None]] = {
    "classic": classic, "centred": centred, "name first": name_first, "to the right": to_the_right,
    "banded": banded, "beside": beside, "dark": classic, "grey": classic, "portrait": portrait,
    "down tall": down_tall, "down wide": down_wide, "down mixed": down_mixed,
}  # fmt: skip
# Cards that are wholly vertical: one in seven.
RATES = {
    "classic": 14, "centred": 9, "name first": 10, "to the right": 9, "banded": 8, "beside": 8, "dark": 9, "grey": 8,
    "portrait": 6, "down tall": 8, "down wide": 6, "down mixed": 5,
}  # fmt: skip
WHOLLY_VERTICAL = {"down tall", "down wide"}
