"""Import and export: files that come in, lists that go out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransfersConfig(AppConfig):
    name = "daifuku.transfers"
    label = "transfers"
    verbose_name = "取込・書出"

    def ready(self) -> None:
        from daifuku.foundation.menu import Entry, add
        from daifuku.records import undoing
        from daifuku.records.actions.erasing import look_first
        from daifuku.records.files.sweeping import also_named
        from daifuku.transfers import forgetting, jobs
        from daifuku.transfers.actions import taking_back
        from daifuku.transfers.notes import evernote

        jobs.register()
        evernote.register()
        look_first.append(forgetting.look_through)
        also_named.append(forgetting.named)
        undoing.beside.append(undoing.Beside(taking_back.undone_elsewhere, taking_back.count_elsewhere))
        add(
            Entry(
                "settings.records", _("取り込み"), "transfers:imports", icon="import", order=60, power="import",
                help=_("ExcelやCSVから、まとめて登録・更新します"),
            ),
            Entry("new", _("ファイルから取り込む"), "transfers:new", icon="import", order=90, power="import"),
        )  # fmt: skip
