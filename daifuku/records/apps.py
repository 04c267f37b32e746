"""Records come to life: their kinds of lines, the jobs that work on them, what hangs on every one of them."""

from datetime import time, timedelta

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "daifuku.records"
    label = "records"
    verbose_name = "記録"

    def ready(self) -> None:
        from daifuku.jobs import handlers, schedule
        from daifuku.records import (
            bulk,
            events,
            events_companions,
            governing,
            hanging,
            index_upkeep,
            indexing,
            panels,
            standard_indexes,
        )
        from daifuku.records.actions import erasing, marking, replacing, retyping, tagging
        from daifuku.records.files import previews
        from daifuku.records.formulas import recomputing
        from daifuku.records.models.custom_field import NUMBER
        from daifuku.records.requests import events as request_events
        from daifuku.records.requests import menu as request_menu
        from daifuku.records.requests import usage
        from daifuku.staff import asked_always

        for each in (events, events_companions, governing, request_events, request_menu, hanging.own):
            each.register()
        handlers.register("records.preview", previews.run)
        handlers.register(indexing.JOB, indexing.run)
        handlers.register(standard_indexes.JOB, standard_indexes.run)
        handlers.register("records.compute", recomputing.run)
        handlers.register(usage.COUNTING, usage.run)
        handlers.register("records.forget", erasing.run_forgetting)
        handlers.register("records.retype", retyping.run, bulk.undo_address)
        handlers.register("records.replace_choice", replacing.run, bulk.undo_address)
        for kind in bulk.JOBS:
            handlers.register(
                kind, bulk.run, bulk.undo_address, template="records/bulk_result.html", cancellable=True
            )
        handlers.register("records.undo", bulk.run_undo, template="records/bulk_result.html")
        schedule.register(
            "records.looks_clean", every=timedelta(days=1), at=time(3, 45), run=marking.forget_old_looks
        )
        schedule.register(
            "records.tags_publish", every=timedelta(days=1), at=time(3, 50), run=tagging.publish_tags
        )
        schedule.register(
            usage.COUNTING, every=timedelta(days=1), at=time(3, 20), run=usage.count_at_night,
            wanted=usage.anything_to_count,
        )  # fmt: skip
        schedule.register(
            "records.compute", every=timedelta(days=1), at=time(0, 5), run=recomputing.wake_restless,
            wanted=recomputing.anybody_restless,
        )  # fmt: skip
        schedule.register(
            "records.indexes", every=timedelta(minutes=10), run=index_upkeep.mend,
            wanted=index_upkeep.anything_broken,
        )  # fmt: skip
        panels.register()
        asked_always.add(lambda person: [NUMBER.told()])
