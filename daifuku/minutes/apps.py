"""Minutes: what is registered when the program starts."""

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "daifuku.minutes"
    label = "minutes"
    verbose_name = "議事録"

    def ready(self) -> None:
        from daifuku.activities.objects.talk import TALK
        from daifuku.customers.demo import CHAPTERS
        from daifuku.minutes import demo, events, keeping, menu, panels, sheet
        from daifuku.minutes.erasing import forget_lines
        from daifuku.records.actions import erasing

        TALK.checks.append(keeping.slots_are_filled)
        TALK.after_save.append(keeping.recognise)
        CHAPTERS.update(minutes=demo.minutes)
        if forget_lines not in erasing.also_erase:
            erasing.also_erase.insert(0, forget_lines)
        events.register()
        panels.register()
        menu.register()
        sheet.register_sections()
