"""QR codes on cards: what a vCard or a MECARD says is taken to the letter, everything else fills nothing."""

from __future__ import annotations

import numpy as np
import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st

from daifuku.cards.reading.codes import fields_of, on_card

VCARD = """BEGIN:VCARD
VERSION:3.0
N:山田;太郎;;;
FN:山田 太郎
X-PHONETIC-LAST-NAME:ヤマダ
X-PHONETIC-FIRST-NAME:タロウ
ORG:株式会社シャチホコ商事;営業部
TITLE:課長
item1.TEL;TYPE=WORK,VOICE:052-123-4567
TEL;TYPE=WORK,FAX:052-123-4568
TEL;TYPE=CELL:090-1234-5678
EMAIL;TYPE=INTERNET:yamada@shachihoko.co.jp
URL:https://www.shachihoko.co.jp/
ADR;TYPE=WORK:;;栄3-5-12;名古屋市中区;愛知県;460-0008;日本
END:VCARD
"""


def test_a_vcard() -> None:
    assert fields_of(VCARD) == {
        "family_name": "山田",
        "given_name": "太郎",
        "name": "山田 太郎",
        "family_kana": "ヤマダ",
        "given_kana": "タロウ",
        "kana": "ヤマダ タロウ",
        "company": "株式会社シャチホコ商事",
        "department": "営業部",
        "title": "課長",
        "tel": "052-123-4567",
        "fax": "052-123-4568",
        "mobile": "090-1234-5678",
        "email": "yamada@shachihoko.co.jp",
        "url": "https://www.shachihoko.co.jp/",
        "postal_code": "460-0008",
        "address": "愛知県名古屋市中区栄3-5-12",
    }


def test_folded_lines_and_escaped_marks() -> None:
    found = fields_of("BEGIN:VCARD\r\nORG:山田\\;商事\\, 東\r\n 京\r\nEND:VCARD")
    assert found == {"company": "山田;商事, 東京"}


def test_a_mecard() -> None:
    found = fields_of(
        "MECARD:N:山田,太郎;SOUND:ヤマダ,タロウ;TEL:0521234567;TEL:09012345678;EMAIL:t@example.jp;;"
    )
    assert found == {
        "name": "山田 太郎",
        "family_name": "山田",
        "given_name": "太郎",
        "kana": "ヤマダ タロウ",
        "tel": "0521234567",
        "mobile": "09012345678",
        "email": "t@example.jp",
    }


@pytest.mark.parametrize("text", ["", "https://example.jp/", "WIFI:S:x;;", "BEGIN:VCARD", "MECARD:"])
def test_other_codes_fill_nothing(text: str) -> None:
    assert fields_of(text) == {}


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    fields_of(f"BEGIN:VCARD\n{text}")
    fields_of(f"MECARD:{text}")


def test_a_code_on_a_card() -> None:
    code = qrcode.QRCode(box_size=4, border=4)
    code.add_data("MECARD:N:Yamada,Taro;EMAIL:taro@example.jp;;")
    code.make()
    square = np.asarray(code.make_image().get_image().convert("RGB"))
    card = np.full((650, 1075, 3), 255, np.uint8)
    card[100 : 100 + square.shape[0], 700 : 700 + square.shape[1]] = square
    found = on_card(card)
    assert found["email"].value == "taro@example.jp"
    assert found["email"].confidence == 1.0
    box = found["email"].box
    assert box is not None
    assert 0.6 < box.left < box.right < 1
