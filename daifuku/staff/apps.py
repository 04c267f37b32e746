"""The people of the firm: what is registered when the program starts."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "daifuku.staff"
    label = "staff"
    verbose_name = "社員"

    def ready(self) -> None:
        from daifuku.staff import asked_always, entries, events, second_factor
        from daifuku.staff.viewer import ROLES

        asked_always.add(lambda person: [ROLES.told(person)])
        asked_always.add(lambda person: [second_factor.REQUIRING.told()], of_pages=True)
        events.register()
        entries.add_to_menu()
