"""Duties: what is registered when the program starts."""

from datetime import time, timedelta

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "daifuku.duties"
    label = "duties"
    verbose_name = "入力の約束"

    def ready(self) -> None:
        from daifuku.activities.objects.plan import PLAN
        from daifuku.activities.objects.talk import TALK
        from daifuku.customers.demo import CHAPTERS
        from daifuku.duties import demo, erasing, events, menu, morning, own_kinds, subscribers
        from daifuku.duties.sources import following, plans, sweeping
        from daifuku.jobs import handlers, schedule
        from daifuku.records.actions.erasing import also_erase

        CHAPTERS.update(duties=demo.duties)
        events.register()
        menu.register()
        subscribers.subscribe()
        own_kinds.register_own()
        PLAN.after_save.append(plans.follow_plans)
        TALK.after_save.append(following.follow_talks)
        if erasing.forget_reasons not in also_erase:
            also_erase.append(erasing.forget_reasons)
        handlers.register(morning.JOB, morning.run, template="duties/parts/morning.html")
        schedule.register(
            "duties.sweep", every=timedelta(minutes=1), run=sweeping.sweep, wanted=sweeping.wanted
        )
        schedule.register("duties.morning", every=timedelta(days=1), at=time(6, 0), run=morning.begin)
