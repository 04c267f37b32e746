"""Where the pages about people and about oneself are found."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.foundation import menu
from daifuku.foundation.menu import Entry


def add_to_menu() -> None:
    people, account = "settings.people", "account"
    menu.add(
        Entry(people, _("社員"), "staff:people", "people", 10, "staff", help=_("社員の情報、役割、不在、退職")),
        Entry(people, _("招待"), "staff:invitations", "user-plus", 20, "staff", help=_("新しい人をリンクで招待")),
        Entry(
            people, pgettext_lazy("many", "チーム"), "staff:teams", "tree", 30, "staff",
            help=_("部・課・支店の階層と責任者"),
        ),
        Entry(people, _("役割"), "staff:roles", "key", 40, "staff", help=_("誰が何をどこまでできるか")),
        Entry(
            "settings.system", _("会社情報"), "staff:company", "company", 10, "settings",
            help=_("会社名、住所、会計年度、二段階認証"),
        ),
        Entry(account, _("プロフィール"), "staff:profile", "person", 10, help=_("名前、カナ、役職、電話番号")),
        Entry(account, _("言語と表示"), "staff:appearance", "sun", 20, help=_("表示言語、配色、行間")),
        Entry(account, _("不在と代理"), "staff:own_absence", "calendar", 30, help=_("休みの間の代理")),
        Entry(account, _("パスワード"), "account_change_password", "lock", 40, help=_("パスワードの変更")),
        Entry(account, _("二段階認証"), "mfa_index", "shield-check", 50, help=_("認証アプリ、パスキー、回復コード")),
        Entry(account, _("ログイン中の端末"), "staff:devices", "device", 60, help=_("端末の一覧と遠隔ログアウト")),
    )  # fmt: skip
