"""The authorisation matrix of the API: every operation, asked with everybody's token, and with none."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from tests.house.operations import BODIES, NUMBERS, PRIVATE, QUERIES, ROWS, Row
from tests.support.matrix import Matrix, letter
from tests.support.operations import operations
from tests.support.world import NO_NUMBER, NOWHERE, VISITORS, World

pytestmark = pytest.mark.django_db

# Places that are named by their uid alone.
OWN = ("handing",
    "job", "import", "notes", "export", "notice", "duty", "penalty", "penalty_payment",
    "day_off", "why_asked", "template",
    "daily_report", "shared", "handover", "handover_paper", "card",
)  # fmt: skip


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
        indexed = {"slug": "accounts", "field": "rank"}
        self.places["index"] = [indexed, {**indexed, "field": "nothing"}]
        self.places["request"] = [world.places["field request"].open, {"uid": NOWHERE}]
        for name in OWN:
            self.places[name] = [world.places[name].open, {"uid": NOWHERE}]
        named = (
            "account contact deal plan series task talk voice lead comment file post relation pair "
            "product price quote order order_line purchase delivery invoice payment merge"
        )
        for name in named.split():
            both = (world.places[name].open, world.places[name].private or {})
            pk = {"pk": NUMBERS.get(name, "pk")}
            self.places[name] = [{pk.get(key, key): value for key, value in words.items()} for words in both]
        self.places["deal"] = [world.places["deal"].open, world.places["deal"].private or {}]
        self.places["milestone_plan"] = [{"key": "long_order"}, {"key": "nothing"}]
        for name in ("quote_link", "invoice_link", "closing_run", "card_letter"):
            link = world.places[name.replace("_", " ")]
            self.places[name] = [link.open, link.private or {}]
        self.places["bank_line"] = [world.places["bank line"].open, {"line": NO_NUMBER}]
        both = (world.places["task item"].open, world.places["task item"].private or {})
        self.places["item"] = [{"uid": words["uid"], "item": words["key"]} for words in both]
        self.places["handed"] = [world.places["handed customer"].open, {"uid": NOWHERE}]
        self.places["version"] = [{**words, "number": 1} for words in self.places["file"]]
        self.places["reaction"] = [{**words, "word": "thanks"} for words in self.places["comment"]]
        self.places["lead_rule"] = [{"uid": world.records["lead rule"].uid}, {"uid": NOWHERE}]
        webhook = world.records["webhook"].uid
        self.places["rule"] = [{"rule": world.records["rule"].uid}, {"rule": NOWHERE}]
        self.places["edition"] = [{"number": 1}, {"number": 900}]
        self.places["newest"] = [{"number": 2}, {"number": 900}]
        self.places["webhook"] = [{"webhook": webhook}, {"webhook": NOWHERE}]
        delivery = {"webhook": webhook, "delivery": world.places["sending"].open["delivery"]}
        self.places["sending"] = [delivery, {**delivery, "delivery": NOWHERE}]
        choice = {"slug": "accounts", "field": "rank", "choice": "a"}
        self.places["object"] = [{"kind": "accounts"}, {"kind": "nothing"}]
        self.places["choice"] = [choice, {**choice, "choice": "nothing"}]
        self.places["firm_tag"] = [{"tag": (world.places["tag"].open or {})["pk"]}, {"tag": NO_NUMBER}]
        self._staff()
        self.places["mark"] = [{"kind": "favourite"}, {"kind": "nothing"}]
        view = world.places["view"].open
        self.places["view"] = [
            {"slug": view["slug"], "view": view["key"]},
            {"slug": "accounts", "view": NOWHERE},
        ]
        for name in ("event", "by", "tag", "share", "colleague"):
            self.places[name] = [self._words(name, sight) for sight in ("open", "private")]
        names = ("uid", "value", "comment", "file", "other", "guest", "person", "link")
        nowhere = {**dict.fromkeys(names, NOWHERE), **dict.fromkeys(NUMBERS.values(), NO_NUMBER)}
        self.nowhere = {
            "slug": "accounts", "number": NO_NUMBER, "field": "uid", "name": "無", "word": "thanks",
            "item": "nothing", **nowhere,
        }  # fmt: skip

    def _staff(self) -> None:
        """People, teams and roles; a device of 青山; what a conversion is about."""
        self.places["lead_key"] = [{"field": "title"}, {"field": "nothing"}]
        self.places["run"] = [self.matrix.world.places["converted many"].open, {"number": NO_NUMBER}]
        self.places["same_party"] = [{"link": NO_NUMBER}] * 2
        world = self.matrix.world
        cast, pk = (
            world.cast,
            {name: world.places[name].open["pk"] for name in ("device", "invitation", "team")},
        )
        device = {"person": cast.aoyama.uid, "device": pk["device"]}
        member = {"team": pk["team"], "person": cast.baba.uid}
        push = world.places["push device"].open["uid"]
        self.places |= {
            "push_device": [{"device": push}, {"device": NOWHERE}],
            "person": [{"person": cast.baba.uid}, {"person": NOWHERE}],
            "device": [device, {**device, "device": NO_NUMBER}],
            "invitation": [{"invitation": pk["invitation"]}, {"invitation": NO_NUMBER}],
            "team": [{"team": pk["team"]}, {"team": NO_NUMBER}],
            "member": [member, {**member, "person": NOWHERE}],
            "role": [{"role": "guest"}, {"role": "nothing"}],
            "why": self.places["account"],
        }

    def _words(self, name: str, sight: str) -> dict[str, Any]:
        records = self.matrix.world.records
        if name == "event":
            return {"number": records[f"event {sight}"].pk}
        if name == "tag":
            return {"slug": "accounts", "uid": records[f"account {sight}"].uid, "name": f"展示会 {sight}"}
        if name == "colleague":
            person = self.matrix.world.cast.baba.uid
            return {"slug": "accounts", "uid": records[f"account {sight}"].uid, "person": person}
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
        "Every operation of the API has a row in tests/house/operations.py: method, path, place, and what comes "
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


def test_whoever_manages_people_is_told_why_without_the_name_of_what_he_does_not_see(api: Api) -> None:
    row, private = ROWS["GET /api/v1/{slug}/{uid}/why"], api.places["why"][1]
    for visitor in ("stranger", "reader"):
        nothing = api.ask(visitor, row, {**private, "uid": NOWHERE})
        assert (nothing.status_code, nothing.content) == (404, api.ask(visitor, row, private).content)
    answer = api.ask("administrator", row, private)
    assert (answer.status_code, json.loads(answer.content)["actions"][0]["allowed"]) == (200, False)
    assert "若葉" not in answer.content.decode()


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


@pytest.mark.sqlite
def test_a_token_that_may_only_read_writes_nothing(api: Api) -> None:
    from django.utils import timezone

    from daifuku.api.actions import create_token
    from daifuku.api.models import ApiToken

    _token, secret = create_token(by=api.matrix.world.cast.mizuno, name="読むだけ", scopes=["read", "staff"])
    ApiToken.objects.update(last_used_at=timezone.now())
    api = Api(Matrix(api.matrix.world))
    bearer = {"Authorization": f"Bearer {secret}"}
    for row in ROWS.values():
        answer = api.ask("administrator", row, api.places[row.about][0], **bearer)
        expected = {200, 404} if row.method == "GET" else {403}
        assert answer.status_code in expected, row.name


@pytest.mark.sqlite
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


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Bearer daifuku_x", "Basic Zm9vOmJhcg==", "bearer daifuku_é"]
)
def test_what_is_no_token_opens_nothing(api: Api, header: str) -> None:
    for row in ROWS.values():
        answer = api.ask(
            "anonymous", row, api.places[row.about][0], **({"Authorization": header} if header else {})
        )
        assert answer.status_code == 401, row.name
