from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "daifuku.records"
    label = "records"
    verbose_name = "記録"

    def ready(self) -> None:
        from daifuku.jobs import handlers
        from daifuku.records import events, events_companions
        from daifuku.records.files import previews

        events.register()
        events_companions.register()
        handlers.register("records.preview", previews.run)
