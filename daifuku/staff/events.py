"""What can happen with people of the firm."""

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds


def register() -> None:
    _register_people()
    _register_sign_in()
    _register_structure()


def _register_people() -> None:
    from daifuku.staff.actions import leaving, people

    address = frozenset({"email"})
    register_kinds(
        Kind("person.invited", _("招待"), _("{actor}が新しい人を招待しました"), "person", personal=address),
        Kind(
            "person.invitation_revoked", _("招待の取り消し"), _("{actor}が招待を取り消しました"), "person",
            personal=address,
        ),
        Kind("person.joined", _("参加"), _("{subject}が参加しました"), "person"),
        Kind(
            "person.edited", _("社員情報の変更"), _("{actor}が{subject}の情報を変更しました"), "person",
            undo=people.undo_edit,
        ),
        Kind(
            "person.left", _("退職"), _("{actor}が{subject}を退職にしました"), "person",
            undo=leaving.undo_left,
        ),
        Kind("person.returned", _("復帰"), _("{actor}が{subject}を復帰させました"), "person"),
    )  # fmt: skip


def _register_sign_in() -> None:
    register_kinds(
        Kind("person.signed_in", _("ログイン"), _("{actor}がログインしました"), "key", quiet=True),
        Kind("person.sign_in_failed", _("ログイン失敗"), _("ログインに失敗しました"), "key", quiet=True),
        Kind("person.signed_out", _("ログアウト"), _("{actor}がログアウトしました"), "key", quiet=True),
        Kind(
            "person.password_changed", _("パスワードの変更"), _("{subject}のパスワードが変更されました"), "key"
        ),
        Kind(
            "person.second_factor_changed", _("二段階認証の変更"),
            _("{actor}が二段階認証の設定を変更しました"), "key",
        ),
        Kind(
            "person.second_factor_reset", _("二段階認証の解除"),
            _("{actor}が{subject}の二段階認証を解除しました"), "key",
        ),
        Kind(
            "person.reset_requested", _("パスワード再設定の申し込み"),
            _("パスワード再設定の申し込みがありました"), "key", quiet=True,
        ),
        Kind(
            "person.link_given", _("パスワード再設定リンクの発行"),
            _("{actor}が{subject}のパスワード再設定リンクを発行しました"), "key",
        ),
        Kind(
            "device.signed_out", _("端末のログアウト"),
            _("{actor}が{subject}の端末をログアウトさせました"), "key",
        ),
    )  # fmt: skip


def _register_structure() -> None:
    from daifuku.staff.actions import company, roles, teams

    register_kinds(
        Kind("company.founded", _("会社の登録"), _("{actor}が{subject}の利用を始めました"), "company"),
        Kind(
            "company.edited", _("会社情報の変更"), _("{actor}が会社情報を変更しました"), "company",
            undo=company.undo_edit,
        ),
        Kind("role.edited", _("役割の変更"), _("{actor}が役割を変更しました"), "key", undo=roles.undo_edit),
        Kind("team.edited", _("チームの変更"), _("{actor}がチームを変更しました"), "people", undo=teams.undo_edit),
    )  # fmt: skip
