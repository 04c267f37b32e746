from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "daifuku.transfers"
    label = "transfers"
    verbose_name = "取込・書出"

    def ready(self) -> None:
        from daifuku.transfers import jobs

        jobs.register()
