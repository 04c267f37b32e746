"""The administrator says what stands on every paper and how it counts."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from PIL import Image

from daifuku.documents import kinds, numbering
from daifuku.documents.models.issuer import ROUNDINGS, YEARS, Issuer, issuer
from daifuku.foundation import identifiers
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.foundation.phone import format_number
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.records.actions.settling import settle, settle_back
from daifuku.records.files.kinds import kind_of
from daifuku.staff.actions import cleaning
from daifuku.staff.models import Person

BANK = {"bank": 60, "branch": 60, "kind": 10, "number": 20, "holder": 100}
MOST_BANKS, LONGEST_TEXT, SEAL_BYTES, SEAL_SIDE = 3, 2000, 1_000_000, 2000


def edit_issuer(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Issuer:
    """What is not sent stays. Raises Invalid, Forbidden, Stale."""
    return _change(changes, CLEANERS, by=by, version=version, undoes=undoes)


def set_seal(content: File[bytes], *, by: Person) -> Issuer:
    """The picture of the firm's seal, PNG or JPEG. Raises Invalid, Forbidden."""
    need_settings(by)
    data = content.read(SEAL_BYTES + 1)
    kind = kind_of(BytesIO(data))
    if len(data) > SEAL_BYTES or kind not in {"image/png", "image/jpeg"} or not _is_picture(data):
        sentence = _(
            "印影は、1MB以内で縦横%(side)sピクセルまでのPNGかJPEGの画像にしてください。背景が透明なPNGがきれいです。"
        )
        raise Invalid([FieldProblem("seal", sentence % {"side": SEAL_SIDE}, code="seal")])
    stored = default_storage.save("seal", ContentFile(data))
    return _change({"seal": stored, "seal_type": kind}, SEAL, by=by)


def remove_seal(*, by: Person) -> Issuer:
    return _change({"seal": "", "seal_type": ""}, SEAL, by=by)


def undo_edit(event: Event, by: Person) -> Undone:
    def back(changes: Mapping[str, Any], **who: Any) -> Issuer:
        return _change(changes, CLEANERS | SEAL, **who)

    return settle_back(event, issuer(), back, by)


def _change(changes: Mapping[str, Any], cleaners: Mapping[str, cleaning.Cleaner], **who: Any) -> Issuer:
    return settle(Issuer, changes, cleaners, "issuer.edited", about="issuer", **who)


def _is_picture(data: bytes) -> bool:
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if max(picture.size) > SEAL_SIDE:
                return False
            picture.load()
    except Exception:
        return False
    return True


def _phone(raw: Any) -> str:
    value = str(cleaning.text(40)(raw))
    return format_number(value) if value else ""


def _web(raw: Any) -> str:
    value = str(raw or "").strip()
    try:
        return identifiers.clean_url(value) if value else ""
    except ValueError as error:
        raise ValueError(_("ウェブサイトのアドレスを確認してください。例: https://www.example.jp")) from error


def _email(raw: Any) -> str:
    return str(cleaning.email(raw)) if str(raw or "").strip() else ""


def _one_of(keys: set[str], sentence: str) -> cleaning.Cleaner:
    def clean(raw: Any) -> str:
        if str(raw) not in keys:
            raise ValueError(_(sentence))
        return str(raw)

    return clean


def _banks(raw: Any) -> list[dict[str, str]]:
    if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
        raise ValueError(_("振込先を確認してください。"))
    rows = [{key: clean_text(str(row.get(key) or "")) for key in BANK} for row in raw]
    rows = [row for row in rows if any(row[key] for key in BANK if key != "kind")]
    if len(rows) > MOST_BANKS:
        raise ValueError(_("振込先は%(most)s件までです。") % {"most": MOST_BANKS})
    for row in rows:
        if any(len(row[key]) > most for key, most in BANK.items()):
            raise ValueError(_("振込先の文字が長すぎます。"))
        if not (row["bank"] and row["number"] and row["holder"]):
            raise ValueError(_("振込先には銀行名、口座番号、口座名義を入力してください。"))
        if not (row["number"].isascii() and row["number"].isdigit()):
            raise ValueError(_("口座番号は半角の数字で入力してください。"))
    return rows


def _by_kind(clean_one: cleaning.Cleaner) -> cleaning.Cleaner:
    """`{kind of paper: text}`; empty means what comes with the program."""

    def clean(raw: Any) -> dict[str, str]:
        if not isinstance(raw, dict) or not all(kinds.known(str(key)) for key in raw):
            raise ValueError(_("書類の種類を確認してください。"))
        found = {}
        for key, value in raw.items():
            if not str(value or "").strip():
                continue
            try:
                found[str(key)] = clean_one(value)
            except ValueError as error:
                raise ValueError(f"{kinds.get(str(key)).label}: {error}") from error
        return found

    return clean


def _text(raw: Any) -> str:
    value = str(raw).replace("\r\n", "\n").replace("\x00", "").strip()
    if len(value) > LONGEST_TEXT:
        raise ValueError(_("%(limit)s文字以内で入力してください。") % {"limit": LONGEST_TEXT})
    return value


CLEANERS: dict[str, cleaning.Cleaner] = {
    "fax": _phone,
    "email": _email,
    "web": _web,
    "head": cleaning.text(100),
    "banks": _banks,
    "texts": _by_kind(_text),
    "templates": _by_kind(lambda raw: numbering.check_template(str(raw))),
    "years": _one_of({key for key, _label in YEARS}, gettext_noop("番号を振り直す年を選んでください。")),
    "rounding": _one_of(
        {str(key) for key, _label in ROUNDINGS}, gettext_noop("消費税の端数の扱いを選んでください。")
    ),
    "included": bool,
}
SEAL: dict[str, cleaning.Cleaner] = {"seal": str, "seal_type": str}
