"""What a phone needs to put the program on its home screen."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [
        {
            "src": static(f"web/mark-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any",
        }
        for size in (180, 512)
    ]
    content = {
        "name": _("大福帳"),
        "short_name": _("大福帳"),
        "lang": "ja",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf7",
        "theme_color": "#165e83",
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")
