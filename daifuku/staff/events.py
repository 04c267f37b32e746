"""What can happen with people of the firm."""

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds


def register() -> None:
    register_kinds(
        Kind("company.founded", _("会社の登録"), _("{actor}が{subject}の利用を始めました"), icon="company"),
        Kind("company.edited", _("会社情報の変更"), _("{actor}が会社情報を変更しました"), icon="company"),
        Kind("person.invited", _("招待"), _("{actor}が{subject}を招待しました"), icon="person"),
        Kind("person.joined", _("参加"), _("{subject}が参加しました"), icon="person"),
        Kind(
            "person.edited", _("社員情報の変更"), _("{actor}が{subject}の情報を変更しました"), icon="person"
        ),
        Kind("person.left", _("退職"), _("{actor}が{subject}を退職にしました"), icon="person"),
        Kind("person.returned", _("復帰"), _("{actor}が{subject}を復帰させました"), icon="person"),
        Kind("person.signed_in", _("ログイン"), _("{actor}がログインしました"), icon="key", quiet=True),
        Kind(
            "person.sign_in_failed",
            _("ログイン失敗"),
            _("ログインに失敗しました"),
            icon="key",
            quiet=True,
        ),
        Kind("person.signed_out", _("ログアウト"), _("{actor}がログアウトしました"), icon="key", quiet=True),
        Kind(
            "device.signed_out",
            _("端末のログアウト"),
            _("{actor}が端末をログアウトさせました"),
            icon="key",
        ),
        Kind("role.edited", _("役割の変更"), _("{actor}が役割を変更しました"), icon="key"),
        Kind("team.edited", _("チームの変更"), _("{actor}がチームを変更しました"), icon="people"),
    )
