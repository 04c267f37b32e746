"""Finds the cards on a picture and cuts each out upright: one on a desk, or many on a sheet.

A card is a part of the picture with four straight sides in the shape of a card, that stands out from what lies around
it. Where none does (a scan that is all card) the whole picture is the card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from daifuku.cards.reading.engine import Pixels, Quad

_SMALL = 720
_LEAST_SHARE = 0.025
# 91 x 55 mm is 1.65, square-ish and American ones included; from the side they look longer or shorter.
_SHAPES = (1.25, 2.15)
_RIM = 0.012


@dataclass
class Cut:
    """A card cut out of a picture, and how points of the picture come to lie on it."""

    pixels: Pixels
    matrix: np.ndarray
    corners: Quad

    def moved(self, quad: Quad) -> Quad:
        return np.asarray(cv2.perspectiveTransform(quad[None].astype(np.float32), self.matrix)[0], np.float32)

    def holds(self, quad: Quad) -> bool:
        middle = quad.mean(axis=0)
        return cv2.pointPolygonTest(self.corners, (float(middle[0]), float(middle[1])), False) >= 0


def whole(pixels: Pixels) -> Cut:
    height, width = pixels.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    return Cut(pixels, np.eye(3), corners)


def cards(pixels: Pixels) -> list[Cut]:
    """The cards that stand out, from the upper left on; none where nothing does."""
    scale = _SMALL / max(pixels.shape[:2])
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    found: list[Quad] = []
    for mask in _masks(small):
        for quad in _quads(mask):
            if not any(_same(quad, other) for other in found):
                found.append(quad)
    kept = [quad for quad in found if not any(_inside(quad, other) for other in found if other is not quad)]
    kept = [quad for quad in kept if cv2.contourArea(quad) < size[0] * size[1] * 0.97]
    rows = max(1.0, min((quad[:, 1].max() - quad[:, 1].min() for quad in kept), default=1.0) * 0.6)
    kept.sort(key=lambda quad: (round(float(quad[:, 1].mean()) / rows), float(quad[:, 0].mean())))
    return [_cut(pixels, quad / scale) for quad in kept]


def _masks(small: Pixels) -> list[np.ndarray]:
    """What differs from the rim of the picture, and what lies between strong edges."""
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (5, 5), 0), cv2.COLOR_BGR2LAB).astype(np.float32)
    rim = np.concatenate(
        [
            lab[:6].reshape(-1, 3),
            lab[-6:].reshape(-1, 3),
            lab[:, :6].reshape(-1, 3),
            lab[:, -6:].reshape(-1, 3),
        ]
    )
    apart = np.linalg.norm((lab - np.median(rim, axis=0)) * (0.7, 1.3, 1.3), axis=2)
    grey = np.clip(apart, 0, 255).astype(np.uint8)
    _limit, differs = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    masks = [cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((9, 9)))]
    edges = np.zeros(small.shape[:2], np.uint8)
    for channel in cv2.split(cv2.bilateralFilter(small, 7, 40, 7)):
        edges = np.maximum(edges, cv2.Canny(channel, 25, 70))
    masks.append(cv2.dilate(edges, np.ones((3, 3))))
    return masks


def _quads(mask: np.ndarray) -> list[Quad]:
    quads = []
    contours, _tree = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    for contour in contours:
        hull = cv2.convexHull(contour)
        area = cv2.contourArea(hull)
        if area < _LEAST_SHARE * mask.size:
            continue
        for part in (0.02, 0.035, 0.05):
            quad = cv2.approxPolyDP(hull, part * cv2.arcLength(hull, True), True)
            if len(quad) == 4:
                break
        if len(quad) != 4:
            continue
        corners = _ordered(quad[:, 0].astype(np.float32))
        if cv2.contourArea(corners) > 0.93 * area and _like_a_card(corners):
            quads.append(corners)
    return quads


def _ordered(quad: Quad) -> Quad:
    """From the upper left clockwise, as it lies on the picture."""
    middle = quad.mean(axis=0)
    turned = quad[np.argsort(np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0]))]
    first = int(np.argmin(turned.sum(axis=1)))
    return np.roll(turned, -first, axis=0)


def _sides(quad: Quad) -> tuple[float, float, float, float]:
    top, right, bottom, left = (float(np.linalg.norm(quad[i] - quad[(i + 1) % 4])) for i in range(4))
    return top, right, bottom, left


def _like_a_card(quad: Quad) -> bool:
    top, right, bottom, left = _sides(quad)
    if min(top, bottom) < 0.75 * max(top, bottom) or min(left, right) < 0.75 * max(left, right):
        return False
    wide, high = (top + bottom) / 2, (left + right) / 2
    return _SHAPES[0] <= max(wide, high) / max(1.0, min(wide, high)) <= _SHAPES[1]


def _same(quad: Quad, other: Quad) -> bool:
    size = np.sqrt(cv2.contourArea(other))
    return bool(np.abs(quad - other).max() < 0.06 * size)


def _inside(quad: Quad, other: Quad) -> bool:
    """A frame or a field of colour on a card is no card."""
    middle = quad.mean(axis=0)
    within = cv2.pointPolygonTest(other, (float(middle[0]), float(middle[1])), False) >= 0
    return within and cv2.contourArea(quad) < cv2.contourArea(other)


def _cut(pixels: Pixels, corners: Quad) -> Cut:
    middle = corners.mean(axis=0)
    corners = (middle + (corners - middle) * (1 + 2 * _RIM)).astype(np.float32)
    top, right, bottom, left = _sides(corners)
    width, height = round(max(top, bottom)), round(max(left, right))
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, flat)
    card = cv2.warpPerspective(
        pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return Cut(np.asarray(card, np.uint8), matrix, corners)


def turned(pixels: Pixels, quarters: int) -> Pixels:
    """The picture turned counterclockwise by so many quarters."""
    return np.ascontiguousarray(np.rot90(pixels, quarters))


def turned_quad(quad: Quad, width: int, height: int, quarters: int) -> Quad:
    """Where a quad of a picture of that size lies after it was turned, its corners again from the upper left."""
    for _ in range(quarters % 4):
        quad = np.stack([quad[:, 1], width - quad[:, 0]], axis=1).astype(np.float32)
        quad = np.roll(quad, -1, axis=0)
        width, height = height, width
    return quad
