"""The page that puts this machine's own certificate authority on phones, for `daifuku up --own-ca`."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def own_ca(request: HttpRequest) -> HttpResponse:
    fingerprint = _authority().fingerprint(hashes.SHA256()).hex(" ").upper()
    return render(request, "web/own_ca.html", {"fingerprint": fingerprint})


@require_safe
def own_ca_file(request: HttpRequest) -> HttpResponse:
    """DER with this type: iPhone and Android both offer to install it."""
    return HttpResponse(
        _authority().public_bytes(Encoding.DER),
        content_type="application/x-x509-ca-cert",
        headers={"Content-Disposition": 'attachment; filename="own-ca.crt"'},
    )


def _authority() -> x509.Certificate:
    """Only the certificate, which is public; the key beside it is never read here."""
    path = Path(settings.HOME) / "tls" / "ca.crt"
    if not path.exists():
        raise Http404
    return x509.load_pem_x509_certificate(path.read_bytes())
