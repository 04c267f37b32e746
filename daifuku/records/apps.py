from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "daifuku.records"
    label = "records"
    verbose_name = "記録"
