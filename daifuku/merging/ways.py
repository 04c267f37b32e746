"""What the rooms below keep about customers, place by place: what goes along as it is needs no line here, but the house
asks that somebody has thought of every place (`tests/house/hanging.py`)."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.records.hanging import STAYS, Special, Way, say, say_afterwards, say_special
from daifuku.records.hanging.ways import DROP, EMPTY, STAY

POSTS = ("contact", "account", "department", "title", "ending")


def register() -> None:
    """Issued papers and what was decided once stay as they were printed and decided. What was made of a lead is told of
    the very record that was made: taking that back must not reach the one into which it went."""
    from daifuku.merging import specials

    say(
        {
            "customers.Affiliation.account": Way(alike=POSTS, alike_only=Q(main=False), label=_("所属")),
            "customers.Affiliation.contact": Way(
                clash=EMPTY, emptied={"main": False}, alike=POSTS, alike_only=Q(main=False), label=_("所属")
            ),
            "customers.Relation.source": Way(clash=DROP, ends=("source", "target"), label=_("関係先")),
            "customers.Relation.target": Way(clash=DROP, ends=("source", "target"), label=_("関係先")),
            "deals.DealPerson.contact": Way(clash=DROP, label=_("商談の関係者")),
            "billing.CreditLimit.account": Way(clash=DROP, label=_("与信限度額")),
            "billing.PayerName.account": Way(label=_("振込名義")),
            "billing.Invoice.account": Way(clash=EMPTY, emptied={"closing_run_id": None}),
            "billing.ClosingResult.account": STAYS,
            "conversion.Conversion.lead": Way(clash=STAY),
            "conversion.Conversion.account": STAYS,
            "conversion.Conversion.contact": STAYS,
            "conversion.Result.lead": STAYS,
            "distribution.Decision.lead": Way(label=_("振り分けの記録")),
            "documents.Sealed.record_id": STAYS,
            "daifuku_messages.Watch.record_id": Way(clash=DROP, label=_("お客様まるごとのフォロー")),
            "daifuku_messages.Notice.record_id": Way(),
            "daily.Shared.subject_id": Way(label=_("全員への共有")),
            "duties.Duty.subject_id": Way(gone=Q(kind="rule", state="open"), label=_("入力の約束")),
            "handover.Item.record_id": Way(clash=STAY, label=_("引き継ぎ")),
            "transfers.ImportedNote.record_id": Way(clash=STAY),
        }
    )
    say_special(
        Special("series", specials.move_series),
        Special("separations", specials.move_separations),
        Special("notice_customers", specials.move_notice_customers),
        Special("same_parties", specials.move_same_parties),
        Special("apart", specials.move_apart),
    )
    say_afterwards("rhythm", specials.learn_rhythm)
