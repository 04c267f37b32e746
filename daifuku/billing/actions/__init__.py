"""What is done with invoices: issued, from deliveries, orders or a draft; taken back; sent."""

from daifuku.billing.actions.billing import bill_deliveries, bill_order
from daifuku.billing.actions.closing import start_closing
from daifuku.billing.actions.correcting import correct
from daifuku.billing.actions.issuing import issue
from daifuku.billing.actions.sending import revoke, send

__all__ = ["bill_deliveries", "bill_order", "correct", "issue", "revoke", "send", "start_closing"]
