"""Voices: what is registered when the program starts."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "daifuku.voices"
    label = "voices"
    verbose_name = "お客様の声"

    def ready(self) -> None:
        from datetime import time, timedelta

        from daifuku.activities import today
        from daifuku.customers.demo import CHAPTERS
        from daifuku.customers.objects.account import ACCOUNT
        from daifuku.customers.objects.lead import LEAD
        from daifuku.customers.openness import follow_customer
        from daifuku.jobs import schedule
        from daifuku.records.actions import erasing
        from daifuku.records.catalogue import registry
        from daifuku.voices import alarm, demo, events, finding, happenings, menu, panels, sheet
        from daifuku.voices.actions.erasing import forget_voices, say
        from daifuku.voices.models import Voice
        from daifuku.voices.objects.openness import keep_as_open, open_again
        from daifuku.voices.objects.voice import VOICE

        registry.register(VOICE)
        CHAPTERS.update(voices=demo.voices)
        VOICE.after_save.append(keep_as_open)
        ACCOUNT.after_save.append(follow_customer("account", [Voice], then=open_again))
        LEAD.after_save.append(follow_customer("lead", [Voice], then=open_again))
        if forget_voices not in erasing.also_erase:
            erasing.also_erase.append(forget_voices)
            erasing.say_before.append(say)
        schedule.register(
            "voices.alarm", every=timedelta(days=1), at=time(7, 5), run=alarm.tell_of_unanswered,
            wanted=alarm.wanted,
        )  # fmt: skip
        today.parts.append(("voices/parts/today.html", finding.for_today))
        sheet.register_sections()
        events.register()
        happenings.register_happenings()
        panels.register()
        menu.register()
