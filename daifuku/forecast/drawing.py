"""The weeks of a forecast as a line, drawn as the charts of lists are."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from daifuku.forecast.keeping import Week
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Date, Money
from daifuku.records.chart_drawing import draw
from daifuku.records.charting import Bar, Charted
from daifuku.records.look import Chart

DAY, AMOUNT = Field("taken_on", "", Date()), Field("landing", "", Money())


def weeks(found: Sequence[Week]) -> SafeString:
    """Nothing below two weeks: one point shows no way."""
    if len(found) < 2:
        return SafeString("")
    chart = Chart("line", DAY, number=AMOUNT, how="sum")
    bars = [
        Bar(
            week.taken_on,
            f"{week.taken_on:%Y/%m/%d}",
            week.landing,
            1,
            short=f"{week.taken_on.month}/{week.taken_on.day}",
        )
        for week in found
    ]
    return draw(Charted(chart, bars, []), lambda bar, series: "")
