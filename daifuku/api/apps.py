from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "daifuku.api"
    label = "api"
    verbose_name = "API"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from daifuku.api import actions, events
        from daifuku.foundation.menu import Entry, add
        from daifuku.ledger.subscribing import subscribe

        events.register()
        subscribe("api.tokens_of_who_left", ["person.left"], actions.revoke_of_who_left)
        add(
            Entry(
                "account", _("APIトークン"), "api:tokens", "key", 70,
                help=_("他のプログラムから大福帳を使うための鍵"),
            )
        )  # fmt: skip
