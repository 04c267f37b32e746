"""Whatever is sent to whichever address, nothing breaks: a clear refusal, and nothing half done."""

from __future__ import annotations

import json
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from tests.house.operations import BODIES
from tests.house.operations import ROWS as OPERATIONS
from tests.house.operations import Row as ApiRow
from tests.house.routes import ROWS
from tests.house.test_operations import Api
from tests.support import odd
from tests.support.matrix import FORM, Matrix
from tests.support.routes import Route, routes
from tests.support.world import World

pytestmark = pytest.mark.django_db
ROUTES = {route.name: route for route in routes() if route.name in ROWS}
READ = [name for name in ROUTES if "m" not in ROWS[name].get and odd.names_of(ROUTES[name])]
WRITTEN = [name for name in ROUTES if "m" not in ROWS[name].post and not name.startswith("closed:")]
QUERY = ("q", "sort", "where", "fields", "after", "view", "kind", "objects", "size", "name", "phone", "form")
RAW = [b"", b"{", b"\xff", b"[" * 20_000, b'{"a":1,"a":2}', b'{"name":"\\ud800"}']
MANY = "&".join(f"a{number}=1" for number in range(2500))
RAW_QUERIES = ["?%ff%fe=%ff", f"?{MANY}", "?sort=name&sort=-name&sort", "?%00=%00"]
# GET that writes: the notice that is read, the quote that its customer looks at, what allauth keeps in the session.
NOTES = ("messages:notice", "quotes:offered", "billing:offered", "account_", "mfa_")


@pytest.fixture(scope="module")
def matrix(world: World, django_db_blocker: Any) -> Matrix:
    with django_db_blocker.unblock():
        return Matrix(world)


@pytest.fixture(scope="module")
def api(matrix: Matrix, django_db_blocker: Any) -> Api:
    with django_db_blocker.unblock():
        return Api(matrix)


def asker(name: str) -> str:
    """Who gets furthest."""
    row = ROWS[name]
    seen = row.get if "m" not in row.get else row.post
    return next((who for who, mark in (("administrator", seen[4]), ("rep", seen[3])) if mark in "oi"), "rep")


def send(
    matrix: Matrix, route: Route, method: str, query: str = "", body: bytes = b"", kind: str = FORM
) -> str:
    """What went wrong, or nothing."""
    who, address = asker(route.name), route.address(matrix.world.places[ROWS[route.name].about].open) + query
    reading = "POST" if route.name.startswith(NOTES) else method
    try:
        answer = matrix.through(
            lambda: matrix.world.client(who).generic(method, address, body, kind), who, reading
        )
    except AssertionError as error:
        return f"{str(error)[:300]} for {query[:120] or body[:120]!r}"
    return "" if answer.status_code < 500 else f"{answer.status_code} for {query[:120] or body[:120]!r}"


@pytest.mark.parametrize("name", READ)
def test_no_parameter_of_an_address_breaks_its_page(matrix: Matrix, name: str) -> None:
    names = odd.names_of(ROUTES[name])
    texts = odd.TEXTS[:4] if names == odd.OF_ALLAUTH else odd.TEXTS
    queries = ["?" + urlencode(dict.fromkeys(names, text)) for text in texts]
    problems = [problem for query in queries if (problem := send(matrix, ROUTES[name], "GET", query))]
    assert problems == []


@pytest.mark.parametrize("name", ["records:list", "records:history", "records:search"])
def test_each_parameter_of_a_list_may_be_odd_by_itself(matrix: Matrix, name: str) -> None:
    problems = []
    for parameter in odd.names_of(ROUTES[name]):
        for text in odd.TEXTS:
            problems.append(send(matrix, ROUTES[name], "GET", f"?{quote(parameter)}={quote(text)}"))
    problems += [send(matrix, ROUTES[name], "GET", query) for query in RAW_QUERIES]
    assert [problem for problem in problems if problem] == []


@pytest.mark.parametrize("name", WRITTEN)
def test_no_form_breaks_its_page(matrix: Matrix, name: str) -> None:
    route = ROUTES[name]
    address = route.address(matrix.world.places[ROWS[name].about].open)
    page = matrix.world.client(asker(name)).get(address)
    names = {*odd.names_of(route), *odd.names_on(page.content if page.status_code == 200 else b"")}
    forms = [urlencode(dict.fromkeys(names, text)).encode() for text in odd.TYPED]
    forms += [b"", b"\xff\xfe", MANY.encode()]
    problems = [send(matrix, route, "POST", body=form) for form in forms]
    problems.append(send(matrix, route, "POST", body=_files(names), kind=MULTIPART_CONTENT))
    assert [problem for problem in problems if problem] == []


@pytest.mark.parametrize(
    "kind", ["application/json", "multipart/form-data", MULTIPART_CONTENT, "text/plain; charset=x", ""]
)
def test_no_kind_of_body_breaks_a_form(matrix: Matrix, kind: str) -> None:
    problems = [
        send(matrix, ROUTES[name], "POST", body=b'{"name": ["x"]}', kind=kind)
        for name in (
            "records:new",
            "records:edit",
            "records:add_files",
            "transfers:new",
            "account_login",
            "staff:company",
        )
    ]
    assert [problem for problem in problems if problem] == []


def _files(names: set[str]) -> bytes:
    """Every input as a file with a name that leads elsewhere."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="../../{name}\\..\\x.svg"\r\n'
        "Content-Type: image/svg+xml\r\n\r\n<svg onload=alert(1)>\r\n"
        for name in [*names, "file"]
    ]
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode()


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_json_breaks_an_operation(api: Api, name: str) -> None:
    row, body = OPERATIONS[name], BODIES.get(name)
    problems = []
    if row.method == "GET":
        for text in odd.TEXTS:
            problems.append(_ask(api, row, query=urlencode(dict.fromkeys(QUERY, text))))
    elif body is None:
        problems = [_ask(api, row, sent) for sent in RAW]
    else:
        bodies: list[Any] = [*RAW, *odd.JSON, *(dict.fromkeys(body, value) for value in odd.JSON)]
        if name.endswith("/bulk"):
            bodies += [{"operations": [{"op": "create", "values": value}]} for value in odd.JSON]
        if name.startswith("PATCH"):
            bodies += [dict.fromkeys([*_fields(api.matrix.world), "uid"], value) for value in odd.JSON]
        problems = [_ask(api, row, sent) for sent in bodies]
    assert [problem for problem in problems if problem] == []


def test_each_field_of_a_new_record_may_be_odd_by_itself(api: Api) -> None:
    problems = []
    for field in _fields(api.matrix.world):
        for value in odd.JSON:
            problems.append(_ask(api, OPERATIONS["POST /api/v1/{slug}"], {"name": "若草工業", field: value}))
    assert [problem for problem in problems if problem] == []


def test_no_part_of_an_address_of_the_api_breaks_it(api: Api) -> None:
    problems = []
    for row in OPERATIONS.values():
        for text in (odd.NUL, odd.DIGITS, "²", "../" + odd.EMOJI * 30):
            words = {word: quote(text, safe="") for word in api.places[row.about][0]}
            if "slug" in words:
                words["slug"] = "accounts"
            problems.append(_ask(api, row, {}, words=words))
    assert [problem for problem in problems if problem] == []


def _fields(world: World) -> list[str]:
    from daifuku.records.catalogue import vocabulary
    from daifuku.staff.viewer import Viewer

    return list(vocabulary.editable_for(Viewer(world.cast.mizuno), "account"))


def _ask(
    api: Api, row: ApiRow, body: Any = None, *, query: str = "", words: dict[str, Any] | None = None
) -> str:
    words = api.places[row.about][0] if words is None else words
    address = f"{row.name.split()[1].replace('path:', '').format(**words)}?{query}"
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    ask = partial(api.matrix.world.api, "administrator", row.method, address, sent)
    try:
        api.matrix.through(ask, "administrator", "POST")
    except AssertionError as error:
        return f"{str(error)[:300]} for {sent[:200]!r}"
    return ""
