"""Import and export: files that come in, lists that go out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransfersConfig(AppConfig):
    name = "daifuku.transfers"
    label = "transfers"
    verbose_name = "取込・書出"

    def ready(self) -> None:
        from daifuku.foundation.menu import Entry, add
        from daifuku.transfers import jobs

        jobs.register()
        add(
            Entry(
                "settings.records", _("取り込み"), "transfers:imports", icon="import", order=60, power="import",
                help=_("ExcelやCSVから、まとめて登録・更新します"),
            ),
            Entry("new", _("ファイルから取り込む"), "transfers:new", icon="import", order=90, power="import"),
        )  # fmt: skip
