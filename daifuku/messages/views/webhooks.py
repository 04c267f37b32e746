"""The pages of webhooks: which there are and how they are, a new one, one changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.foundation.errors import NotFound
from daifuku.messages import holding
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.views.webhook_forms import WebhookForm, editor_for, values_of
from daifuku.messages.webhooks import actions, hearing, narrowing
from daifuku.records.views import telling
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import told_in


@require_safe
@never_cache
def webhooks(request: HttpRequest) -> HttpResponse:
    with_power(request, "settings")
    found = list(Webhook.objects.kept().select_related("person"))
    newest = _last_of_each(found)
    rows = [
        (each, hearing.sentence_of(each), newest.get(each.pk), narrowing.trouble_of(each)) for each in found
    ]
    return render(request, "messages/webhooks.html", {"rows": rows, "held": holding.current()})


def _last_of_each(webhooks: list[Webhook]) -> dict[int, WebhookDelivery]:
    rows = WebhookDelivery.objects.filter(webhook__in=webhooks).order_by()
    keys = rows.values("webhook").annotate(last=Max("pk")).values_list("last", flat=True)
    found = WebhookDelivery.objects.defer("body", "answer").filter(pk__in=list(keys))
    return {row.webhook_id: row for row in found}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("secret")
def new_webhook(request: HttpRequest) -> HttpResponse:
    """The secret is shown in the answer itself and nowhere else, so there is no page to which one could come back."""
    by = with_power(request, "settings")
    form = WebhookForm(request.POST if request.method == "POST" else None, viewer=viewer_of(by))
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            webhook, secret = actions.create_webhook(by=by, **form.values())
            shown = {"webhook": webhook, "secret": secret, "fresh": True}
            return render(request, "messages/webhook_secret.html", shown)
    return render(request, "messages/webhook_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit_webhook(request: HttpRequest, uid: UUID) -> HttpResponse:
    by, webhook = with_power(request, "settings"), find(request, uid)
    if request.method != "POST":
        form = WebhookForm(initial=values_of(webhook), viewer=viewer_of(by), webhook=webhook)
        return _form_page(request, form, webhook, by)
    form = WebhookForm(request.POST, viewer=viewer_of(by), webhook=webhook)
    if form.is_valid():
        with told_in(form):
            event = actions.edit_webhook(webhook, form.values(), by=by, version=form.cleaned_data["version"])
            telling.done(request, _("保存しました。"), event)
            return redirect("messages:webhook", webhook.uid)
    return _form_page(request, form, webhook, by)


def _form_page(request: HttpRequest, form: WebhookForm, webhook: Webhook, by: Person) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "webhook": webhook, "mine": webhook.person_id == by.pk}
    return render(request, "messages/webhook_form.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
def condition(request: HttpRequest) -> HttpResponse:
    """The editor for the kind of record that was just chosen in the form."""
    by = with_power(request, "settings")
    shown = editor_for(request.GET.getlist("objects"), {}, viewer_of(by))
    return render(request, "messages/parts/webhook_condition.html", {"narrowing": shown})


def find(request: HttpRequest, uid: UUID) -> Webhook:
    with_power(request, "settings")
    webhook: Webhook | None = Webhook.objects.kept().select_related("person").filter(uid=uid).first()
    if webhook is None:
        raise NotFound
    return webhook
