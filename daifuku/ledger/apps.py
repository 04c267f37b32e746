from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "daifuku.ledger"
    label = "ledger"
    verbose_name = "台帳"

    def ready(self) -> None:
        from daifuku.ledger import duties

        duties.register()
