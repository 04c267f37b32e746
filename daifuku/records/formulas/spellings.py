"""The words of the language of formulas itself, in whatever language a page is shown."""

from __future__ import annotations

YES_WORD, NO_WORD = "はい", "いいえ"
YES, NO = (YES_WORD, "TRUE"), (NO_WORD, "FALSE")
WEEKDAYS = "月火水木金土日"
ERA_FORM = "和暦"
YEN = "円"
COMMA = "、"
UNITS = {
    "日": "d", "D": "d", "DAY": "d", "週": "w", "W": "w", "WEEK": "w", "月": "m", "か月": "m", "ヶ月": "m", "M": "m",
    "MONTH": "m", "年": "y", "Y": "y", "YEAR": "y",
}  # fmt: skip
