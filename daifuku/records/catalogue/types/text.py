"""Words: one line, several lines, kana, mail, phone, web address, official numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import identifiers, phone
from daifuku.foundation.japanese import clean_kana, clean_text
from daifuku.records.catalogue.types.base import EMPTINESS, NOT_TEXT, FieldType, Refused

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer


class Text(FieldType):
    """One line of text, at most `longest` characters: longer input is refused, never cut."""

    key, label, widget, empty = "text", _("文字（1行）"), "text", ""
    searched: ClassVar[bool] = True
    operators: ClassVar[tuple[str, ...]] = ("contains", "not_contains", "is", "is_not", "starts", *EMPTINESS)

    def __init__(self, longest: int = 255) -> None:
        self.longest = longest

    def clean(self, raw: Any, viewer: Viewer | None = None) -> str:
        if raw is None:
            return ""
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise Refused(NOT_TEXT, "type")
        value = self.tidy(str(raw))
        if len(value) > self.longest:
            raise Refused(
                _("%(longest)s文字以内で入力してください（現在%(length)s文字）。")
                % {"longest": f"{self.longest:,}", "length": f"{len(value):,}"},
                "too_long",
            )
        return value

    def tidy(self, value: str) -> str:
        return clean_text(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest}


class LongText(Text):
    """Several lines."""

    key, label, widget = "long_text", _("文字（複数行）"), "textarea"
    operators = ("contains", "not_contains", *EMPTINESS)

    def __init__(self, longest: int = 32000) -> None:
        super().__init__(longest)

    def tidy(self, value: str) -> str:
        lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(clean_text(line, keep_indent=True) for line in lines).strip("\n")


class Kana(Text):
    """A reading in full-width katakana."""

    key, label = "kana", _("カナ")

    def tidy(self, value: str) -> str:
        return clean_kana(value)


class _Checked(Text):
    """Text that a rule accepts or refuses."""

    rule: ClassVar[Any]
    sentence: ClassVar[Any]

    def tidy(self, value: str) -> str:
        value = super().tidy(value)
        if not value:
            return ""
        try:
            return str(self.rule(value))
        except ValueError as error:
            raise Refused(self.sentence, getattr(error, "code", "invalid")) from error


class Email(_Checked):
    key, label, widget = "email", _("メールアドレス"), "email"
    rule = staticmethod(identifiers.clean_email)
    sentence = _("メールアドレスの形になっていません。例: taro@example.co.jp")


class Phone(_Checked):
    """A phone number, formatted as Japanese readers expect it: 03-1234-5678."""

    key, label, widget = "phone", _("電話番号"), "tel"
    rule = staticmethod(phone.format_number)
    sentence = _("電話番号として読めません。市外局番から入力してください。例: 03-1234-5678")


class Url(_Checked):
    key, label, widget = "url", _("Webサイト"), "url"
    rule = staticmethod(identifiers.clean_url)
    sentence = _("URLの形になっていません。例: https://www.example.co.jp")


class CorporateNumber(_Checked):
    key, label = "corporate_number", _("法人番号")
    rule = staticmethod(identifiers.clean_corporate_number)
    sentence = _("法人番号は13桁の数字です。検査数字が合いません。書類と見比べてください。")


class InvoiceNumber(_Checked):
    key, label = "invoice_number", _("インボイス登録番号")
    rule = staticmethod(identifiers.clean_invoice_number)
    sentence = _("登録番号はTと13桁の数字です。検査数字が合いません。書類と見比べてください。")


class PostalCode(_Checked):
    key, label, widget = "postal_code", _("郵便番号"), "postal"
    rule = staticmethod(identifiers.clean_postal_code)
    sentence = _("郵便番号は7桁の数字です。例: 460-0001")
