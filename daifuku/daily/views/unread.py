"""The number at the menu: how many reports wait to be read. It is asked for once the page is there: none waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.daily import unread
from daifuku.daily.views.common import viewer_of_reports


@require_safe
def unread_count(request: HttpRequest) -> HttpResponse:
    number = unread.count_for(viewer_of_reports(request))
    if not number:
        return HttpResponse("")
    words = _("未確認の日報 %(number)s件") % {"number": number}
    shown = number if number <= unread.MOST else f"{unread.MOST}+"
    return HttpResponse(
        format_html('<span class="count" title="{0}" aria-label="{0}">{1}</span>', words, shown)
    )
