"""Activities: what is registered when the program starts."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "daifuku.activities"
    label = "activities"
    verbose_name = "活動"

    def ready(self) -> None:
        from datetime import time, timedelta

        from daifuku.activities import (
            demo,
            events,
            happenings,
            menu,
            milestones,
            of_deals,
            panels,
            sheet,
            today,
        )
        from daifuku.activities.actions import forgetting, making_ahead
        from daifuku.activities.actions.feeding import close_feed_of
        from daifuku.activities.actions.repeating import keep_repeating
        from daifuku.activities.models import Plan, Talk, Task
        from daifuku.activities.objects.plan import PLAN
        from daifuku.activities.objects.talk import TALK
        from daifuku.activities.objects.task import TASK
        from daifuku.customers.demo import CHAPTERS
        from daifuku.customers.objects.account import ACCOUNT
        from daifuku.customers.objects.lead import LEAD
        from daifuku.customers.openness import follow_customer, keep_as_open
        from daifuku.deals import alone, alone_leads
        from daifuku.jobs import schedule
        from daifuku.ledger import subscribing
        from daifuku.records.actions import erasing
        from daifuku.records.catalogue import gates, registry
        from daifuku.staff import credentials

        for object_type in (TALK, PLAN, TASK):
            registry.register(object_type)
            object_type.after_save.append(keep_as_open)
        TASK.after_save.append(keep_repeating)
        ACCOUNT.after_save.append(follow_customer("account", [Talk, Plan, Task]))
        LEAD.after_save.append(follow_customer("lead", [Talk, Plan, Task]))
        CHAPTERS.update(talks=demo.talks, plans=demo.plans, tasks=demo.tasks, repeating=demo.repeating)
        schedule.register(
            "activities.series", every=timedelta(days=1), at=time(3, 20), run=making_ahead.make_all,
            wanted=making_ahead.wanted,
        )  # fmt: skip
        credentials.revoked_by(close_feed_of)
        if forgetting.forget_words not in erasing.also_erase:
            erasing.also_erase.append(forgetting.forget_words)
            erasing.say_before.append(forgetting.say)
        gates.after_save.append(of_deals.follow)
        alone.talks.append(of_deals.talks_of)
        alone_leads.contacts.append(of_deals.contacts_of)
        today.parts.append(("activities/parts/left_alone.html", of_deals.for_today))
        subscribing.subscribe(
            "activities.stage_tasks", of_deals.HEARD, of_deals.bring_tasks, of_deals.concerns
        )
        events.register()
        happenings.register_happenings()
        panels.register()
        sheet.register_sections()
        menu.register()
        milestones.register()
