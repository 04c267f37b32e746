"""The forms of signing in, with our words: allauth's own put their labels into the fields."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from daifuku.ledger import writing as ledger
from daifuku.staff import mailing, sign_in
from daifuku.staff.models import Person

PASSWORD_HELP = _("10文字以上。覚えやすい文を長めにするのが安全です。")


def _worded(form: forms.Form, **words: Any) -> None:
    form.label_suffix = ""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""
        if name in words:
            field.label = words[name]


class LoginForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _worded(self, login=_("メールアドレス"), password=_("パスワード"))
        self.fields["login"].widget.attrs |= {"autocomplete": "username webauthn", "autofocus": True}


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _worded(self, password=_("パスワード"))


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _worded(
            self,
            oldpassword=_("現在のパスワード"),
            password1=_("新しいパスワード"),
            password2=_("新しいパスワード（確認）"),
        )
        self.fields["password1"].help_text = PASSWORD_HELP


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _worded(self, email=_("メールアドレス"))
        self.fields["email"].widget.attrs |= {"autocomplete": "username", "autofocus": True}

    @property
    def by_mail(self) -> bool:
        return mailing.is_set_up()

    def save(self, request: HttpRequest, **options: Any) -> str:
        """A line and a written mail in one transaction, whether or not there is such a person: time tells nothing."""
        with ledger.writing():
            person = Person.objects.filter(email=self.cleaned_data["email"].lower()).first()
            sign_in.write_request(person)
            email: str = super().save(request, **options)
            if not self.users:
                _write_to_nobody(email)
        return email


def _write_to_nobody(email: str) -> None:
    nobody = Person(pk=0, email=email, family_name=email)
    adapter, key = get_adapter(), f"0-{account.default_token_generator.make_token(nobody)}"
    words = {"user": nobody, "password_reset_url": adapter.get_reset_password_from_key_url(key)}
    adapter.render_mail("account/email/password_reset_key", email, words).message()


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _worded(self, password1=_("新しいパスワード"), password2=_("新しいパスワード（確認）"))
        self.fields["password1"].help_text = PASSWORD_HELP


class CodeForm(mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in; a wrong code is a failed sign-in."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _worded(self, code=_("認証コード"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        super()._emit_authentication_failed(authenticator)
        sign_in.write_failure(self.user, means=authenticator.type)


class ReauthenticateCodeForm(mfa.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _worded(self, code=_("認証コード"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        super()._emit_authentication_failed(authenticator)
        sign_in.write_failure(self.user, means=authenticator.type)


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _worded(self, code=_("アプリに表示された6桁のコード"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class AddPasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """Every passkey here also signs in without a password, so the device always asks who holds it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _worded(self, name=_("名前"))
        self.fields["name"].max_length = 40
        self.fields["name"].help_text = _("どの端末か分かる名前にします。例: 会社のパソコン")
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.initial["passwordless"] = True


class EditPasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _worded(self, name=_("名前"))
        self.fields["name"].max_length = 40
