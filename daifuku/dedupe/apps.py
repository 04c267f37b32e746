"""Dedupe: what is registered when the program starts."""

from datetime import time, timedelta

from django.apps import AppConfig


class DedupeConfig(AppConfig):
    name = "daifuku.dedupe"
    label = "dedupe"
    verbose_name = "名寄せ"

    def ready(self) -> None:
        from daifuku.customers import same
        from daifuku.customers.demo import CHAPTERS
        from daifuku.dedupe import demo, events, forgetting, keying, lookup, menu
        from daifuku.dedupe.actions import bringing, learning, scanning
        from daifuku.dedupe.actions import keying as older
        from daifuku.jobs import handlers, schedule
        from daifuku.records.actions.erasing import also_erase

        keying.add_keys()
        same.judged_by(lookup.judge, lookup.ahead)
        events.register()
        menu.register()
        CHAPTERS.update(doubles=demo.doubles)
        if forgetting.forget_pairs not in also_erase:
            also_erase.append(forgetting.forget_pairs)
        handlers.register(scanning.JOB, scanning.run, cancellable=True)
        handlers.register(bringing.JOB, bringing.run, template="dedupe/parts/brought.html", cancellable=True)
        schedule.register(
            "dedupe.learn", every=timedelta(days=1), at=time(3, 40), run=learning.learn_all,
            wanted=learning.anything_new,
        )  # fmt: skip
        schedule.register(
            "dedupe.scan", every=timedelta(days=1), at=time(2, 40), run=scanning.begin_by_itself,
            wanted=scanning.is_due,
        )  # fmt: skip
        schedule.register("dedupe.keys", every=timedelta(seconds=30), run=older.key_on, wanted=older.missing)
