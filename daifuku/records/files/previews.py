"""The small picture beside a file, made by a job from pictures that are not too large to open.

It is drawn anew, so nothing of the original but its pixels gets into it: no place, no camera, no hidden file.
"""

from __future__ import annotations

import io
import warnings
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from daifuku.ledger import writing as ledger
from daifuku.records.files import jpeg
from daifuku.records.models import AttachmentVersion

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
SIDE = 640
# A JPEG is read at an eighth of its size where it is written row by row. One in several passes is held whole, with 6
# bytes for every pixel; pictures of other formats need 4.
MOST_PIXELS_READ_SMALL = 200_000_000
MOST_PIXELS = 40_000_000

State = AttachmentVersion.PreviewState


def run(running: Any) -> None:
    """The job: makes the preview of the version named in the payload; the second time nothing is left to do."""
    version = AttachmentVersion.objects.filter(pk=running.payload["version"]).first()
    if version is None or version.preview_state != State.WAITING:
        return
    make(version)


def make(version: AttachmentVersion) -> None:
    try:
        with default_storage.open(version.stored) as file:
            small = shrink(file)
    except (TooLarge, OSError, ValueError, SyntaxError, Image.DecompressionBombError, MemoryError):
        _keep(version, "", State.FAILED)
        return
    _keep(version, default_storage.save("preview", ContentFile(small)), State.READY)


class TooLarge(ValueError):
    """More pixels than this machine should open."""


def shrink(file: IO[bytes]) -> bytes:
    """A WebP of at most 640 × 640, turned upright. Raises TooLarge, OSError and others for what is no picture."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(file, formats=FORMATS) as picture:
            most = MOST_PIXELS_READ_SMALL if jpeg.in_one_pass(file) else MOST_PIXELS
            if picture.width * picture.height > most:
                raise TooLarge
            picture.draft("RGB", (SIDE, SIDE))
            if picture.width * picture.height > MOST_PIXELS:
                raise TooLarge
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((SIDE, SIDE))
            clean = upright.convert("RGBA" if "A" in upright.getbands() else "RGB")
    clean.info.clear()
    target = io.BytesIO()
    clean.save(target, "WEBP", quality=80, exif=b"", icc_profile=None, xmp=b"")
    return target.getvalue()


def _keep(version: AttachmentVersion, preview: str, state: str) -> None:
    with ledger.writing():
        AttachmentVersion.objects.filter(pk=version.pk).update(preview=preview, preview_state=state)
