"""引継書 on paper: a PDF with a page or more for each customer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.documents import pdf
from daifuku.handover.models import Handover, Item
from daifuku.handover.notice import Letter
from daifuku.handover.sheets import sheets_of
from daifuku.ledger import writing as ledger
from daifuku.staff.models import Company, Person
from daifuku.staff.viewer import Viewer

TEMPLATE, LETTERS = "handover/pdf/sheets.html", "handover/pdf/letters.html"


def draw(handover: Handover, items: Iterable[Item], viewer: Viewer, today: date) -> tuple[bytes, int]:
    """The PDF and how many customers are in it: only those that the viewer may see. Raises Unavailable."""
    sheets = sheets_of(items, viewer, today)
    page = {
        "handover": handover, "sheets": sheets, "today": today, "company": Company.objects.first(),
        "by": viewer.person,
    }  # fmt: skip
    return pdf.render(TEMPLATE, page), len(sheets)


def draw_letters(handover: Handover, letters: Iterable[Letter]) -> bytes:
    """One a page."""
    return pdf.render(LETTERS, {"handover": handover, "letters": letters, "today": timezone.localdate()})


def say_taken(handover: Handover, sheets: int, *, by: Person) -> None:
    """A line says who took how many sheets out, before he has them."""
    with ledger.writing():
        data = {"handover": str(handover.uid), "sheets": sheets}
        about = [ledger.About("person", handover.giver_id)]
        ledger.record("handover.printed", by=by, about=about, data=data)


def file_name(handover: Handover, ending: str = "pdf") -> str:
    """引継書_千種実_20261127.pdf"""
    giver = f"{handover.giver.family_name}{handover.giver.given_name}"
    name = _("引継書_%(giver)s_%(day)s") % {"giver": giver, "day": f"{timezone.localdate():%Y%m%d}"}
    return f"{name}.{ending}"
