"""Merging: what is registered when the program starts."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "daifuku.merging"
    label = "merging"
    verbose_name = "統合"

    def ready(self) -> None:
        from datetime import timedelta

        from daifuku.customers.demo import CHAPTERS
        from daifuku.jobs import schedule
        from daifuku.merging import bound, demo, erasing, events, panels, strays, ways
        from daifuku.merging.asking import KINDS
        from daifuku.merging.views import from_list
        from daifuku.records.actions.erasing import also_erase
        from daifuku.records.catalogue import registry

        ways.register()
        events.register()
        for key in KINDS:
            object_type = registry.get(key)
            if bound.merged_away not in object_type.bound_back:
                object_type.bound_back.append(bound.merged_away)
        if erasing.forget_merged not in also_erase:
            also_erase.append(erasing.forget_merged)
        schedule.register(
            "merging.strays", every=timedelta(minutes=5), run=strays.gather, wanted=strays.wanted
        )
        CHAPTERS.update(merging=demo.merges)
        panels.register()
        from_list.offer()
