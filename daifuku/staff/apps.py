from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "daifuku.staff"
    label = "staff"
    verbose_name = "社員"

    def ready(self) -> None:
        from daifuku.staff import entries, events

        events.register()
        entries.add_to_menu()
