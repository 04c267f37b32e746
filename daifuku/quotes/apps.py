"""Quotes: what is registered when the program starts."""

from django.apps import AppConfig


class QuotesConfig(AppConfig):
    name = "daifuku.quotes"
    label = "quotes"
    verbose_name = "見積"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from daifuku.catalog.openness import AS_OPEN, keep_as_open
        from daifuku.customers.demo import CHAPTERS
        from daifuku.deals.actions import following
        from daifuku.documents.kinds import PaperKind
        from daifuku.documents.kinds import register as register_paper
        from daifuku.quotes import demo, events, happenings, menu, of_deals, panels
        from daifuku.quotes.actions.issuing import stays
        from daifuku.quotes.erasing import forget_answers, say
        from daifuku.quotes.models import Quote
        from daifuku.quotes.objects.quote import QUOTE
        from daifuku.records.actions import erasing
        from daifuku.records.catalogue import registry
        from daifuku.staff.shipped import FIELD_RULES

        registry.register(QUOTE)
        QUOTE.after_save += [keep_as_open, of_deals.after_save]
        following.standing.append(of_deals.stand)
        QUOTE.bound.append(stays)
        AS_OPEN.append(Quote)
        shown = ("title", "account", "contact", "lines", "note", "payment", "total")
        register_paper(PaperKind("quote", _("見積書"), "Q{YYYY}-{NNNN}", "quote", 10, shown))
        for role in ("reader", "marketer"):
            FIELD_RULES.setdefault(role, {}).setdefault("quote", {})["costs"] = "hidden"
        if forget_answers not in erasing.also_erase:
            erasing.also_erase.append(forget_answers)
            erasing.say_before.append(say)
        CHAPTERS.update(quotes=demo.quotes)
        events.register()
        happenings.register_happenings()
        panels.register()
        menu.register()
