"""Documents: what is registered when the program starts."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "daifuku.documents"
    label = "documents"
    verbose_name = "書類"

    def ready(self) -> None:
        from daifuku.documents import events, menu, sealing
        from daifuku.documents.line_inputs import CostsInput, LinesInput
        from daifuku.records.files import sweeping
        from daifuku.records.forms.widgets import WIDGETS

        if sealing.names_file not in sweeping.also_named:
            sweeping.also_named.append(sealing.names_file)
        WIDGETS.update(lines=LinesInput, costs=CostsInput)
        events.register()
        menu.register()
