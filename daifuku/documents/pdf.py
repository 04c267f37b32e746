"""HTML to PDF, with the fonts inside. A template may use the pictures that are handed over, and fetches nothing else.

Texts of people reach a template as values, which Django escapes: markup in them is printed as it stands. Whatever
address
a template or style sheet names, be it on the net or on the disk, is refused before anything is opened (WeasyPrint 70 or
later asks the fetcher for every address; earlier ones did not, CVE-2026-55073).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Unavailable

SCHEME = "picture:"


class Fetched(RuntimeError):
    """A template names an address: a mistake of ours, never of whoever prints."""


def render(template: str, context: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """A template says `picture:seal` where a picture of that name shall stand. Papers are Japanese, whoever
    prints them.

    Raises Unavailable where the server has not got what draws letters.
    """
    weasyprint = _weasyprint()
    with translation.override("ja"):
        html = render_to_string(template, dict(context))
    fetcher = _fetcher(weasyprint, dict(pictures or {}))
    try:
        document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=SCHEME)
        written: bytes = document.write_pdf()
    except weasyprint.urls.FatalURLFetchingError as error:
        raise Fetched(str(error)) from error
    return written


def _weasyprint() -> Any:
    """Imported on the first paper: it needs libraries of the system that a server without papers can do without."""
    try:
        import weasyprint  # type: ignore[import-untyped]
    except (ImportError, OSError) as error:
        raise Unavailable(
            _(
                "PDFを作る部品（Pango）がサーバーにないため、作成できませんでした。管理者に導入を依頼してください。"
            ),
            code="no_pdf",
        ) from error
    return weasyprint


@cache
def _fetcher_class() -> Any:
    from weasyprint.urls import (  # type: ignore[import-untyped]
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Knows the pictures of one paper."""

        def __init__(self, pictures: Mapping[str, bytes]) -> None:
            super().__init__(allowed_protocols=[], allow_redirects=False)
            self.pictures = pictures

        def fetch(self, url: str, headers: Any = None) -> Any:
            picture = self.pictures.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
            if picture is None:
                raise FatalURLFetchingError(f"a paper fetches nothing: {url[:80]}")
            kind = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
            return URLFetcherResponse(url, body=picture, headers={"Content-Type": kind})

    return Fetcher


def _fetcher(weasyprint: Any, pictures: Mapping[str, bytes]) -> Any:
    return _fetcher_class()(pictures)
