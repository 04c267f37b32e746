"""vCard files: cards as phones and mail programs write them become rows with columns that are found by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.customers.models import Lead
from daifuku.foundation.errors import Invalid
from daifuku.jobs.testing import work_off
from daifuku.transfers.actions.checking import check
from daifuku.transfers.actions.uploading import upload
from daifuku.transfers.jobs import enqueue_import
from daifuku.transfers.reading.table import read_table
from daifuku.transfers.reading.vcard import read_cards
from daifuku.transfers.tests.files import bytes_file

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast


def quoted(text: str) -> str:
    return "".join(f"={byte:02X}" for byte in text.encode("cp932"))


SHIFT_JIS = "CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE"
ORG = quoted("ソニー商事;表示課")
# A feature phone: Shift_JIS, a line that goes on in the middle of a letter, a letter whose second byte is a backslash.
OLD = f"""BEGIN:VCARD
VERSION:2.1
N;{SHIFT_JIS}:{quoted("山田;太郎")}
SOUND;X-IRMC-N;{SHIFT_JIS}:{quoted("ﾔﾏﾀﾞ;ﾀﾛｳ")}
TEL;CELL:09012345678
TEL;WORK;VOICE:052-111-2222
TEL;WORK;FAX:052-111-2223
ORG;{SHIFT_JIS}:{ORG[:7]}=
{ORG[7:]}
ADR;WORK;{SHIFT_JIS}:{quoted(";2階;栄1-2-3;名古屋市中区;愛知県;460-0008;日本")}
EMAIL;INTERNET:taro@example.jp
PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQSkZJRgABAQ
 AAAQABAAD
END:VCARD
"""
NEW = r"""BEGIN:VCARD
VERSION:3.0
N:鈴木;花子;;;
FN:鈴木 花子
X-PHONETIC-LAST-NAME:スズキ
X-PHONETIC-FIRST-NAME:ハナコ
ORG:株式会社みどり;開発部;第一課
TITLE:部長
item1.TEL;type=WORK;type=VOICE:03-1234-
 5678
TEL;TYPE="cell,voice":090-1111-2222
TEL:03-9999-0000
EMAIL:hanako@example.jp
EMAIL;TYPE=home:hana@example.com
EMAIL:third@example.com
ADR;TYPE=WORK:;;1-2-3\, 4F;千代田区;東京都;100-0001;日本
BDAY:1980-01-02
NOTE:一行目\n二行目
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:田中 一郎
ORG:あおい\, 商店
TEL;VALUE=uri;TYPE="voice,work":tel:+81-3-1111-2222
END:VCARD
"""


def rows(data: bytes) -> list[dict[str, Any]]:
    table = read_table(data, "vcard", knows=lambda heading: True)
    return [dict(zip(table.headers, cells, strict=True)) for _line, cells in table.rows()]


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_a_card_of_an_old_japanese_phone(encoding: str) -> None:
    [card] = rows(OLD.encode(encoding))
    assert card == {
        "姓": "山田", "名": "太郎", "セイ": "ﾔﾏﾀﾞ", "メイ": "ﾀﾛｳ", "会社名": "ソニー商事", "部署": "表示課",
        "電話番号": "052-111-2222", "携帯電話": "09012345678", "FAX": "052-111-2223", "メール": "taro@example.jp",
        "郵便番号": "460-0008", "都道府県": "愛知県", "市区町村": "名古屋市中区",
        "町域・番地": "栄1-2-3", "建物": "2階",
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_cards_of_new_phones(encoding: str) -> None:
    hanako, ichiro = rows(NEW.encode(encoding))
    assert {key: value for key, value in hanako.items() if value} == {
        "姓": "鈴木", "名": "花子", "セイ": "スズキ", "メイ": "ハナコ", "会社名": "株式会社みどり",
        "部署": "開発部 第一課", "役職": "部長", "電話番号": "03-1234-5678", "携帯電話": "090-1111-2222",
        "メール": "hanako@example.jp", "メール（予備）": "hana@example.com",
        "郵便番号": "100-0001", "都道府県": "東京都", "市区町村": "千代田区",
        "町域・番地": "1-2-3, 4F", "誕生日": "1980-01-02",
        "備考": "電話番号: 03-9999-0000\nメール（予備）: third@example.com\n一行目\n二行目",
    }  # fmt: skip
    told = [ichiro[column] for column in ("姓", "名", "会社名", "電話番号")]
    assert told == ["田中", "一郎", "あおい, 商店", "+81-3-1111-2222"]


@pytest.mark.django_db
def test_cards_become_leads(cast: Cast) -> None:
    imported = upload(bytes_file(NEW.encode(), "連絡先.vcf"), by=cast.mizuno, object_key="lead")
    assert imported.form == "vcard"
    left_out = [
        heading for heading, target in zip(imported.headers, imported.targets, strict=True) if not target
    ]
    assert left_out == ["メール（予備）", "誕生日"]
    check(imported, by=cast.mizuno)
    enqueue_import(imported, by=cast.mizuno)
    work_off()
    hanako = Lead.plain.get(family_name="鈴木")
    assert (hanako.company, hanako.mobile, hanako.email) == (
        "株式会社みどり",
        "090-1111-2222",
        "hanako@example.jp",
    )
    assert Lead.plain.get(family_name="田中").phone == "03-1111-2222"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["BEGIN:VCARD\n", "BEGIN:VCARD\nEND:VCARD\n", "BEGIN:VCARD\nN:山田\n"])
def test_a_file_without_a_whole_card_is_told(cast: Cast, text: str) -> None:
    with pytest.raises(Invalid, match="名刺が1枚もありません"):
        upload(bytes_file(text.encode(), "x.vcf"), by=cast.mizuno, object_key="contact")


@given(st.text(max_size=300))
def test_whatever_stands_between_begin_and_end_is_read_or_passed_over(text: str) -> None:
    cards = read_cards(f"BEGIN:VCARD\nN:山田;太郎\n{text}\nEND:VCARD\n".encode("utf-8", "replace"), "utf-8")
    assert all(isinstance(cell, str) for _line, cells in cards for cell in cells)
