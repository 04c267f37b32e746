"""Invoices with what they bill, the runs that close a month, payments with what they pay, the bank's lines."""

from daifuku.billing.models.bank import BankColumns, BankFile, BankLine, PayerName
from daifuku.billing.models.closing_run import ClosingResult, ClosingRun
from daifuku.billing.models.credit import CreditLimit
from daifuku.billing.models.invoice import Invoice
from daifuku.billing.models.invoice_line import InvoiceLine
from daifuku.billing.models.invoice_link import InvoiceLink
from daifuku.billing.models.invoice_paper import InvoicePaper
from daifuku.billing.models.payment import Payment, SetOff

__all__ = [
    "BankColumns",
    "BankFile",
    "BankLine",
    "ClosingResult",
    "ClosingRun",
    "CreditLimit",
    "Invoice",
    "InvoiceLine",
    "InvoiceLink",
    "InvoicePaper",
    "PayerName",
    "Payment",
    "SetOff",
]
