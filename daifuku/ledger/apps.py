from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "daifuku.ledger"
    label = "ledger"
    verbose_name = "台帳"
