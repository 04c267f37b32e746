"""The headings of a template as the administrator writes them, a line each, and their blanks below them.

予算と時期 | 金額、いつまでに
・予算（数字）
・規模（選択: 小、中、大）
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation.errors import FieldProblem
from daifuku.foundation.japanese import clean_text
from daifuku.minutes.reading import read
from daifuku.minutes.reading.lines import AMOUNT, PRODUCT, QUANTITY
from daifuku.minutes.slots import CHOICE, TEXT, TYPES

MOST, LONGEST_NAME, LONGEST_HINT = 20, 40, 80
MOST_SLOTS, MOST_OPTIONS = 12, 20
MARKS = set("【】|:：")
Heading = dict[str, Any]
_SLOT = re.compile(r"\s*[・*•-]\s*([^（(]+?)\s*(?:[（(]\s*([^:：）)]+?)\s*(?:[:：]\s*([^）)]*))?[）)])?\s*")
_WORDS = {
    "文字": "text", "テキスト": "text", "text": "text", "数字": "number", "数値": "number", "数量": "number",
    "金額": "number", "number": "number", "日付": "date", "期日": "date", "date": "date", "選択": "choice",
    "choice": "choice", "商品": "product", "product": "product", "人": "person", "人名": "person", "person": "person",
}  # fmt: skip


def headings_of(text: str) -> list[Heading]:
    """What is not understood stays as it is and is refused by `cleaned`."""
    found: list[Heading] = []
    for line in text.replace("｜", "|").splitlines():
        if not line.strip():
            continue
        if found and (slot := _SLOT.fullmatch(line)):
            found[-1].setdefault("slots", []).append(_slot(*slot.groups()))
            continue
        name, _bar, hint = line.partition("|")
        found.append({"name": name.strip(), "hint": hint.strip()})
    return found


def _slot(name: str, kind: str | None, options: str | None) -> Heading:
    told: Heading = {"name": name, "type": _WORDS.get((kind or "文字").strip(), kind)}
    if options is not None:
        told["options"] = [each for each in re.split(r"[、,/／]\s*", options) if each.strip()]
    return told


def as_lines(headings: Sequence[Mapping[str, Any]]) -> str:
    lines = []
    for heading in headings:
        lines.append(f"{heading['name']} | {heading['hint']}" if heading.get("hint") else heading["name"])
        for slot in heading.get("slots", ()):
            options = f": {_('、').join(slot['options'])}" if slot.get("options") else ""
            lines.append(f"・{slot['name']}（{TYPES[slot.get('type', TEXT)]}{options}）")
    return "\n".join(lines)


def cleaned(raw: Sequence[Mapping[str, Any]]) -> tuple[list[Heading], list[FieldProblem]]:
    headings = [_cleaned_heading(each) for each in raw]
    names = [each["name"] for each in headings]
    sentence: Any = ""
    if not 2 <= len(headings) <= MOST:
        sentence = _("見出しは2個から20個までにしてください。")
    elif len(set(names)) < len(names):
        sentence = _("同じ見出しが2回あります。1つにまとめてください。")
    elif not all(1 <= len(name) <= LONGEST_NAME and not set(name) & set("【】|") for name in names):
        sentence = _("見出しは40文字以内で、【】と | を使わずに書いてください。")
    elif any(len(each["hint"]) > LONGEST_HINT for each in headings):
        sentence = _("説明は80文字以内で書いてください。")
    else:
        sentence = next(filter(None, map(_trouble_of_slots, headings)), "")
    return headings, [FieldProblem("headings", sentence, code="headings")] if sentence else []


def _cleaned_heading(raw: Mapping[str, Any]) -> Heading:
    told: Heading = {key: _line(raw.get(key)) for key in ("name", "hint")}
    if raw.get("slots"):
        told["slots"] = [_cleaned_slot(each) for each in raw["slots"]]
    return told


def _cleaned_slot(raw: Mapping[str, Any]) -> Heading:
    told: Heading = {"name": _line(raw.get("name")), "type": str(raw.get("type") or TEXT)}
    if told["type"] == CHOICE:
        told["options"] = list(dict.fromkeys(filter(None, map(_line, raw.get("options") or ()))))
    return told


def _line(raw: Any) -> str:
    return clean_text(str(raw or ""))


def _trouble_of_slots(heading: Heading) -> str:
    slots = heading.get("slots", [])
    told = {"heading": heading["name"]}
    if len(slots) > MOST_SLOTS:
        return _("「%(heading)s」の空欄は%(most)s個までにしてください。") % {**told, "most": MOST_SLOTS}
    if len({slot["name"] for slot in slots}) < len(slots):
        return _("「%(heading)s」に同じ空欄が2つあります。1つにまとめてください。") % told
    return next(filter(None, map(_trouble, slots)), "")


def _trouble(slot: Heading) -> str:
    told = {"name": slot["name"][:LONGEST_NAME]}
    if not 1 <= len(slot["name"]) <= LONGEST_NAME or set(slot["name"]) & MARKS:
        return _("空欄の名前は40文字以内で、【】・コロン・| を使わずに書いてください。")
    if slot["type"] not in TYPES:
        kinds = _("、").join(str(each) for each in TYPES.values())
        return _("「%(name)s」の種類は、%(kinds)sから選んでください。") % {**told, "kinds": kinds}
    if slot["type"] == CHOICE and not 2 <= len(slot["options"]) <= MOST_OPTIONS:
        return _("「%(name)s」の選択肢を2個から20個まで書いてください。例: （選択: 小、中、大）") % told
    if _is_a_mark(slot["name"]):
        return _("「%(name)s:」は、決定や要望の印と同じです。空欄には別の名前を付けてください。") % told
    return ""


def _is_a_mark(name: str) -> bool:
    """Would its line be read as a task, a voice and so on?"""
    found = read(f"{name}: 12/10 x", date(2026, 1, 5)).findings
    return any(each.kind not in {AMOUNT, QUANTITY, PRODUCT} for each in found)
