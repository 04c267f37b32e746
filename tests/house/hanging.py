"""Every column that leads to a record, with what becomes of it when the record goes into another one.

M: its rows move along. S: they stay where they are. A column without a line here fails the test: decide, say it with
`records.hanging.say` where it is not simply M, and add it.
"""

M, S = "moves", "stays"
LINKS = {
    "activities.Plan.account": M, "activities.Plan.contact": M, "activities.Plan.lead": M,
    "activities.Talk.account": M, "activities.Talk.contact": M, "activities.Talk.lead": M,
    "activities.Task.account": M, "activities.Task.contact": M, "activities.Task.lead": M,
    "billing.ClosingResult.account": S,  # what became of him in that run
    "billing.CreditLimit.account": M, "billing.Invoice.account": M, "billing.Invoice.contact": M,
    "billing.PayerName.account": M, "billing.Payment.account": M,
    "catalog.Price.account": M, "catalog.Product.supplier": M,
    "conversion.Conversion.account": S, "conversion.Conversion.contact": S,  # what was made of a lead
    "conversion.Conversion.lead": M, "conversion.Result.lead": S, "customers.Lead.earlier": M,
    "customers.Account.parent": M, "customers.Affiliation.account": M, "customers.Affiliation.contact": M,
    "customers.Contact.account": M, "customers.Relation.source": M, "customers.Relation.target": M,
    "deals.Deal.account": M, "deals.Deal.contact": M, "deals.Deal.lead": M, "deals.DealPerson.contact": M,
    "distribution.Decision.lead": M, "milestones.Milestone.account": M,
    "orders.Delivery.account": M, "orders.Order.account": M, "orders.Order.contact": M,
    "orders.OrderLine.account": M, "orders.Purchase.account": M, "passing.Handing.lead": M,
    "quotes.Quote.account": M, "quotes.Quote.contact": M,
    "voices.Voice.account": M, "voices.Voice.contact": M, "voices.Voice.lead": M,
}  # fmt: skip
# Rows that hang on records of any kind.
ON_ANY = {
    "cards.Card.record_id": M,
    "daifuku_messages.Notice.record_id": M, "daifuku_messages.Watch.record_id": M, "daily.Shared.subject_id": M,
    "documents.Sealed.record_id": S,  # a sealed copy does not change, and is of a paper
    "duties.Duty.subject_id": M, "handover.Item.record_id": M,
    "ledger.ReadMark.record_id": S,  # who looked at what, then
    "ledger.Subject.record_id": S,  # lines do not change; `hanging.telling` points to them
    "records.Absorbed.record_id": S, "records.Attachment.record_id": M, "records.Comment.record_id": M,
    "records.DuplicateKey.record_id": S, "records.SearchRow.record_id": S,  # made anew
    "records.Mark.record_id": M, "records.Share.record_id": M, "records.Tagging.record_id": M,
    "transfers.ImportedNote.record_id": M,
}  # fmt: skip
# Numbers that may be the key of a record though no constraint says so, and what becomes of them.
NUMBERS = {
    "cards.Card.former_id": "cards.following",
    "dedupe.Apart.first_id": "merging.specials", "dedupe.Apart.second_id": "merging.specials",
    "dedupe.Pair.first_id": "found anew by the next scan", "dedupe.Pair.second_id": "found anew by the next scan",
    "customers.Separation.first_id": "merging.specials", "customers.Separation.second_id": "merging.specials",
    "daifuku_messages.Notice.customer": "merging.specials",
    "documents.Sealed.partner_id": "stays as it was printed; accounting asks for all that went into an account",
    "duties.Rhythm.account_id": "merging.specials",
    "ledger.Cursor.event_id": "a line", "ledger.Seal.event_id": "a line",
    "merging.Merge.survivor_id": "what the merge has kept", "merging.SameParty.first_id": "merging.specials",
    "merging.SameParty.second_id": "merging.specials",
    "forecast.Booked.record_id": "a deal, an order, an invoice or a payment", "ledger.ReadMark.person_id": "a person",
    "records.Absorbed.into_id": "the chain of merges", "transfers.ImportedNote.comment_id": "a comment",
}  # fmt: skip
