"""The page of the phone without anybody's data, the worker that keeps it for when there is no signal, the manifest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.messages.push.encrypting import public_key
from daifuku.phone.doors import doors

HERE = Path(__file__).resolve().parents[1]
# What the page is made of, besides everything in static/phone.
STYLES = ("foundation", "components")
OTHERS = (*(f"web/css/{name}.css" for name in STYLES), "web/mark.svg", "messages/js/subscribing.js")
_versions: dict[str, str] = {}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The same for everybody who reads the same language: what is personal is asked for by the program in it."""
    return HttpResponse(_page())


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Beside the page, because a worker may only keep what lies below its own address."""
    script = (HERE / "worker.js").read_text(encoding="utf-8")
    kept = {
        "version": _version(), "page": reverse("phone:home"), "files": [static(name) for name in files()],
        "icon": static("phone/icon-192.png"), "language": get_language(), "signedIn": reverse("phone:signed_in"),
    }  # fmt: skip
    response = HttpResponse(f"const KEPT = {json.dumps(kept)}\n{script}", content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [
        {"src": static(f"phone/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]  # fmt: skip
    content = {
        "id": reverse("phone:home"), "name": _("大福帳 記録"), "short_name": _("大福帳"), "lang": get_language(),
        "start_url": reverse("phone:home"), "scope": "/", "display": "standalone", "orientation": "portrait",
        "background_color": "#fbfaf7", "theme_color": "#165e83", "icons": icons,
        "shortcuts": [{"name": _("記録する"), "url": f"{reverse('phone:home')}#record"}],
    }  # fmt: skip
    return JsonResponse(content, content_type="application/manifest+json")


def files() -> list[str]:
    """Every file that the page may ask for while there is no signal."""
    own = HERE / "static"
    return [*(path.relative_to(own).as_posix() for path in sorted(own.rglob("*.*"))), *OTHERS]


def _page() -> str:
    page = {"language": get_language(), "push_key": public_key()}
    page["take_card"] = reverse(doors["card"]) if "card" in doors else ""
    return render_to_string("phone/shell.html", page)


def _version() -> str:
    """Another one whenever anything in it is another one; worked out once a process and language."""
    language = get_language() or ""
    if settings.DEBUG or language not in _versions:
        digest = hashlib.sha256(_page().encode())
        digest.update((HERE / "worker.js").read_bytes())
        for name in files():
            found = finders.find(name)
            digest.update(name.encode() + (Path(str(found)).read_bytes() if found else b""))
        _versions[language] = digest.hexdigest()[:16]
    return _versions[language]
