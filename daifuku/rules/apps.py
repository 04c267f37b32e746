"""Rules: what is registered when the program starts."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "daifuku.rules"
    label = "rules"
    verbose_name = "運用ルール"

    def ready(self) -> None:
        from daifuku.customers.demo import CHAPTERS
        from daifuku.phone import asked
        from daifuku.records.catalogue import gates
        from daifuku.rules import announcing, demo, events, gate, kinds, lacking, menu, on_phone, owing
        from daifuku.rules.actions.installing import begin
        from daifuku.staff.actions import founding

        gates.checks.append(gate.check)
        gates.after_save.append(owing.follow)
        gates.hints.append(gate.hints)
        asked.sources.append(on_phone.rules_for)
        founding.begin_with.append(begin)
        CHAPTERS.update(rules=demo.rules)
        announcing.subscribe()
        events.register()
        kinds.register_kind()
        lacking.register()
        menu.register()
