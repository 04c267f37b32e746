"""Customers: what is registered when the program starts."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "daifuku.customers"
    label = "customers"
    verbose_name = "顧客"

    def ready(self) -> None:
        from daifuku.customers import events, happenings, menu, panels
        from daifuku.customers.actions.forgetting import forget_posts
        from daifuku.customers.actions.main_post import keep_main_post
        from daifuku.customers.objects.account import ACCOUNT
        from daifuku.customers.objects.checks import forget_decided
        from daifuku.customers.objects.contact import CONTACT
        from daifuku.customers.objects.lead import LEAD
        from daifuku.customers.sheet import about
        from daifuku.customers.tree import parents_of
        from daifuku.records.actions.erasing import also_erase
        from daifuku.records.actions.members import keep_members
        from daifuku.records.catalogue import registry

        for object_type in (ACCOUNT, CONTACT, LEAD):
            registry.register(object_type)
        ACCOUNT.way = parents_of
        ACCOUNT.after_save.append(forget_decided)
        CONTACT.after_save.append(keep_main_post)
        for with_members in (ACCOUNT, LEAD):
            with_members.after_save.append(keep_members)
        if forget_posts not in also_erase:
            also_erase.append(forget_posts)
        events.register()
        happenings.register_happenings()
        panels.register()
        about.register_sections()
        menu.register()
