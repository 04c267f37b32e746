"""The API put into the house: its ledger lines, its entry in the menu."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "daifuku.api"
    label = "api"
    verbose_name = "API"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from daifuku.api import actions, events, panels
        from daifuku.foundation.menu import Entry, add
        from daifuku.staff import credentials
        from daifuku.staff import panels as pages_of_people

        events.register()
        credentials.revoked_by(actions.revoke_tokens_of)
        pages_of_people.add(
            pages_of_people.PersonPanel("tokens", "api/parts/person_tokens.html", panels.tokens)
        )
        add(
            Entry(
                "account", _("APIトークン"), "api:tokens", "key", 70,
                help=_("他のプログラムから大福帳を使うための鍵"),
            )
        )  # fmt: skip
