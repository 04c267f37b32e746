"""The page of one webhook with every delivery, and what can be done with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.whole import whole
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.views.webhooks import find
from daifuku.messages.webhooks import actions, asking, hearing, narrowing, signing
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.views.finding import me
from daifuku.staff.views.forms import Quiet, told_in

PAGE = 50
State = WebhookDelivery.State
FILTERS = {"": _lazy("すべて"), "failed": _lazy("届いていない"), "waiting": _lazy("送信待ち")}


class ReplayForm(Quiet):
    day = forms.DateField(
        label=_lazy("この日から"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    line = forms.IntegerField(label=_lazy("または、この台帳の行番号から"), required=False, min_value=1)


@require_safe
@never_cache
def webhook(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _page(request, find(request, uid))


def _page(
    request: HttpRequest, webhook: Webhook, form: ReplayForm | None = None, status: int = 200
) -> HttpResponse:
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in FILTERS else ""
    rows, more = _deliveries(webhook, chosen, whole(request.GET.get("before", "")))
    old_secret = webhook.old_secret_until if webhook.old_secret else None
    context: dict[str, Any] = {
        "narrowed": _condition_for(request, webhook), "trouble": narrowing.trouble_of(webhook),
        "webhook": webhook, "hears": hearing.sentence_of(webhook), "mine": webhook.person_id == me(request).pk,
        "kinds": [hearing.label_of(key) for key in webhook.kinds],
        "old_secret_until": old_secret if old_secret and old_secret > timezone.now() else None,
        "rows": [(row, hearing.label_of(row.kind)) for row in rows], "more": more, "chosen": chosen,
        "filters": FILTERS.items(), "replay": form or ReplayForm(initial={"day": _proposed_day(webhook)}),
        "replay_open": form is not None, "days": signing.BOTH_VALID,
        "waiting": WebhookDelivery.objects.filter(webhook=webhook, state=State.WAITING).exists(),
    }  # fmt: skip
    return render(request, "messages/webhook.html", context, status=status)


def _condition_for(request: HttpRequest, webhook: Webhook) -> str:
    """In words; to whoever does not see what it asks, only that there is one."""
    condition = narrowing.condition_of(webhook, viewer_at(request))
    if condition is None:
        return ""
    if condition.problems and webhook.person_id != me(request).pk:
        return _("持ち主だけが見られる条件があります。")
    return condition.sentence()


def _deliveries(
    webhook: Webhook, chosen: str, before: int | None
) -> tuple[list[WebhookDelivery], int | None]:
    """Newest first. What is tried again later has not arrived either."""
    found = WebhookDelivery.objects.filter(webhook=webhook).defer("body", "answer")
    if chosen == "failed":
        found = found.filter(state__in=[State.FAILED, State.WAITING]).exclude(error="")
    elif chosen:
        found = found.filter(state=chosen)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-id")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def _proposed_day(webhook: Webhook) -> Any:
    """Since when it may have missed something."""
    return (
        timezone.localdate(webhook.stopped_at)
        if webhook.stopped_at
        else timezone.localdate() - timedelta(days=7)
    )


@require_POST
def test_webhook(request: HttpRequest, uid: UUID) -> HttpResponse:
    webhook = find(request, uid)
    made = asking.send_test(webhook, by=me(request))
    return redirect("messages:webhook_delivery", webhook.uid, made.uid)


@require_POST
def switch_webhook(request: HttpRequest, uid: UUID) -> HttpResponse:
    webhook, on = find(request, uid), request.POST.get("on") == "1"
    event = actions.switch_webhook(webhook, on=on, by=me(request))
    sentence = (
        _("送信を再開しました。止まっていた間の分は「送り直す」で送れます。")
        if on
        else _("送信を止めました。")
    )
    telling.done(request, sentence, event)
    return redirect("messages:webhook", webhook.uid)


@require_POST
@never_cache
@sensitive_variables("secret")
def change_secret(request: HttpRequest, uid: UUID) -> HttpResponse:
    webhook = find(request, uid)
    secret = actions.change_secret(webhook, by=me(request))
    return render(request, "messages/webhook_secret.html", {"webhook": webhook, "secret": secret})


@require_POST
def take_over_webhook(request: HttpRequest, uid: UUID) -> HttpResponse:
    webhook = find(request, uid)
    actions.take_over_webhook(webhook, by=me(request))
    messages.success(request, _("引き継ぎました。これからは、あなたに見えるものだけが送られます。"))
    return redirect("messages:webhook", webhook.uid)


@require_POST
def remove_webhook(request: HttpRequest, uid: UUID) -> HttpResponse:
    webhook = find(request, uid)
    event = actions.remove_webhook(webhook, by=me(request))
    telling.done(request, _("「%(name)s」を削除しました。") % {"name": webhook.name}, event)
    return redirect("messages:webhooks")


@require_POST
def replay_webhook(request: HttpRequest, uid: UUID) -> HttpResponse:
    webhook, form = find(request, uid), ReplayForm(request.POST)
    if form.is_valid():
        day, line = form.cleaned_data["day"], form.cleaned_data["line"]
        with told_in(form):
            # Whoever names a line means it, whatever day was proposed.
            job = asking.replay(webhook, by=me(request), day=None if line else day, line_number=line)
            return redirect("jobs:job", job.uid)
    return _page(request, webhook, form, status=422)


@require_POST
def drop_waiting(request: HttpRequest, uid: UUID) -> HttpResponse:
    webhook = find(request, uid)
    count = asking.drop_waiting(webhook, by=me(request))
    sentence = ngettext("%(n)s件の送信を取りやめました。", "%(n)s件の送信を取りやめました。", count)
    messages.success(request, sentence % {"n": count})
    return redirect("messages:webhook", webhook.uid)
