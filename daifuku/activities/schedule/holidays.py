"""What a day off is called in the language of whoever looks."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from daifuku.foundation.calendar import holiday_name

SUBSTITUTE = "振替休日"


def called(day: date) -> str:
    """勤労感謝の日, or for a holiday that fell on a Sunday 山の日 振替休日; nothing on other days."""
    name, _space, substitute = holiday_name(day).partition(" ")
    words = _names().get(name, name)
    return f"{words} {_('振替休日')}" if substitute == SUBSTITUTE else words


def _names() -> dict[str, str]:
    return {
        "元日": _("元日"), "成人の日": _("成人の日"), "建国記念の日": _("建国記念の日"), "天皇誕生日": _("天皇誕生日"),
        "春分の日": _("春分の日"), "昭和の日": _("昭和の日"), "憲法記念日": _("憲法記念日"),
        "みどりの日": _("みどりの日"), "こどもの日": _("こどもの日"), "海の日": _("海の日"), "山の日": _("山の日"),
        "敬老の日": _("敬老の日"), "秋分の日": _("秋分の日"), "スポーツの日": _("スポーツの日"),
        "文化の日": _("文化の日"), "勤労感謝の日": _("勤労感謝の日"), "国民の休日": _("国民の休日"),
        "年末年始": _("年末年始"),
    }  # fmt: skip
