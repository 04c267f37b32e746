"""Passing: what is registered when the program starts."""

from datetime import timedelta

from django.apps import AppConfig


class PassingConfig(AppConfig):
    name = "daifuku.passing"
    label = "passing"
    verbose_name = "営業への引き渡し"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from daifuku.customers.demo import CHAPTERS
        from daifuku.customers.objects.lead import LEAD
        from daifuku.jobs import schedule
        from daifuku.passing import demo, events, following, panel, sweeping, telling
        from daifuku.records import hanging
        from daifuku.records.actions import erasing
        from daifuku.records.hanging import Way
        from daifuku.records.hanging.ways import EMPTY

        # Of two that wait one goes on waiting.
        one = Way(clash=EMPTY, emptied={"state": "withdrawn"}, label=_("営業への引き渡し"))
        hanging.say({"passing.Handing.lead": one})
        CHAPTERS.update(passing=demo.passing)
        events.register()
        panel.register()
        telling.subscribe()
        LEAD.after_save += [following.follow_owners, following.follow_beginnings]
        if following.forget_words not in erasing.also_erase:
            erasing.also_erase.append(following.forget_words)
        schedule.register(
            "passing.ready",
            every=timedelta(minutes=1),
            run=sweeping.pass_ready,
            wanted=sweeping.anything_ready,
        )
        schedule.register(
            "passing.late",
            every=timedelta(minutes=5),
            run=sweeping.escalate,
            wanted=sweeping.anything_waiting,
        )
