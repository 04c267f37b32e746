"""How figures are written on the pages of 予実."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from daifuku.forecast.reading import Figures
from daifuku.records.catalogue.types import Money

register = template.Library()


@register.simple_tag
def yen(amount: int | None) -> str:
    return "" if amount is None else Money().display(amount)


@register.simple_tag
def signed(amount: int) -> SafeString:
    """With its sign, which says it besides the colour."""
    words = Money().display(abs(amount))
    if amount == 0:
        return format_html('<span class="soft">{}</span>', words)
    sign, kind = ("+", "more") if amount > 0 else ("−", "less")
    return format_html('<span class="forecast-signed" data-sign="{}">{}{}</span>', kind, sign, words)


@register.simple_tag
def progress(figures: Figures) -> SafeString:
    """A bar: what was reached, behind it where it lands, on a rail as long as the target (or the landing, if more)."""
    if figures.rate is None:
        return format_html('<span class="soft">{}</span>', _("目標なし"))
    whole = max(figures.target or 0, figures.landing, 1)
    reached, lands = (max(0, each) * 100 / whole for each in (figures.actual, figures.landing))
    goal = (figures.target or 0) * 100 / whole
    return format_html(
        '<span class="forecast-progress"><svg class="forecast-bar" height="10" aria-hidden="true">'
        '<rect class="chart-rail" width="100%" height="10"></rect><rect class="f-lands" width="{}%" height="10"></rect>'
        '<rect class="f-reached" width="{}%" height="10"></rect><line class="f-goal" x1="{}%" x2="{}%" y1="0" y2="10">'
        '</line></svg><span class="number">{}%</span></span>',
        f"{lands:.1f}", f"{reached:.1f}", f"{goal:.1f}", f"{goal:.1f}", figures.rate,
    )  # fmt: skip
