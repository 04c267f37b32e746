"""The authorisation matrix of the API: every operation, asked with everybody's token, and with none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from tests.support.matrix import Matrix, letter
from tests.support.operations import operations
from tests.support.world import NO_NUMBER, NOWHERE, VISITORS, World

pytestmark = pytest.mark.django_db

# The visitors, the letters and the places are those of tests/house/routes.py; `body` is sent as JSON.
TABLE = """
GET /api/v1/objects                             -         uoooo
GET /api/v1/events                              -         uoooo
POST /api/v1/events/{number}/undo               event     uffoo
GET /api/v1/me                                  -         uoooo
GET /api/v1/people                              -         uoooo
GET /api/v1/teams                               -         uoooo
GET /api/v1/search                              -         uoooo
GET /api/v1/{slug}                              accounts  uoooo
GET /api/v1/{slug}/groups                       accounts  uoooo
POST /api/v1/{slug}                             accounts  uofoo
PUT /api/v1/{slug}/by/{field}/{path:value}      by        uffoo
POST /api/v1/{slug}/bulk                        accounts  uoooo
GET /api/v1/{slug}/fields                       accounts  uoooo
GET /api/v1/{slug}/layout                       accounts  uoooo
PUT /api/v1/{slug}/layout                       accounts  ufffo
DELETE /api/v1/{slug}/layout                    accounts  ufffo
GET /api/v1/{slug}/fields/{field}/choices       field     uoooo
PATCH /api/v1/objects/{kind}                    object    ufffo
POST /api/v1/{slug}/fields                      accounts  ufffo
PUT /api/v1/{slug}/fields                       accounts  ufffo
GET /api/v1/{slug}/fields/{field}               field     ufffo
PATCH /api/v1/{slug}/fields/{field}             field     ufffo
DELETE /api/v1/{slug}/fields/{field}            field     ufffo
POST /api/v1/{slug}/fields/{field}/restore      field     ufffo
POST /api/v1/{slug}/fields/{field}/type         field     ufffo
POST /api/v1/{slug}/fields/{field}/choices      field     ufffo
PUT /api/v1/{slug}/fields/{field}/choices       field     ufffo
PATCH /api/v1/{slug}/fields/{field}/choices/{choice} choice ufffo
POST /api/v1/{slug}/fields/{field}/choices/{choice}/replace choice ufffo
GET /api/v1/{slug}/field_usage                  accounts  ufffo
POST /api/v1/field_usage                        -         ufffo
PUT /api/v1/{slug}/fields/{field}/review        field     ufffo
GET /api/v1/field_requests                      -         uoooo
POST /api/v1/field_requests                     -         uofoo
GET /api/v1/field_requests/similar              -         uoooo
GET /api/v1/field_requests/{uid}                request   uoooo
PATCH /api/v1/field_requests/{uid}              request   uffof
DELETE /api/v1/field_requests/{uid}             request   uffof
PUT /api/v1/field_requests/{uid}/support        request   uofio
DELETE /api/v1/field_requests/{uid}/support     request   uofio
POST /api/v1/field_requests/{uid}/approve       request   ufffo
POST /api/v1/field_requests/{uid}/decline       request   ufffo
POST /api/v1/field_requests/{uid}/reopen        request   ufffo
POST /api/v1/field_requests/{uid}/field         request   ufffo
GET /api/v1/tags                                -         uoooo
POST /api/v1/tags                               -         ufffo
PATCH /api/v1/tags/{tag}                        firm_tag  ufffo
DELETE /api/v1/tags/{tag}                       firm_tag  ufffo
POST /api/v1/tags/{tag}/restore                 firm_tag  ufffo
POST /api/v1/tags/{tag}/merge                   firm_tag  ufffn
GET /api/v1/{slug}/{uid}/timeline               account   uoooo
GET /api/v1/{slug}/{uid}                        account   uoooo
PATCH /api/v1/{slug}/{uid}                      account   uffoo
DELETE /api/v1/{slug}/{uid}                     account   uffoo
POST /api/v1/{slug}/{uid}/restore               account   uffoo
GET /api/v1/{slug}/{uid}/comments               account   uoooo
POST /api/v1/{slug}/{uid}/comments              account   uoooo
PATCH /api/v1/{slug}/{uid}/comments/{comment}   comment   uffof
DELETE /api/v1/{slug}/{uid}/comments/{comment}  comment   uffof
PUT /api/v1/{slug}/{uid}/comments/{comment}/reactions/{word} reaction uoooo
DELETE /api/v1/{slug}/{uid}/comments/{comment}/reactions/{word} reaction uoooo
GET /api/v1/{slug}/{uid}/files                  account   uoooo
POST /api/v1/{slug}/{uid}/files                 account   uiiii
GET /api/v1/{slug}/{uid}/files/{file}           file      uoooo
DELETE /api/v1/{slug}/{uid}/files/{file}        file      uffoo
GET /api/v1/jobs                                -         uoooo
GET /api/v1/jobs/{uid}                          job       unnoo
POST /api/v1/jobs/{uid}/cancel                  job       unnoo
POST /api/v1/jobs/{uid}/retry                   job       unnii
GET /api/v1/backups                             -         ufffo
POST /api/v1/backups                            -         ufffi
GET /api/v1/webhooks                            -         ufffo
POST /api/v1/webhooks                           -         ufffo
GET /api/v1/webhooks/kinds                      -         ufffo
GET /api/v1/webhooks/{webhook}                  webhook   ufffo
PATCH /api/v1/webhooks/{webhook}                webhook   ufffo
DELETE /api/v1/webhooks/{webhook}               webhook   ufffo
POST /api/v1/webhooks/{webhook}/secret          webhook   ufffo
POST /api/v1/webhooks/{webhook}/take_over       webhook   ufffo
POST /api/v1/webhooks/{webhook}/replay          webhook   ufffo
POST /api/v1/webhooks/{webhook}/test            webhook   ufffo
GET /api/v1/webhooks/{webhook}/deliveries       webhook   ufffo
DELETE /api/v1/webhooks/{webhook}/deliveries    webhook   ufffo
GET /api/v1/webhooks/{webhook}/deliveries/{delivery} delivery ufffo
POST /api/v1/webhooks/{webhook}/deliveries/{delivery}/again delivery ufffo
GET /api/v1/imports                             -         ufffo
POST /api/v1/{slug}/imports                     accounts  uiiii
GET /api/v1/imports/{uid}                       import    unnno
PATCH /api/v1/imports/{uid}                     import    unnno
POST /api/v1/imports/{uid}/check                import    unnno
POST /api/v1/imports/{uid}/start                import    unnno
POST /api/v1/imports/{uid}/resume               import    unnni
POST /api/v1/imports/{uid}/undo                 import    unnni
GET /api/v1/imports/{uid}/rejected              import    unnno
POST /api/v1/{slug}/exports                     accounts  uofoo
GET /api/v1/exports/{uid}                       export    unnon
GET /api/v1/exports/{uid}/file                  export    unnon
GET /api/v1/contacts/{uid}/posts                contact   uoooo
POST /api/v1/contacts/{uid}/posts               contact   uffoo
PATCH /api/v1/contacts/{uid}/posts/{post}       post      uffoo
DELETE /api/v1/contacts/{uid}/posts/{post}      post      uffoo
POST /api/v1/contacts/{uid}/move                contact   uffoo
POST /api/v1/contacts/{uid}/left                contact   uffoo
GET /api/v1/accounts/{uid}/relations            account   uoooo
POST /api/v1/accounts/{uid}/relations           account   uffoo
DELETE /api/v1/accounts/{uid}/relations/{relation} relation uffoo
GET /api/v1/accounts/{uid}/tree                 account   uoooo
GET /api/v1/{slug}/{uid}/same                   account   uoooo
GET /api/v1/{slug}/{uid}/separations            account   uoooo
POST /api/v1/{slug}/{uid}/separations           account   uffoo
DELETE /api/v1/{slug}/{uid}/separations/{other} pair      unnnn
GET /api/v1/{slug}/views                        accounts  uoooo
POST /api/v1/{slug}/views                       accounts  uoooo
GET /api/v1/{slug}/views/{view}                 view      unnon
PATCH /api/v1/{slug}/views/{view}               view      unnon
DELETE /api/v1/{slug}/views/{view}              view      unnon
POST /api/v1/{slug}/views/{view}/restore        view      unnon
PUT /api/v1/{slug}/views/{view}/pin             view      unnon
DELETE /api/v1/{slug}/views/{view}/pin          view      unnon
PUT /api/v1/{slug}/views/{view}/default         view      unnon
GET /api/v1/{slug}/{uid}/shares                 account   uoooo
PUT /api/v1/{slug}/{uid}/shares/{guest}         share     uffoo
DELETE /api/v1/{slug}/{uid}/shares/{guest}      share     uffoo
GET /api/v1/{slug}/{uid}/marks                  account   uoooo
PUT /api/v1/{slug}/{uid}/follow                 account   uoooo
DELETE /api/v1/{slug}/{uid}/follow              account   uoooo
PUT /api/v1/{slug}/{uid}/favourite              account   uoooo
DELETE /api/v1/{slug}/{uid}/favourite           account   uoooo
GET /api/v1/marks/{kind}                        mark      uoooo
PATCH /api/v1/me                                -         uoooo
PUT /api/v1/me/absence                          -         uoooo
GET /api/v1/{slug}/{uid}/tags                   account   uoooo
PUT /api/v1/{slug}/{uid}/tags/{name}            tag       uffoo
DELETE /api/v1/{slug}/{uid}/tags/{name}         tag       uffoo
"""
BODIES: dict[str, Any] = {
    "POST /api/v1/{slug}": {"name": "若草工業"},
    "PUT /api/v1/{slug}/by/{field}/{path:value}": {"name": "青葉商事", "phone": "03-1234-5678"},
    "POST /api/v1/{slug}/bulk": {"operations": [{"op": "create", "values": {"name": "若草工業"}}]},
    "POST /api/v1/webhooks": {"name": "会計", "address": "https://example.co.jp/hook"},
    "PATCH /api/v1/webhooks/{webhook}": {"name": "会計"},
    "POST /api/v1/webhooks/{webhook}/replay": {"line": 1},
    "PATCH /api/v1/imports/{uid}": {"mode": "both"},
    "POST /api/v1/{slug}/exports": {},
    "POST /api/v1/contacts/{uid}/posts": {"account": "丸福物産", "title": "監査役"},
    "PATCH /api/v1/contacts/{uid}/posts/{post}": {"title": "相談役"},
    "POST /api/v1/contacts/{uid}/move": {"account": "丸福物産"},
    "POST /api/v1/contacts/{uid}/left": {},
    "POST /api/v1/accounts/{uid}/relations": {"target": "丸福物産", "kind": "group"},
    "POST /api/v1/{slug}/{uid}/separations": {"other": "丸福物産", "reason": "別会社"},
    "PATCH /api/v1/objects/{kind}": {"label": "得意先"},
    "POST /api/v1/{slug}/fields": {"type": "text", "label": "沿革"},
    "PUT /api/v1/{slug}/fields": {"order": []},
    "PUT /api/v1/{slug}/layout": {"sections": [{"key": "basic", "fields": ["name"]}]},
    "PATCH /api/v1/{slug}/fields/{field}": {"help": "説明"},
    "POST /api/v1/{slug}/fields/{field}/type": {"type": "text"},
    "POST /api/v1/{slug}/fields/{field}/choices": {"label": "新規"},
    "PUT /api/v1/{slug}/fields/{field}/choices": {"order": []},
    "PATCH /api/v1/{slug}/fields/{field}/choices/{choice}": {"colour": "teal"},
    "POST /api/v1/{slug}/fields/{field}/choices/{choice}/replace": {"new": "b"},
    "PUT /api/v1/{slug}/fields/{field}/review": {"on": "2099-01-01"},
    "POST /api/v1/field_requests": {
        "object": "accounts",
        "label": "席の数",
        "type": "integer",
        "purpose": "訪問の順を決める。",
        "decider": "課長",
        "enterer": "担当の営業",
        "review_on": "2099-01-01",
    },
    "PATCH /api/v1/field_requests/{uid}": {"label": "決算の月"},
    "POST /api/v1/field_requests/{uid}/decline": {"reason": "備考で足ります。"},
    "POST /api/v1/field_requests/{uid}/field": {},
    "POST /api/v1/tags": {"name": "紹介"},
    "PATCH /api/v1/tags/{tag}": {"colour": "teal"},
    "POST /api/v1/tags/{tag}/merge": {"into": NO_NUMBER},
    "POST /api/v1/{slug}/views": {"name": "東京"},
    "PATCH /api/v1/{slug}/views/{view}": {"name": "東海"},
    "PUT /api/v1/{slug}/{uid}/shares/{guest}": {},
    "PATCH /api/v1/me": {"theme": "dark"},
    "PUT /api/v1/me/absence": {"absent_from": "2026-12-01"},
    "PATCH /api/v1/{slug}/{uid}": {"phone": "03-1234-5678"},
    "POST /api/v1/{slug}/{uid}/comments": {"text": "承知しました。"},
    "PATCH /api/v1/{slug}/{uid}/comments/{comment}": {"text": "承知しました。"},
}
QUERIES = {"GET /api/v1/search": "?q=青葉"}


PRIVATE = frozenset(
    {"account", "contact", "comment", "reaction", "file", "event", "tag", "post", "relation", "pair", "share"}
)
# The number of a thing has another name here than in the addresses of the pages.
NUMBERS = {"post": "post", "relation": "relation"}


@dataclass(frozen=True)
class Row:
    name: str
    about: str
    seen: str

    @property
    def method(self) -> str:
        return self.name.split()[0]


ROWS = {
    f"{method} {path}": Row(f"{method} {path}", about, seen)
    for method, path, about, seen in (line.split() for line in TABLE.strip().splitlines())
}


class Api:
    def __init__(self, matrix: Matrix) -> None:
        self.matrix, world = matrix, matrix.world
        self.places: dict[str, list[dict[str, Any]]] = {"-": [{}, {}]}
        self.places["accounts"] = [{"slug": "accounts"}, {"slug": "nothing"}]
        field = world.records["field"].key
        self.places["field"] = [
            {"slug": "accounts", "field": field},
            {"slug": "accounts", "field": "nothing"},
        ]
        self.places["request"] = [world.places["field request"].open, {"uid": NOWHERE}]
        for name in ("job", "import", "export"):
            self.places[name] = [world.places[name].open, {"uid": NOWHERE}]
        for name in ("account", "contact", "comment", "file", "post", "relation", "pair"):
            both = (world.places[name].open, world.places[name].private or {})
            named = {"pk": NUMBERS.get(name, "pk")}
            self.places[name] = [
                {named.get(key, key): value for key, value in words.items()} for words in both
            ]
        self.places["reaction"] = [{**words, "word": "thanks"} for words in self.places["comment"]]
        webhook = world.records["webhook"].uid
        self.places["webhook"] = [{"webhook": webhook}, {"webhook": NOWHERE}]
        delivery = {"webhook": webhook, "delivery": world.places["delivery"].open["delivery"]}
        self.places["delivery"] = [delivery, {**delivery, "delivery": NOWHERE}]
        choice = {"slug": "accounts", "field": "rank", "choice": "a"}
        self.places["object"] = [{"kind": "accounts"}, {"kind": "nothing"}]
        self.places["choice"] = [choice, {**choice, "choice": "nothing"}]
        self.places["firm_tag"] = [{"tag": (world.places["tag"].open or {})["pk"]}, {"tag": NO_NUMBER}]
        self.places["mark"] = [{"kind": "favourite"}, {"kind": "nothing"}]
        view = world.places["view"].open
        self.places["view"] = [
            {"slug": view["slug"], "view": view["key"]},
            {"slug": "accounts", "view": NOWHERE},
        ]
        for name in ("event", "by", "tag", "share"):
            self.places[name] = [self._words(name, sight) for sight in ("open", "private")]
        names = ("uid", "value", "comment", "file", "other", "guest")
        nowhere = {**dict.fromkeys(names, NOWHERE), **dict.fromkeys(NUMBERS.values(), NO_NUMBER)}
        self.nowhere = {
            "slug": "accounts", "number": NO_NUMBER, "field": "uid", "name": "無", "word": "thanks", **nowhere,
        }  # fmt: skip

    def _words(self, name: str, sight: str) -> dict[str, Any]:
        records = self.matrix.world.records
        if name == "event":
            return {"number": records[f"event {sight}"].pk}
        if name == "tag":
            return {"slug": "accounts", "uid": records[f"account {sight}"].uid, "name": f"展示会 {sight}"}
        if name == "share":
            guest = self.matrix.world.cast.baba.uid
            return {"slug": "accounts", "uid": records[f"account {sight}"].uid, "guest": guest}
        return {"slug": "accounts", "field": "uid", "value": records[f"account {sight}"].uid}

    def ask(self, visitor: str, row: Row, words: dict[str, Any], **headers: str) -> Any:
        path = row.name.split()[1].replace("path:", "")
        address = path.format(**words) + QUERIES.get(row.name, "")
        body = BODIES.get(row.name)
        return self.matrix.through(
            lambda: self.matrix.world.api(visitor, row.method, address, body, **headers), visitor, row.method
        )


@pytest.fixture(scope="module")
def api(world: World, django_db_blocker: Any) -> Api:
    with django_db_blocker.unblock():
        return Api(Matrix(world))


def test_every_operation_has_a_row() -> None:
    names = {operation.name for operation in operations()}
    assert names == set(ROWS), (
        "Every operation of the API has a row in tests/house/test_operations.py: method, path, place, and what comes "
        f"of it for {VISITORS}. Missing: {sorted(names - set(ROWS))}; no longer there: {sorted(set(ROWS) - names)}"
    )


@pytest.mark.parametrize("name", ROWS)
def test_each_visitor_is_let_in_or_refused(api: Api, name: str) -> None:
    row = ROWS[name]
    seen = "".join(letter(api.ask(visitor, row, api.places[row.about][0]), visitor) for visitor in VISITORS)
    assert seen == row.seen, f"visitors are {VISITORS}"


@pytest.mark.parametrize("name", [name for name in ROWS if ROWS[name].about in PRIVATE])
def test_what_one_may_not_see_looks_like_what_is_not_there(api: Api, name: str) -> None:
    row = ROWS[name]
    private = api.places[row.about][1]
    nowhere = {key: api.nowhere[key] for key in private}
    for visitor in ("stranger", "reader", "administrator"):
        answers = [api.ask(visitor, row, words) for words in (private, nowhere)]
        real, nothing = ((answer.status_code, answer["Content-Type"], answer.content) for answer in answers)
        assert real == nothing, f"{visitor} {name}"
        # 422: the form is looked at before the record, whichever it is.
        assert real[0] in {404, 422}, f"{visitor} {name}: {real}"


def test_an_upsert_by_a_uid_that_is_taken_says_no_more_than_that(api: Api) -> None:
    """Whoever knows the uid of a private record already may learn that it is taken: two records cannot have it."""
    row = ROWS["PUT /api/v1/{slug}/by/{field}/{path:value}"]
    answer = api.ask("stranger", row, api.places["by"][1])
    assert (answer.status_code, json.loads(answer.content)["code"]) == (409, "uid_taken")
    assert "若葉" not in answer.content.decode()


def test_an_upsert_by_another_key_does_not_find_a_private_record(api: Api) -> None:
    row, private = (
        ROWS["PUT /api/v1/{slug}/by/{field}/{path:value}"],
        api.matrix.world.records["account private"],
    )
    for field in ("name", "code", "corporate_number", "phone", "email"):
        value = getattr(private, field, None) or "x"
        answers = [
            api.ask("stranger", row, {"slug": "accounts", "field": field, "value": each})
            for each in (value, "青空")
        ]
        assert answers[0].status_code == answers[1].status_code, field


def test_a_bulk_request_tells_no_more_than_single_ones(api: Api) -> None:
    row, private = ROWS["POST /api/v1/{slug}/bulk"], api.matrix.world.records["account private"]
    results = []
    for uid in (str(private.uid), str(NOWHERE)):
        operations = [{"op": "update", "uid": uid, "values": {"phone": "03-1"}}, {"op": "delete", "uid": uid}]
        answer = api.matrix.world.api("stranger", "POST", "/api/v1/accounts/bulk", {"operations": operations})
        results.append(json.loads(answer.content)["results"])
    assert results[0] == results[1]
    assert [each["status"] for each in results[0]] == [404, 404], row.name
    api.matrix.must_be_as_before("a refused bulk request")


def test_a_token_that_may_only_read_writes_nothing(api: Api) -> None:
    from django.utils import timezone

    from daifuku.api.actions import create_token
    from daifuku.api.models import ApiToken

    _token, secret = create_token(by=api.matrix.world.cast.mizuno, name="読むだけ", scopes=["read"])
    ApiToken.objects.update(last_used_at=timezone.now())
    api = Api(Matrix(api.matrix.world))
    bearer = {"Authorization": f"Bearer {secret}"}
    for row in ROWS.values():
        answer = api.ask("administrator", row, api.places[row.about][0], **bearer)
        expected = {200, 404} if row.method == "GET" else {403}
        assert answer.status_code in expected, row.name


def test_no_operation_takes_a_cookie_for_writing_without_the_pages_token(api: Api) -> None:
    client = api.matrix.world.client("administrator", enforce_csrf_checks=True)
    for row in ROWS.values():
        if row.method == "GET":
            continue
        words = api.places[row.about][0]
        path = row.name.split()[1].replace("path:", "").format(**words)
        body = json.dumps(BODIES.get(row.name, {}))
        ask = partial(client.generic, row.method, path, body, "application/json")
        answer = api.matrix.through(ask, "administrator", row.method)
        assert answer.status_code == 403, row.name


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Bearer daifuku_x", "Basic Zm9vOmJhcg==", "bearer daifuku_é"]
)
def test_what_is_no_token_opens_nothing(api: Api, header: str) -> None:
    for row in ROWS.values():
        answer = api.ask(
            "anonymous", row, api.places[row.about][0], **({"Authorization": header} if header else {})
        )
        assert answer.status_code == 401, row.name
