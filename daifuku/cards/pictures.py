"""What a file must be to come in as a card, and how a picture is drawn anew so that only its pixels are kept."""

from __future__ import annotations

import io
import warnings
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from daifuku.records.files import jpeg
from daifuku.records.files.kinds import kind_of

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "image/tiff"})
PDF, VCARD = "application/pdf", "text/vcard"
MOST_BYTES = 20 * 1024 * 1024
# 50 megapixels are a mistake or an attack: a card is read as well from two.
MOST_PIXELS = 40_000_000
MOST_PIXELS_READ_SMALL = 120_000_000
SIDE, SMALL = 2000, 320
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF")
HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})


class NoCard(ValueError):
    """It cannot be a card; the sentence says why and what to do."""


def kind_of_card(file: IO[bytes]) -> str:
    """Raises NoCard. By the content alone; the name is only what somebody called it."""
    file.seek(0)
    head = file.read(32)
    file.seek(0)
    if not head:
        raise NoCard(_("ファイルが空です。もう一度撮影するか、別のファイルを選んでください。"))
    if head.lstrip(b"\xef\xbb\xbf\r\n ").upper().startswith(b"BEGIN:VCARD"):
        return VCARD
    kind = "image/heic" if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS else kind_of(file)
    if kind not in PICTURES and kind != PDF:
        raise NoCard(
            _(
                "名刺として読めるファイルではありません。写真（JPEG・PNG・HEIC・WebP）、PDF、vCardを選んでください。"
            )
        )
    return kind


def draw(data: bytes) -> tuple[bytes, int, int]:
    """A JPEG of at most 2000 pixels a side, upright, without place and camera; its width and height. Raises NoCard."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                return _draw(picture, io.BytesIO(data))
    except NoCard:
        raise
    except Exception as error:
        # A broken file lets the decoders raise whatever there is.
        raise NoCard(
            _("写真を開けませんでした。もう一度撮影するか、別のファイルを選んでください。")
        ) from error


def _draw(picture: Image.Image, file: IO[bytes]) -> tuple[bytes, int, int]:
    most = MOST_PIXELS_READ_SMALL if jpeg.in_one_pass(file) else MOST_PIXELS
    if picture.width * picture.height > most:
        raise NoCard(_("写真が大きすぎます。4000万画素までの写真にしてください。"))
    picture.draft("RGB", (SIDE, SIDE))
    if picture.width * picture.height > MOST_PIXELS:
        raise NoCard(_("写真が大きすぎます。4000万画素までの写真にしてください。"))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((SIDE, SIDE))
    clean = upright.convert("RGB")
    clean.info.clear()
    target = io.BytesIO()
    clean.save(target, "JPEG", quality=85, exif=b"", icc_profile=None)
    return target.getvalue(), clean.width, clean.height


def small(picture: bytes) -> bytes:
    """Of a picture that was drawn here, for lists."""
    with Image.open(io.BytesIO(picture), formats=("JPEG",)) as drawn:
        drawn.thumbnail((SMALL, SMALL))
        target = io.BytesIO()
        drawn.save(target, "WEBP", quality=75)
    return target.getvalue()
