"""The API put into the house: its ledger lines, its housekeeping, its entry in the menu."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "daifuku.api"
    label = "api"
    verbose_name = "API"

    def ready(self) -> None:
        from datetime import timedelta

        from django.utils.translation import gettext_lazy as _

        from daifuku.api import actions, events, once
        from daifuku.foundation.menu import Entry, add
        from daifuku.jobs import schedule
        from daifuku.staff import credentials

        events.register()
        credentials.revoked_by(actions.revoke_tokens_of)
        schedule.register(
            "api.forget_old_answers",
            every=timedelta(hours=1),
            run=once.forget_old_answers,
            wanted=once.has_old_answers,
        )
        add(
            Entry(
                "account", _("APIトークン"), "api:tokens", "key", 70,
                help=_("他のプログラムから大福帳を使うための鍵"),
            )
        )  # fmt: skip
