"""The rows that were not taken in, as a file to mend."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from daifuku.foundation.attachment import attachment
from daifuku.transfers.rejected import ENCODINGS, name_of, rejected_file
from daifuku.transfers.views.finding import import_at


@require_safe
def rejected(request: HttpRequest, uid: UUID) -> StreamingHttpResponse:
    imported = import_at(request, uid)
    encoding = request.GET.get("encoding", "")
    chosen = encoding if encoding in ENCODINGS else ENCODINGS[0]
    response = StreamingHttpResponse(rejected_file(imported, chosen), content_type="text/csv")
    return attachment(response, name_of(imported))
