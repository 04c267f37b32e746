"""How allauth behaves here: people come by invitation only, coming and going are ledger lines, words are ours."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from daifuku.ledger import writing as ledger
from daifuku.staff import mailing, session_limits, sign_in
from daifuku.staff.credentials import end_sessions, revoke_other_means
from daifuku.staff.models import Person

WRONG = _("メールアドレスかパスワードが違います。")
WAYS = {
    "reauthenticate": _("パスワードで確認"),
    "mfa_reauthenticate": _("認証アプリのコードで確認"),
    "mfa_reauthenticate:webauthn": _("パスキーで確認"),
}


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": _("現在のパスワードを入力してください。"),
        "incorrect_password": _("パスワードが違います。"),
        "incorrect_code": _("コードが違います。アプリに表示されている最新のコードを入力してください。"),
        "invalid_password_reset": _("このリンクは使えません。もう一度再設定を申し込んでください。"),
        "too_many_login_attempts": _(
            "ログインの失敗が続いたため、一時的に止めています。5分ほど待ってからお試しください。"
        ),
        "rate_limited": _("操作が続いたため、一時的に止めています。しばらく待ってからお試しください。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        session_limits.begin(request)
        sign_in.write_line("person.signed_in", request, user, means=sign_in.means_of(request))

    def logout(self, request: HttpRequest) -> None:
        person = request.user if isinstance(request.user, Person) else None
        super().logout(request)
        if person:
            sign_in.write_line("person.signed_out", request, person)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Somebody who left is told what everybody with a wrong password is told."""
        person: Person | None = super().authenticate(request, **credentials)
        if person is not None and not person.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return person

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Only whom it was tried for is kept: whatever else was typed may be a password in the wrong place."""
        email = str(credentials.get("email", "")).strip().lower()
        person = Person.objects.filter(email=email).first()
        sign_in.write_failure(person, means="password")

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        """Also with a passkey, somebody who left learns no more than a stranger."""
        sign_in.write_failure(user, means="passkey")
        messages.error(request, str(WRONG))
        return redirect("account_login")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Called by allauth after every change of how somebody signs in: the ledger is told as well."""
        what = template_prefix.rsplit("/", 1)[1]
        kind = "person.password_changed" if what.startswith("password") else "person.second_factor_changed"
        sign_in.write_line(kind, self.request, user, what=what)
        if kind == "person.password_changed":
            end_sessions(user, but=self.request.session.session_key)
        if what == "password_reset":
            # Whoever gets in again by a link may have been kept out by somebody who knew the old password.
            with ledger.writing():
                revoke_other_means(user)
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mailing.send(self.render_mail(template_prefix, email, {"email": email, **context}))

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": WAYS[method["id"]]} for method in methods]

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built on the configured address; what the browser's request claims to be the host does not count."""
        person, secret = key.split("-", 1)
        return settings.BASE_URL + reverse("account_reset_password_from_key", args=[person, secret])

    def add_message(self, request: HttpRequest, level: int, *arguments: Any, **options: Any) -> None:
        """Pages that change something say so themselves; a greeting after every sign-in would be noise."""
        if options.get("message"):
            messages.add_message(request, level, options["message"])
