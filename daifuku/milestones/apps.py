"""Milestones: what is registered when the program starts."""

from django.apps import AppConfig


class MilestonesConfig(AppConfig):
    name = "daifuku.milestones"
    label = "milestones"
    verbose_name = "節目"

    def ready(self) -> None:
        from datetime import timedelta

        from daifuku.customers.demo import CHAPTERS
        from daifuku.customers.objects.account import ACCOUNT
        from daifuku.deals import openness
        from daifuku.deals.objects.deal import DEAL
        from daifuku.jobs import schedule
        from daifuku.milestones import anchors, demo, events, menu, panels, reminding
        from daifuku.milestones.objects.milestone import MILESTONE, role_options
        from daifuku.orders.objects.order import ORDER
        from daifuku.records.actions.members import keep_members
        from daifuku.records.catalogue import registry, vocabulary

        registry.register(MILESTONE)
        MILESTONE.after_save.append(keep_members)
        vocabulary.sources["milestone", "roles"] = role_options
        for object_type in (DEAL, ORDER):
            object_type.after_save += [anchors.follow_rights, anchors.follow_days]
        ACCOUNT.after_save.append(anchors.follow_accounts)
        openness.FOLLOWED.append(anchors.follow_deals)
        schedule.register(
            "milestones.remind", every=timedelta(minutes=15), run=reminding.remind_all, wanted=reminding.due
        )
        reminding.subscribe()
        events.register()
        menu.register()
        panels.register()
        CHAPTERS.update(milestones=demo.milestones)
