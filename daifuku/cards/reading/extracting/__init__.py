"""From lines to fields, by rules: what is surest is taken first, and what is left says the rest.

Numbers and addresses of the Internet are known by their shape, places by Japan Post's list, firms, departments and
titles by their words; what remains large and short is the person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from daifuku.cards.reading.extracting import firms, mail, persons, phones, places
from daifuku.cards.reading.extracting.pieces import Piece, piece
from daifuku.cards.reading.results import FIELDS, Proposal

if TYPE_CHECKING:
    from daifuku.cards.reading.lines import Strip


def propose(strips: list[Strip], width: int, height: int) -> dict[str, Proposal]:
    """The fields of one card whose picture has that size."""
    from daifuku.cards.reading.reader import box_of

    return fields_of(
        [
            piece(
                strip.text,
                strip.letters.sure,
                strip.letters.at,
                box_of(strip.quad, width, height),
                strip.size,
                strip.down,
            )
            for strip in strips
        ]
    )


def fields_of(pieces: list[Piece]) -> dict[str, Proposal]:
    pieces = in_order(pieces)
    found: dict[str, Proposal | None] = {}
    address = mail.mail(pieces)
    site = mail.url([each for each in pieces if not each.used], address)
    found["email"], found["url"] = mail.agreed(address, site)
    found["corporate_number"] = phones.corporate_number(pieces)
    code = phones.postal_code(pieces)
    found |= phones.phones([each for each in pieces if not each.used])
    found["postal_code"], found["address"] = places.place(pieces, code)
    host = found["email"].value.rpartition("@")[2] if found["email"] else ""
    found["company"] = firms.company(pieces, host)
    found["department"], found["title"] = firms.places(pieces)
    found |= persons.person(pieces, found["email"].value if found["email"] else "")
    return {key: proposal for key in FIELDS if (proposal := found.get(key)) is not None and proposal.value}


def in_order(pieces: list[Piece]) -> list[Piece]:
    """As one reads: columns from the right, then lines from above, those of one height from the left."""
    columns = sorted((each for each in pieces if each.down), key=lambda each: (-each.box.right, each.box.top))
    lines = sorted((each for each in pieces if not each.down), key=lambda each: each.box.top)
    rows: list[list[Piece]] = []
    for line in lines:
        if rows and _one_row(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    across = [line for row in rows for line in sorted(row, key=lambda each: each.box.left)]
    return columns + across


def _one_row(one: Piece, other: Piece) -> bool:
    middle = (other.box.top + other.box.bottom) / 2
    return one.box.top < middle < one.box.bottom
