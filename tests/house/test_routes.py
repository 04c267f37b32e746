"""The authorisation matrix: every address, asked by everybody, about what he may see and what he may not."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from tests.house.routes import MARKS_AS_READ, ROWS, Row, suggestion
from tests.support.matrix import Matrix
from tests.support.routes import routes
from tests.support.world import VISITORS, World

pytestmark = pytest.mark.django_db
KNOWN = {route.name: route for route in routes()}
HERE = [name for name in ROWS if name in KNOWN]
SIGNED_IN = VISITORS[1:]


@pytest.fixture(scope="module")
def matrix(world: World, django_db_blocker: object) -> Matrix:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return Matrix(world)


def test_every_route_has_a_row_and_every_row_a_route(matrix: Matrix) -> None:
    missing = [suggestion(route, matrix) for name, route in KNOWN.items() if name not in ROWS]
    assert not missing, (
        "These addresses are not in the authorisation matrix. Decide who may come in, and add to the table in "
        "tests/house/routes.py (what is written here is only how it is now):\n" + "\n".join(missing)
    )
    gone = sorted(set(ROWS) - set(KNOWN))
    assert not gone, f"These rows of tests/house/routes.py have no address any more, take them out: {gone}"


@pytest.mark.parametrize("name", HERE)
def test_each_visitor_is_let_in_or_refused(matrix: Matrix, name: str) -> None:
    """GET changes nothing, and a refused request leaves every table as it was: the matrix looks at each answer."""
    row, route = ROWS[name], KNOWN[name]
    words = matrix.world.places[row.about].open
    if name in MARKS_AS_READ:
        matrix = Matrix(matrix.world, reading_marks=True)
    seen = {method: matrix.row(route, words, method, row.body) for method in ("GET", "POST")}
    assert seen == {"GET": row.get, "POST": row.post}, f"visitors are {VISITORS}; see tests/house/routes.py"


@pytest.mark.parametrize("name", HERE)
def test_what_one_may_not_see_looks_like_what_is_not_there(matrix: Matrix, name: str) -> None:
    row, route, place = ROWS[name], KNOWN[name], matrix.world.places[ROWS[name].about]
    hidden = {each: place.open for each, seen in zip(VISITORS, row.letters, strict=True) if seen == "n"}
    hidden.pop("reader", None)  # as the stranger, whom the same power is missing
    if place.private:
        hidden = dict.fromkeys(("stranger", "administrator"), place.private)
    real, unknown = (
        {each: route.address(words) for each, words in hidden.items()},
        route.address(place.unknown),
    )
    for visitor, address in real.items():
        for method in row.methods:
            matrix.looks_alike(visitor, method, address, unknown, row.body)
    if "stranger" in real and "GET" in row.methods:
        matrix.looks_alike("stranger", "GET", real["stranger"], unknown, row.body, htmx=True)


@pytest.mark.parametrize("name", HERE)
def test_a_private_thing_is_not_reached_through_a_record_that_one_sees(matrix: Matrix, name: str) -> None:
    row, route, place = ROWS[name], KNOWN[name], matrix.world.places[ROWS[name].about]
    if place.crossed is None or place.astray is None:
        pytest.skip("hangs on no record")
    for visitor in ("stranger", "rep"):
        for method in row.methods:
            if row.of(method)[VISITORS.index(visitor)] in "oi":
                real, unknown = route.address(place.crossed), route.address(place.astray)
                matrix.looks_alike(visitor, method, real, unknown, row.body)


@pytest.mark.parametrize("name", [name for name in HERE if ROWS[name].private])
def test_the_person_in_charge_does_with_a_private_record_what_he_does_with_any(
    matrix: Matrix, name: str
) -> None:
    row, route, place = ROWS[name], KNOWN[name], matrix.world.places[ROWS[name].about]
    assert place.private
    rep = VISITORS.index("rep")
    for method, expected in {"GET": row.get, "POST": row.post}.items():
        assert matrix.row(route, place.private, method, row.body)[rep] == expected[rep], method


@pytest.mark.sqlite
@pytest.mark.parametrize("name", HERE)
def test_strangers_at_the_door_learn_nothing_about_what_is_there(matrix: Matrix, name: str) -> None:
    """Before the sign-in an address of something looks like an address of nothing."""
    row, route, place = ROWS[name], KNOWN[name], matrix.world.places[ROWS[name].about]
    if row.get[0] != "L" or place.open == place.unknown:
        pytest.skip("public, or an address without a thing in it")
    for method in ("GET", "POST"):
        real, unknown = route.address(place.open), route.address(place.unknown)
        matrix.looks_alike("anonymous", method, real, unknown, row.body, refused=(302,))


@pytest.mark.sqlite
@pytest.mark.parametrize("name", HERE)
def test_other_methods_change_nothing(matrix: Matrix, name: str) -> None:
    route, words = KNOWN[name], matrix.world.places[ROWS[name].about].open
    answer = matrix.without_effect("administrator", route.address(words), "DELETE")
    assert answer.status_code in {404, 405} or name.startswith(("account_", "mfa_")), answer.status_code


@pytest.mark.sqlite
@pytest.mark.parametrize("name", [name for name in HERE if "m" not in ROWS[name].post])
def test_writing_needs_the_pages_token_against_forged_requests(matrix: Matrix, name: str) -> None:
    """`Client(enforce_csrf_checks=True)`: a page elsewhere can make the browser send the cookie, not the token."""
    route, words = KNOWN[name], matrix.world.places[ROWS[name].about].open
    client = matrix.world.client("administrator", enforce_csrf_checks=True)
    answer = matrix.through(lambda: client.post(route.address(words)), "administrator", "POST")
    assert answer.status_code in {403, 404}, answer.status_code


def test_an_address_that_nobody_knows_looks_like_a_record_that_one_may_not_see(matrix: Matrix) -> None:
    for visitor in SIGNED_IN:
        real = f"/accounts/{uuid.uuid4()}/"
        for nothing in (f"/accounts/{uuid.uuid4()}/nothing/", "/accounts/x/y/z/"):
            matrix.looks_alike(visitor, "GET", real, nothing)


def test_somebody_who_left_is_at_the_door_at_once(world: World) -> None:
    from daifuku.staff.models import Person

    client: Client = world.client("rep")
    assert client.get("/accounts/").status_code == 200
    Person.objects.filter(pk=world.cast.aoyama.pk).update(is_active=False)
    assert client.get("/accounts/")["Location"].startswith("/login/")


def test_a_row_can_be_read() -> None:
    assert Row("x", "-", "Loooo", "Lmmmm").methods == ["GET"]
