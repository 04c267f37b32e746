"""The calendar at a secret address: what one sees of it among one's own settings, and the file itself."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.activities import feed as feeds
from daifuku.activities.actions.feeding import close_feed, open_feed
from daifuku.activities.models import Feed
from daifuku.foundation.buckets import Buckets
from daifuku.records.views.finding import viewer_at

# Programs ask every few minutes; an office behind one address has many of them.
PER_MINUTE = 60
asked = Buckets()


@require_safe
def feed_page(request: HttpRequest) -> HttpResponse:
    feed = Feed.objects.filter(person=viewer_at(request).person).first()
    return render(request, "activities/feed.html", {"feed": feed})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@sensitive_variables("secret", "address")
def open_feed_page(request: HttpRequest) -> HttpResponse:
    """Asks for the password again, because the address outlives the session; it is shown here and never again."""
    person = viewer_at(request).person
    if request.method != "POST":
        return render(
            request, "activities/open_feed.html", {"feed": Feed.objects.filter(person=person).first()}
        )
    secret = open_feed(by=person)
    address = f"{settings.BASE_URL}{reverse('activities:feed_file', args=[secret])}"
    return render(request, "activities/feed_opened.html", {"address": address})


@require_POST
def close_feed_page(request: HttpRequest) -> HttpResponse:
    close_feed(by=viewer_at(request).person)
    messages.success(request, _("公開を止めました。これまでのアドレスはもう使えません。"))
    return redirect("activities:feed")


@require_safe
@sensitive_variables("secret")
def feed_file(request: HttpRequest, secret: str) -> HttpResponse:
    """Without a session: whoever has the address reads. What there is not looks the same, whatever it was."""
    _left, wait = asked.take(str(get_adapter().get_client_ip(request)), PER_MINUTE)
    if wait:
        return _plainly("too many requests", 429, {"Retry-After": str(wait)})
    feed = feeds.feed_at(secret)
    if feed is None:
        return _plainly("not found", 404, {})
    now = timezone.now()
    feeds.seen(feed, now)
    return _plainly(feeds.calendar_of(feed.person, now), 200, {
        "Content-Type": "text/calendar; charset=utf-8", "Content-Disposition": 'inline; filename="daifuku.ics"',
    })  # fmt: skip


def _plainly(content: str | bytes, status: int, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(
        content, status=status,
        headers={
            "Content-Type": "text/plain; charset=utf-8", "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex", "Cache-Control": "private, no-store", **headers,
        },
    )  # fmt: skip
