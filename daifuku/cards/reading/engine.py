"""The part that reads letters: finds where text stands, and says what a strip of it says. It can be exchanged.

Behind it stands PP-OCRv6 (small) from the package rapidocr, run by onnxruntime on one thread. Both models lie in the
package: their files are named outright, so nothing is ever asked for over the network. Only letters that Japanese firms
print are answered (what CP932 can write, and a few more): the model knows 18,708 and would now and then take the
Chinese glyph for the Japanese one.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy.typing as npt

    Pixels = npt.NDArray[Any]
    Quad = npt.NDArray[Any]

_DETECTOR, _RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_LONGEST_SIDE = 1280
_STRIP = 48
_AT_ONCE = 1
_ALSO = "〇々ヶヵ﨑髙"


@dataclass(frozen=True)
class Letters:
    """What a strip says: its letters, how sure each is (0 to 1), and where along the strip it stands (0 to 1)."""

    text: str
    sure: tuple[float, ...]
    at: tuple[float, ...]

    @property
    def confidence(self) -> float:
        return sum(self.sure) / len(self.sure) if self.sure else 0.0


class Engine(Protocol):
    """What the reader asks of an engine. Pictures are arrays of height, width and blue, green, red."""

    def find(self, picture: Pixels) -> list[Quad]:
        """The four corners of each line or column, from the upper left clockwise."""
        ...

    def recognise(self, strips: Sequence[Pixels]) -> list[Letters]:
        """What each strip says, read from left to right."""
        ...


def available() -> bool:
    """Whether the engine is installed with its models."""
    return _models() is not None and find_spec("onnxruntime") is not None and find_spec("cv2") is not None


def _models() -> Path | None:
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "models"
    return folder if all((folder / name).is_file() for name in (_DETECTOR, _RECOGNISER)) else None


_lock = threading.Lock()
_engine: Engine | None = None


def engine() -> Engine:
    """The one of this process; loading it takes a second and 200 MB, so it is done at the first card."""
    global _engine
    with _lock:
        if _engine is None:
            _engine = RapidOcr()
        return _engine


class RapidOcr:
    """PP-OCRv6 small: detection by rapidocr, recognition by its model with a choice of letters of our own."""

    def __init__(self) -> None:
        import cv2
        import onnxruntime
        from rapidocr import RapidOCR

        cv2.setNumThreads(1)
        folder = _models()
        if folder is None:
            raise RuntimeError("rapidocr is not installed")
        self._finder = RapidOCR(
            params={
                "Global.max_side_len": _LONGEST_SIDE,
                "Global.use_cls": False,
                "Global.use_rec": False,
                "Global.log_level": "error",
                "Det.model_path": str(folder / _DETECTOR),
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(folder / _RECOGNISER), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name
        known = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._letters = ["", *known, " "]
        self._barred = _barred(self._letters)
        self._at_work = threading.Lock()

    def find(self, picture: Pixels) -> list[Quad]:
        with self._at_work:
            found = self._finder(picture, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return [] if boxes is None else [box.astype("float32") for box in boxes]

    def recognise(self, strips: Sequence[Pixels]) -> list[Letters]:
        order = sorted(range(len(strips)), key=lambda each: strips[each].shape[1] / strips[each].shape[0])
        answers: dict[int, Letters] = {}
        for start in range(0, len(order), _AT_ONCE):
            together = order[start : start + _AT_ONCE]
            for place, letters in zip(
                together, self._batch([strips[each] for each in together]), strict=True
            ):
                answers[place] = letters
        return [answers[place] for place in range(len(strips))]

    def _batch(self, strips: list[Pixels]) -> list[Letters]:
        import cv2
        import numpy as np

        widths = [max(8, round(strip.shape[1] * _STRIP / strip.shape[0])) for strip in strips]
        widest = max(320, *widths)
        batch = np.zeros((len(strips), 3, _STRIP, widest), np.float32)
        for place, (strip, width) in enumerate(zip(strips, widths, strict=True)):
            small = cv2.resize(strip, (width, _STRIP)).astype(np.float32)
            batch[place, :, :, :width] = (small.transpose(2, 0, 1) / 255 - 0.5) / 0.5
        with self._at_work:
            (likely,) = self._session.run(None, {self._input: batch})
        likely = np.asarray(likely)
        likely[:, :, self._barred] = 0.0
        return [self._said(each, widest / width) for each, width in zip(likely, widths, strict=True)]

    def _said(self, likely: Any, stretch: float) -> Letters:
        """One letter for each run of the same answer; the first answer of all is 'no letter here'."""
        best = likely.argmax(axis=1)
        text, sure, at = [], [], []
        before = 0
        for step, letter in enumerate(best):
            if letter != before and letter != 0:
                text.append(self._letters[letter])
                sure.append(float(likely[step, letter]))
                at.append(min(1.0, (step + 0.5) / len(best) * stretch))
            before = letter
        return Letters("".join(text), tuple(sure), tuple(at))


def _barred(letters: list[str]) -> list[int]:
    """Places of the letters that are not answered: those that no Japanese firm prints."""
    return [
        place
        for place, letter in enumerate(letters)
        if letter and letter not in _ALSO and not _japanese(letter)
    ]


def _japanese(letter: str) -> bool:
    try:
        letter.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
