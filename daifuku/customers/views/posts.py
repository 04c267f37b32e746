"""Posts of a contact: add one, correct it, take it away; move her, say that she left."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.customers.actions import add_post, change_post, contact_left, move_contact, remove_post
from daifuku.customers.models import Affiliation, Contact
from daifuku.customers.views.verb_page import verb_page
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records.catalogue import vocabulary
from daifuku.records.forms.widgets import DateInput, RelationInput
from daifuku.records.scope import sees
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.views.forms import Quiet


class MoveForm(Quiet):
    account = forms.CharField(
        label=gettext_lazy("新しい取引先"), required=False, widget=RelationInput("account"),
        help_text=gettext_lazy("同じ会社の中の異動なら、そのままにしてください。"),
    )  # fmt: skip
    department = forms.CharField(label=gettext_lazy("新しい部署"), required=False)
    title = forms.CharField(label=gettext_lazy("新しい役職"), required=False)
    started_on = forms.CharField(label=gettext_lazy("いつから"), required=False, widget=DateInput())


class LeftForm(Quiet):
    ended_on = forms.CharField(label=gettext_lazy("いつ"), required=False, widget=DateInput())
    ending = forms.ChoiceField(
        label=gettext_lazy("状態"),
        choices=[
            (Affiliation.Ending.LEFT, gettext_lazy("退職")),
            (Affiliation.Ending.MOVED, gettext_lazy("異動（行き先は不明）")),
        ],
    )


class PostForm(Quiet):
    account = forms.CharField(label=gettext_lazy("取引先"), required=False, widget=RelationInput("account"))
    department = forms.CharField(label=gettext_lazy("部署"), required=False)
    title = forms.CharField(label=gettext_lazy("役職"), required=False)
    started_on = forms.CharField(label=gettext_lazy("開始日"), required=False, widget=DateInput())
    ended_on = forms.CharField(label=gettext_lazy("終了日"), required=False, widget=DateInput())
    ending = forms.ChoiceField(label=gettext_lazy("状態"), required=False, choices=Affiliation.Ending.choices)
    main = forms.BooleanField(label=gettext_lazy("主な所属にする"), required=False)


def _contact(request: HttpRequest, uid: uuid.UUID) -> Contact:
    contact: Contact = record_at(request, "contacts", uid, action="edit")[1]
    return contact


def _post(contact: Contact, pk: int) -> Affiliation:
    post = contact.affiliations.select_related("account", "contact").filter(pk=pk).first()
    if post is None:
        raise NotFound
    return post


def _known(request: HttpRequest, held: Affiliation | Contact) -> Any:
    """The account of the post or of the contact for the form, unless the person may not know which one it is."""
    viewer, account = viewer_at(request), held.account
    if account is None or "account" not in vocabulary.fields_for(viewer, "contact"):
        return None
    return account if sees(viewer, account, "view") else None


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    contact, by = _contact(request, uid), viewer_at(request).person
    start = {"account": _known(request, contact), "started_on": timezone.localdate().isoformat()}
    return verb_page(
        request, MoveForm(request.POST or None, initial=start),
        lambda values: move_contact(
            contact, values["account"], department=values["department"], title=values["title"],
            on=values["started_on"], by=by,
        ),
        record=contact, title=_("%(name)sさんの異動・転職") % {"name": contact}, button=_("異動を登録"),
        done=_("%(name)sさんの異動を登録しました。履歴から元に戻せます。") % {"name": contact},
        lead=_("いまの所属は「異動」として残り、新しい所属が主な所属になります。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def left(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    contact, by = _contact(request, uid), viewer_at(request).person
    start = {"ended_on": timezone.localdate().isoformat(), "ending": Affiliation.Ending.LEFT}
    return verb_page(
        request, LeftForm(request.POST or None, initial=start),
        lambda values: contact_left(contact, on=values["ended_on"], ending=values["ending"], by=by),
        record=contact, title=_("%(name)sさんの退職") % {"name": contact}, button=_("退職を登録"),
        done=_("%(name)sさんの退職を登録しました。履歴から元に戻せます。") % {"name": contact},
        lead=_("すべての所属を終わりにします。これまでの記録はそのまま残ります。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    contact, by = _contact(request, uid), viewer_at(request).person
    return verb_page(
        request, PostForm(request.POST or None), lambda values: add_post(contact, by=by, **values),
        record=contact, title=_("%(name)sさんの所属を追加") % {"name": contact}, button=_("所属を追加"),
        done=_("所属を追加しました。"), lead=_("兼務や、以前の所属を登録できます。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    contact, by = _contact(request, uid), viewer_at(request).person
    post = _post(contact, pk)
    names = ("department", "title", "started_on", "ended_on", "ending", "main")
    start = {name: getattr(post, name) for name in names} | {"account": _known(request, post)}
    for name in ("started_on", "ended_on"):
        start[name] = start[name].isoformat() if start[name] else ""

    def act(values: dict[str, Any]) -> None:
        if start["account"] is None and not values["account"]:
            values.pop("account")
        change_post(post, values, by=by)

    return verb_page(
        request, PostForm(request.POST or None, initial=start), act,
        record=contact, title=_("%(name)sさんの所属を編集") % {"name": contact}, button=_("保存"),
        done=_("所属を変更しました。"),
    )  # fmt: skip


@require_POST
def remove(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    contact = _contact(request, uid)
    try:
        remove_post(_post(contact, pk), by=viewer_at(request).person)
    except DomainError as error:
        if error.status != 409:
            raise
        messages.error(request, error.message)
    else:
        messages.success(request, _("所属を削除しました。履歴から元に戻せます。"))
    return redirect(contact.get_absolute_url())
