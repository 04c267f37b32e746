"""What a picture of name cards says: a reading per card, its lines, and a proposal for each field that was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import DomainError

# In the order in which a clerk's form asks for them.
FIELDS = (
    *("company", "department", "title", "name", "family_name", "given_name", "kana", "family_kana", "given_kana"),
    *("postal_code", "address", "tel", "fax", "mobile", "email", "url", "corporate_number"),
)  # fmt: skip


class Box(NamedTuple):
    """Where something stands on the card's picture, each number a part of its width or height (0 to 1)."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Line:
    """A line or column as it is printed; confidence is 0 to 1."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True)
class Proposal:
    """What a field may hold; box is None for what no place on the picture says (a kana name that was worked out)."""

    value: str
    box: Box | None
    confidence: float


@dataclass
class Reading:
    """One card: its own picture (JPEG, upright, without notes of the camera), its lines, its fields by FIELDS; `hard`
    where much of it could not be read."""

    picture: bytes
    lines: list[Line] = field(default_factory=list)
    fields: dict[str, Proposal] = field(default_factory=dict)
    hard: bool = False

    @property
    def trouble(self) -> str:
        """The sentence beside a card that has to be typed from its picture."""
        return str(_HARD) if self.hard else ""


_HARD = _(
    "読めない文字の多い名刺です（日本語・英字でない文字か、写りの悪い写真）。写真を見て入力してください。"
)


class NotAPicture(DomainError):
    """The file cannot be read as pictures of cards; the sentence says what to send instead."""

    code = "not_a_picture"
    # A page of it to look at and type from, where it could be drawn.
    picture = b""


def unreadable() -> NotAPicture:
    return NotAPicture(_("画像として読み取れません。JPEG、PNG、WebP、HEIC、PDFのファイルをお送りください。"))


def cut_off() -> NotAPicture:
    return NotAPicture(_("ファイルが途中で切れています。もう一度送り直してください。"), code="truncated")


def too_large() -> NotAPicture:
    return NotAPicture(
        _("画像が大きすぎます。5,000万画素、50MBまでの画像をお送りください。"), code="too_large"
    )


def given_up() -> NotAPicture:
    return NotAPicture(
        _("読み取りに時間かメモリーがかかりすぎるため、中止しました。写真を見て入力してください。"),
        code="given_up",
    )


def blank(picture: bytes = b"") -> NotAPicture:
    error = NotAPicture(
        _("文字が見つかりません。名刺が写っているか、明るさとピントをご確認ください。"), code="blank"
    )
    error.picture = picture
    return error


def locked() -> NotAPicture:
    return NotAPicture(
        _("PDFにパスワードがかかっています。パスワードを外してからお送りください。"), code="locked"
    )
