from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "daifuku.records"
    label = "records"
    verbose_name = "記録"

    def ready(self) -> None:
        from daifuku.records import events

        events.register()
