"""What scanners and phones make of a card: 300 and 200 dpi, a photograph on a desk, a bad photograph."""

from __future__ import annotations

import io
import math
import random

import cv2
import numpy as np
from PIL import Image

CONDITIONS = {"scan 300": 30, "scan 200": 20, "photo": 30, "hard photo": 20}
_TABLES = [(96, 78, 60), (180, 168, 150), (60, 60, 64), (205, 205, 200), (120, 90, 64), (40, 46, 56)]


def spoil(picture: Image.Image, condition: str, chance: random.Random) -> bytes:
    """The picture as a JPEG file, as it comes out of that device."""
    noise = np.random.default_rng(chance.randrange(1 << 30))
    if condition.startswith("scan"):
        return _scanned(picture, 300 if condition == "scan 300" else 200, chance, noise)
    return _photographed(picture, condition == "hard photo", chance, noise)


def _scanned(picture: Image.Image, dpi: int, chance: random.Random, noise: np.random.Generator) -> bytes:
    """A little askew, a rim of the lid, faint noise."""
    factor = dpi / 609.6
    small = picture.resize(
        (round(picture.width * factor), round(picture.height * factor)), Image.Resampling.LANCZOS
    )
    rim = round(dpi / 25.4 * chance.uniform(0, 4))
    lid = chance.choice([(255, 255, 255), (255, 255, 255), (235, 235, 235), (30, 30, 30)])
    sheet = Image.new("RGB", (small.width + 2 * rim, small.height + 2 * rim), lid)
    sheet.paste(small, (rim, rim))
    sheet = sheet.rotate(chance.uniform(-1, 1), Image.Resampling.BICUBIC, fillcolor=lid)
    pixels = np.asarray(sheet, dtype=np.float32) + noise.normal(0, 2.5, (sheet.height, sheet.width, 1))
    return _jpeg(np.clip(pixels, 0, 255).astype(np.uint8), chance.randint(82, 95))


def _photographed(
    picture: Image.Image, hard: bool, chance: random.Random, noise: np.random.Generator
) -> bytes:
    """On a desk: turned, seen from the side, lit from one side, with a shadow, out of focus, saved small."""
    width, height = (2016, 1512) if picture.width > picture.height else (1512, 2016)
    card = cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2BGR)
    table = np.empty((height, width, 3), np.float32)
    table[:] = chance.choice(_TABLES)[::-1]
    grain = cv2.resize(noise.normal(0, 10, (height // 8, width // 3)).astype(np.float32), (width, height))
    table += grain[:, :, None]
    matrix = _view(card.shape[1], card.shape[0], width, height, hard, chance)
    seen = cv2.warpPerspective(card, matrix, (width, height), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(
        np.ones(card.shape[:2], np.float32), matrix, (width, height), flags=cv2.INTER_LINEAR
    )
    scene: np.ndarray = table * (1 - mask[:, :, None]) + seen.astype(np.float32) * mask[:, :, None]
    scene *= _light(width, height, hard, chance)[:, :, None]
    blur = chance.uniform(0.7, 1.4) if hard else chance.uniform(0.0, 0.8)
    if blur > 0.2:
        scene = cv2.GaussianBlur(scene, (0, 0), blur)
    scene = scene + noise.normal(0, 5 if hard else 3, scene.shape)
    quality = chance.randint(50, 85) if hard else chance.randint(75, 92)
    pixels = cv2.cvtColor(np.clip(scene, 0, 255).astype(np.uint8), cv2.COLOR_BGR2RGB)
    return _jpeg(pixels, quality, turned=chance.random() < 0.15)


def _view(
    card_width: int, card_height: int, width: int, height: int, hard: bool, chance: random.Random
) -> np.ndarray:
    """Where the corners of the card come to lie."""
    share = chance.uniform(0.72, 0.86)
    scale = share * min(width / card_width, height / card_height)
    angle = math.radians(chance.uniform(-7, 7) if hard else chance.uniform(-3.5, 3.5))
    slant = 0.06 if hard else 0.025
    half_width, half_height = card_width * scale / 2, card_height * scale / 2
    corners = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        u = x * half_width * (1 + chance.uniform(-slant, slant))
        v = y * half_height * (1 + chance.uniform(-slant, slant))
        corners.append(
            (
                width / 2 + u * math.cos(angle) - v * math.sin(angle),
                height / 2 + u * math.sin(angle) + v * math.cos(angle),
            )
        )
    paper = np.array([(0, 0), (card_width, 0), (card_width, card_height), (0, card_height)], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(paper, np.array(corners, np.float32)))


def _light(width: int, height: int, hard: bool, chance: random.Random) -> np.ndarray:
    """Brighter on one side; in bad photographs the shadow of a hand or a phone with a soft edge."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    way = chance.uniform(0, 2 * math.pi)
    slope = ((x - width / 2) * math.cos(way) + (y - height / 2) * math.sin(way)) / width
    light: np.ndarray = 0.95 + slope * (chance.uniform(0.25, 0.5) if hard else chance.uniform(0.0, 0.2))
    if hard:
        edge = slope * width - chance.uniform(-0.25, 0.25) * width
        light *= 1 - chance.uniform(0.2, 0.45) / (1 + np.exp(-edge / chance.uniform(15, 60)))
    return np.asarray(light, np.float32)


def _jpeg(pixels: np.ndarray, quality: int, turned: bool = False) -> bytes:
    picture = Image.fromarray(pixels)
    exif = Image.Exif()
    if turned:
        # As a phone held sideways saves it: the pixels lie, the note beside them says how to turn them.
        picture = picture.transpose(Image.Transpose.ROTATE_90)
        exif[0x0112] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()
