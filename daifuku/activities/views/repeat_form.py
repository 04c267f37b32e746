"""The form of a repetition, for tasks and for plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.activities import repetition
from daifuku.foundation.repeating import LAST_DAY, MONTH
from daifuku.staff.views.forms import Quiet

NEVER = "never"


def _days() -> list[tuple[str, str]]:
    numbered = [(str(number), _("%(day)s日") % {"day": number}) for number in range(1, 32)]
    return [*numbered, (str(LAST_DAY), _("末日"))]


class RepeatForm(Quiet):
    """What does not belong to the chosen unit is not looked at; the verb says what is wrong."""

    unit = forms.CharField(label=gettext_lazy("繰り返し方"), required=False)
    every = forms.CharField(
        label=gettext_lazy("間隔"), required=False, help_text=gettext_lazy("2なら、2日ごと、2週間ごと、2か月ごと"),
        widget=forms.NumberInput({"min": 1, "max": 99}),
    )  # fmt: skip
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("曜日（毎週のとき）"), required=False, choices=repetition.weekdays,
        widget=forms.CheckboxSelectMultiple({"class": "weekdays"}),
    )  # fmt: skip
    day = forms.CharField(
        label=gettext_lazy("日（毎月のとき）"), required=False,
        help_text=gettext_lazy("31日を選ぶと、31日のない月は末日になります"),
    )  # fmt: skip
    rest = forms.CharField(label=gettext_lazy("土日・祝日に当たるとき"), required=False)
    until = forms.CharField(
        label=gettext_lazy("いつまで"), required=False, widget=forms.TextInput({"type": "date"}),
        help_text=gettext_lazy("空欄ならずっと続きます"),
    )  # fmt: skip
    count = forms.CharField(
        label=gettext_lazy("あと何回"), required=False, widget=forms.NumberInput({"min": 1, "max": 999})
    )

    def __init__(self, *arguments: Any, never: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        units = [(NEVER, _("繰り返さない")), *repetition.units()] if never else repetition.units()
        self.fields["unit"].widget = forms.Select(choices=units)
        self.fields["day"].widget = forms.Select(choices=_days())
        self.fields["rest"].widget = forms.Select(choices=repetition.rests())


def opening(kept: dict[str, Any], start: date) -> dict[str, Any]:
    """How the form opens: as it is kept, or every week on that day."""
    if kept:
        weekdays = [str(number) for number in kept["weekdays"]] or [str(start.weekday())]
        return {**kept, "weekdays": weekdays, "day": kept["day"] if kept["unit"] == MONTH else start.day}
    return {"unit": "week", "every": 1, "weekdays": [str(start.weekday())], "day": start.day, "rest": "leave"}
