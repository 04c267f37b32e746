"""The part that reads letters: finds where text stands, and says what a strip of it says. It can be exchanged.

Behind it stands PP-OCRv6 (small) from the package rapidocr, run by onnxruntime on one thread. Both models lie in the
package: their files are named outright, so nothing is ever asked for over the network. Only letters that Japanese firms
print are answered (what CP932 can write, and a few more): the model knows 18,708 and would now and then take the
Chinese glyph for the Japanese one.
"""

from __future__ import annotations

import ctypes
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
_STRIP, _NARROWEST = 48, 320
_ALSO = "〇々ヶヵ﨑髙"
# Old forms that the model knows too little: how likely it must hold one where it answers the usual form. Measured on
# development seeds: where 髙 and 眞 stood, they had 0.018 to 0.37; where 高 and 真 stood, less than 0.001.
_OLD_FORMS = {"高": ("髙", 0.008), "真": ("眞", 0.1)}


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
        self._letters: list[str] = ["", *known, " "]
        self._barred = _barred(self._letters)
        self._places = {letter: place for place, letter in enumerate(self._letters)}
        self._at_work = threading.Lock()

    def find(self, picture: Pixels) -> list[Quad]:
        with self._at_work:
            found = self._finder(picture, use_det=True, use_cls=False, use_rec=False)
        _give_back()
        boxes = getattr(found, "boxes", None)
        return [] if boxes is None else [_from_upper_left(box.astype("float32")) for box in boxes]

    def recognise(self, strips: Sequence[Pixels]) -> list[Letters]:
        return [self._one(strip) for strip in strips]

    def _one(self, strip: Pixels) -> Letters:
        """One after another: strips of other lengths beside it cost time and memory, on one thread they win nothing."""
        import cv2
        import numpy as np

        width = max(8, round(strip.shape[1] * _STRIP / strip.shape[0]))
        widest = max(_NARROWEST, width)
        batch = np.zeros((1, 3, _STRIP, widest), np.float32)
        small = cv2.resize(strip, (width, _STRIP)).astype(np.float32)
        batch[0, :, :, :width] = (small.transpose(2, 0, 1) / 255 - 0.5) / 0.5
        with self._at_work:
            (answer,) = self._session.run(None, {self._input: batch})
        likely = np.asarray(answer)[0]
        likely[:, self._barred] = 0.0
        return self._said(likely, widest / width)

    def _said(self, likely: Any, stretch: float) -> Letters:
        """One letter for each run of the same answer; the first answer of all is 'no letter here'."""
        best = likely.argmax(axis=1)
        text, sure, at = [], [], []
        before = 0
        for step, letter in enumerate(best):
            if letter != before and letter != 0:
                text.append(self._form(letter, likely[step]))
                sure.append(float(likely[step, letter]))
                at.append(min(1.0, (step + 0.5) / len(best) * stretch))
            before = letter
        return Letters("".join(text), tuple(sure), tuple(at))

    def _form(self, letter: int, likely: Any) -> str:
        """The old form where the model so much as doubts the usual one."""
        usual: str = self._letters[letter]
        old, least = _OLD_FORMS.get(usual, (usual, 1.0))
        return old if float(likely[self._places[old]]) > least else usual


def _give_back() -> None:
    """Finding text takes some hundred MB for a moment, which glibc would keep; 20 ms give them back."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _from_upper_left(quad: Quad) -> Quad:
    """The corners in their order, beginning with that one from which the next lies most to the right."""
    import numpy as np

    sides = np.roll(quad, -1, axis=0) - quad
    first = int(np.argmax(sides[:, 0] / np.maximum(np.linalg.norm(sides, axis=1), 1e-6)))
    return np.roll(quad, -first, axis=0)


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
