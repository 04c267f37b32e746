"""Invoices with what they bill, and the runs that close a month."""

from daifuku.billing.models.closing_run import ClosingResult, ClosingRun
from daifuku.billing.models.invoice import Invoice
from daifuku.billing.models.invoice_line import InvoiceLine
from daifuku.billing.models.invoice_link import InvoiceLink
from daifuku.billing.models.invoice_paper import InvoicePaper

__all__ = ["ClosingResult", "ClosingRun", "Invoice", "InvoiceLine", "InvoiceLink", "InvoicePaper"]
