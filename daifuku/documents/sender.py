"""What every paper says of the firm that issues it; the template is `documents/pdf/issuer.html`."""

from __future__ import annotations

from typing import Any

from daifuku.documents.models import Issuer
from daifuku.staff.models import Company


def said(company: Company, of: Issuer) -> dict[str, Any]:
    return {
        "name": company.name, "postal_code": company.postal_code, "address": company.address,
        "phone": company.phone, "invoice_number": company.invoice_number, "head": of.head, "fax": of.fax,
        "email": of.email, "web": of.web,
    }  # fmt: skip
