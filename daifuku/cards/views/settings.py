"""名刺の設定: who enters, until when, which mailbox."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.cards import reading_state
from daifuku.cards.actions.looking import try_mailbox
from daifuku.cards.actions.settling import forget_mailbox, set_up
from daifuku.cards.models import Setup, setup
from daifuku.cards.models.setup import SECURITIES
from daifuku.foundation.errors import Conflict
from daifuku.records.views import telling
from daifuku.staff.history import lines_about
from daifuku.staff.models import Person
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, SomeOf, accepted


class SetupForm(Quiet):
    clerks = SomeOf(
        label=gettext_lazy("入力の担当"), queryset=Person.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("選ばないときは、役割が営業事務の人です。不在の間は、その人の代理が入力します。"),
    )  # fmt: skip
    due_hours = forms.CharField(label=gettext_lazy("入力の期限（届いてから何時間）"))
    target_seconds = forms.CharField(label=gettext_lazy("1枚の目標（秒）"))
    check_percent = forms.CharField(
        label=gettext_lazy("2人目が確かめる割合（%）"),
        help_text=gettext_lazy("正確さを測るための抜き取りです。"),
    )
    talk_days = forms.CharField(
        label=gettext_lazy("最初の連絡の期限（営業日）"),
        help_text=gettext_lazy("入力が終わると、営業担当にこの期限のタスクができます。"),
    )
    mail_on = forms.BooleanField(label=gettext_lazy("名刺をメールで受け取る"), required=False)
    mail_address = forms.CharField(label=gettext_lazy("受け取り用のアドレス"), required=False)
    host = forms.CharField(label=gettext_lazy("IMAPサーバー"), required=False)
    port = forms.CharField(label=gettext_lazy("ポート"))
    security = forms.ChoiceField(label=gettext_lazy("暗号化"), choices=SECURITIES)
    user = forms.CharField(label=gettext_lazy("ユーザー名"), required=False)
    password = forms.CharField(
        label=gettext_lazy("パスワード"), required=False, widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=gettext_lazy("暗号化して保存します。空のままなら変わりません。"),
    )  # fmt: skip
    folder = forms.CharField(label=gettext_lazy("フォルダー"), required=False)
    strict = forms.BooleanField(
        label=gettext_lazy("差出人を確認できないメールは保留にする"), required=False,
        help_text=gettext_lazy("メールサーバーが差出人を確かめた印（SPF・DKIM・DMARC）のないメールを、受け取らずに保留にします。"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["clerks"].queryset = Person.objects.working()  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    by, now = with_power(request, "settings"), setup()
    start = {name: getattr(now, name) for name in (*Setup.PLAIN, "version")}
    start["clerks"] = list(now.clerks.all()) if now.pk else []
    form = SetupForm(request.POST or None, initial=start)

    def save(values: dict[str, Any]) -> None:
        changes = {**values, "clerks": list(values["clerks"])}
        set_up(changes, by=by, version=changes.pop("version"))

    if request.method == "POST" and accepted(form, save):
        telling.done(request, _("名刺の設定を保存しました。"))
        return redirect("cards:settings")
    viewer = request.viewer  # type: ignore[attr-defined]
    page = {
        "form": form, "setup": now, "reader": reading_state.available(),
        "history": lines_about("cards_setup", now.pk, viewer) if now.pk else [],
    }  # fmt: skip
    return render(request, "cards/settings.html", page, status=422 if form.errors else 200)


@require_POST
def try_page(request: HttpRequest) -> HttpResponse:
    """Opens the mailbox as it is kept; the next page says whether it can be."""
    by = with_power(request, "settings")
    try:
        tried = try_mailbox(by=by)
    except Conflict as error:
        messages.error(request, error.message)
        return redirect("cards:settings")
    if tried.trouble:
        messages.error(request, tried.trouble)
    else:
        words = ngettext(
            "つながりました。サーバーにメールが%(n)s通あります。",
            "つながりました。サーバーにメールが%(n)s通あります。",
            tried.on_server,
        )
        telling.done(request, words % {"n": tried.on_server})
    return redirect("cards:settings")


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    forget_mailbox(by=with_power(request, "settings"))
    telling.done(request, _("メールの設定を削除しました。"))
    return redirect("cards:settings")
