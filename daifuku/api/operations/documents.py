"""What stands on every paper of the firm."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.routing import fixed
from daifuku.documents import kinds, numbering
from daifuku.documents.actions import edit_issuer
from daifuku.documents.models.issuer import Issuer, issuer
from daifuku.records.actions.powers import need_settings
from daifuku.staff.models import Company

WORDS = noop("書類")


class BankItem(Schema):
    model_config = ConfigDict(extra="forbid")

    bank: str
    branch: str = ""
    kind: str = Field("", description=noop("普通、当座、貯蓄"))
    number: str
    holder: str


class IssuerItem(Schema):
    name: str = Field(..., description=noop("会社情報の会社名"))
    invoice_number: str = Field(..., description=noop("会社情報のインボイス登録番号"))
    head: str
    fax: str
    email: str
    web: str
    banks: list[BankItem]
    seal: bool = Field(..., description=noop("印影の画像があるか"))
    rounding: str = Field(..., description=noop("消費税の端数。down、half、up"))
    included: bool = Field(..., description=noop("単価を税込みで入力するか"))
    years: str = Field(..., description=noop("連番を1に戻すとき。calendar か fiscal"))
    templates: dict[str, str] = Field(..., description=noop("書類の種類ごとの番号の形"))
    texts: dict[str, str] = Field(..., description=noop("書類の種類ごとの定型文"))
    version: int


class IssuerChange(Schema):
    model_config = ConfigDict(extra="forbid")

    head: str | None = None
    fax: str | None = None
    email: str | None = None
    web: str | None = None
    banks: list[BankItem] | None = None
    rounding: str | None = None
    included: bool | None = None
    years: str | None = None
    templates: dict[str, str] | None = None
    texts: dict[str, str] | None = None
    version: int | None = None


@fixed.get(
    "/issuer", operation_id="get_issuer", summary=noop("書類の発行者"), tags=[WORDS], response=IssuerItem
)
def get_issuer(request: Asked) -> Answer:
    """Power `settings`."""
    need_settings(request.auth.person)
    return Answer(_shown(issuer()))


@fixed.patch(
    "/issuer", operation_id="change_issuer", summary=noop("書類の発行者の変更"), tags=[WORDS],
    response=IssuerItem,
)  # fmt: skip
def change_issuer(request: Asked, body: IssuerChange) -> Answer:
    """What is not sent stays; power `settings`."""
    changes = body.model_dump(exclude_unset=True)
    version = changes.pop("version", None)
    return Answer(_shown(edit_issuer(changes, by=request.auth.person, version=version)))


def _shown(of: Issuer) -> dict[str, Any]:
    company = Company.objects.first()
    return {
        **{name: getattr(of, name) for name in (*Issuer.PLAIN, "banks", "texts", "version")},
        "name": company.name if company else "",
        "invoice_number": company.invoice_number if company else "",
        "seal": bool(of.seal),
        "templates": {kind.key: numbering.template_of(kind.key, of) for kind in kinds.every()},
    }
