"""Distribution: what is registered when the program starts."""

from datetime import timedelta

from django.apps import AppConfig


class DistributionConfig(AppConfig):
    name = "daifuku.distribution"
    label = "distribution"
    verbose_name = "リードの振り分け"

    def ready(self) -> None:
        from daifuku.activities.objects.talk import TALK
        from daifuku.customers.demo import CHAPTERS
        from daifuku.customers.objects.lead import LEAD
        from daifuku.distribution import demo, events, panel, sweeping, telling
        from daifuku.distribution.actions import running
        from daifuku.distribution.actions.distributing import follow_owners, follow_talks
        from daifuku.jobs import handlers, schedule
        from daifuku.records import bulk

        CHAPTERS.update(distribution=demo.distribution)
        events.register()
        panel.register()
        telling.subscribe()
        LEAD.after_save.append(follow_owners)
        TALK.after_save.append(follow_talks)
        handlers.register(running.JOB, running.run, bulk.undo_address, cancellable=True)
        schedule.register(
            "distribution.new",
            every=timedelta(seconds=5),
            run=sweeping.take_new,
            wanted=sweeping.anything_new,
        )
        schedule.register(
            "distribution.hours", every=timedelta(minutes=5), run=sweeping.look_after,
            wanted=sweeping.anything_open,
        )  # fmt: skip
