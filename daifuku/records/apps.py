from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "daifuku.records"
    label = "records"
    verbose_name = "記録"

    def ready(self) -> None:
        from daifuku.jobs import handlers
        from daifuku.records import events, events_companions, indexing
        from daifuku.records.actions import replacing, retyping
        from daifuku.records.files import previews

        events.register()
        events_companions.register()
        handlers.register("records.preview", previews.run)
        handlers.register("records.index", indexing.run)
        handlers.register("records.retype", retyping.run)
        handlers.register("records.replace_choice", replacing.run)
