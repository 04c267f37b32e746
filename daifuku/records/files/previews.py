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
from daifuku.records.models import AttachmentVersion

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
SIDE = 640
# A JPEG is read at an eighth of its size; the others need 4 bytes of memory for every pixel.
MOST_PIXELS = {"JPEG": 200_000_000}
MOST_PIXELS_OF_OTHERS = 40_000_000

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
            width, height = picture.size
            if width * height > MOST_PIXELS.get(str(picture.format), MOST_PIXELS_OF_OTHERS):
                raise TooLarge
            picture.draft("RGB", (SIDE, SIDE))
            if picture.width * picture.height > MOST_PIXELS_OF_OTHERS:
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
