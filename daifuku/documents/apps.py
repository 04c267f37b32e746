"""Documents: what is registered when the program starts."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "daifuku.documents"
    label = "documents"
    verbose_name = "書類"

    def ready(self) -> None:
        """Nothing yet."""
