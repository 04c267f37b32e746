"""Bytes become pictures: JPEG, PNG, WebP, HEIC and PDF, turned as the camera says, without anything hidden in them.

The size is looked at before anything is decoded. Of a moving picture the first one counts. A PDF is drawn by PDFium
built without scripts; links, forms and attachments in it are not touched.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from daifuku.cards.reading.results import NotAPicture, cut_off, locked, too_large, unreadable

MOST_PIXELS = 50_000_000
MOST_BYTES = 50_000_000
MOST_PAGES = 30
# Longer sides are made shorter: a sheet of ten cards at 300 dpi keeps every point.
LONGEST_SIDE = 3600
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_DPI = 300


def pages(data: bytes) -> list[Image.Image]:
    """The pictures in a file, upright, in RGB."""
    return list(one_by_one(data))


def one_by_one(data: bytes) -> Iterator[Image.Image]:
    """The same; thirty large pages are never in memory together."""
    if len(data) > MOST_BYTES:
        raise too_large()
    if b"%PDF-" in data[:1024]:
        yield from _pages_of_pdf(data)
    else:
        yield _picture(data)


def as_jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def _picture(data: bytes) -> Image.Image:
    _offer_heic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=_FORMATS)
        if opened.width * opened.height > MOST_PIXELS:
            raise too_large()
        if opened.format == "JPEG":
            opened.draft("RGB", (LONGEST_SIDE // 2, LONGEST_SIDE // 2))
        with _whole_ones():
            opened.load()
        return _plain(ImageOps.exif_transpose(opened))
    except NotAPicture:
        raise
    except Image.DecompressionBombError as error:
        raise too_large() from error
    except UnidentifiedImageError as error:
        raise unreadable() from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, RuntimeError) as error:
        raise (cut_off() if "truncated" in str(error) else unreadable()) from error


@contextmanager
def _whole_ones() -> Iterator[None]:
    """A file that was cut off is none, though whatever else draws pages here (WeasyPrint) has told Pillow otherwise."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _offer_heic() -> None:
    """Pillow reads HEIC with this part only; where it is missing such files are refused like any other."""
    try:
        import pi_heif
    except ImportError:
        return
    pi_heif.register_heif_opener()


def _plain(picture: Image.Image) -> Image.Image:
    """Only the points: see-through becomes white, colours become RGB, notes of the camera are left behind."""
    if max(picture.size) > LONGEST_SIDE:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        picture = Image.new("RGBA", clear.size, "white")
        picture.alpha_composite(clear)
    plain = Image.new("RGB", picture.size)
    plain.paste(picture.convert("RGB"))
    return plain


def _pages_of_pdf(data: bytes) -> Iterator[Image.Image]:
    try:
        import pypdfium2
    except ImportError as error:
        raise unreadable() from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise (locked() if "password" in str(error).lower() else unreadable()) from error
    try:
        for number in range(min(len(document), MOST_PAGES)):
            yield _page(document[number])
    except pypdfium2.PdfiumError as error:
        raise unreadable() from error
    finally:
        document.close()


def _page(page: Any) -> Image.Image:
    width, height = page.get_size()
    longest = max(width, height)
    if longest <= 0:
        raise unreadable()
    drawn = page.render(scale=min(_DPI / 72, LONGEST_SIDE / longest), may_draw_forms=False)
    return _plain(drawn.to_pil())
