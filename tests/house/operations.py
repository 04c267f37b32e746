"""Who may ask what of the API: the authorisation matrix of all operations.

A row is an operation, what it is about (a place of `Api` in test_operations.py), and what comes of it for each visitor.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.house import (
    operations_cards,
    operations_daily,
    operations_deals,
    operations_handover,
    operations_leads,
    operations_merging,
    operations_minutes,
    operations_money,
    operations_orders,
    operations_papers,
    operations_penalties,
    operations_rules,
)
from tests.support.world import NO_NUMBER

OTHERS = (
    operations_leads,
    operations_daily,
    operations_deals,
    operations_cards,
    operations_handover,
    operations_merging,
    operations_minutes,
    operations_money,
    operations_orders,
    operations_papers,
    operations_penalties,
    operations_rules,
)
SOON = (date.today() + timedelta(days=3)).isoformat()  # noqa: DTZ011 - any day ahead
# The visitors, the letters and the places are those of tests/house/routes.py; `body` is sent as JSON.
TABLE = """
GET /api/v1/objects                             -         uoooo
GET /api/v1/events                              -         uoooo
POST /api/v1/events/{number}/undo               event     uffoo
GET /api/v1/me                                  -         uoooo
GET /api/v1/people                              -         uoooo
GET /api/v1/people/{person}                     person    ufffo
PATCH /api/v1/people/{person}                   person    ufffo
PUT /api/v1/people/{person}/roles               person    ufffo
PUT /api/v1/people/{person}/absence             person    ufffo
POST /api/v1/people/{person}/leave              person    ufffo
POST /api/v1/people/{person}/return             person    ufffi
GET /api/v1/people/{person}/devices             person    ufffo
DELETE /api/v1/people/{person}/devices          person    ufffo
DELETE /api/v1/people/{person}/devices/{device} device    uffoo
DELETE /api/v1/people/{person}/tokens           person    ufffo
POST /api/v1/people/{person}/factor_reset       person    ufffi
POST /api/v1/people/{person}/password_link      person    ufffo
GET /api/v1/invitations                         -         ufffo
POST /api/v1/invitations                        -         ufffo
DELETE /api/v1/invitations/{invitation}         invitation ufffo
GET /api/v1/teams                               -         uoooo
POST /api/v1/teams                              -         ufffo
GET /api/v1/teams/{team}                        team      ufffo
PATCH /api/v1/teams/{team}                      team      ufffo
DELETE /api/v1/teams/{team}                     team      ufffi
PUT /api/v1/teams/{team}/people/{person}        member    ufffo
DELETE /api/v1/teams/{team}/people/{person}     member    ufffo
GET /api/v1/roles                               -         ufffo
POST /api/v1/roles                              -         ufffo
GET /api/v1/roles/{role}                        role      ufffo
PATCH /api/v1/roles/{role}                      role      ufffo
DELETE /api/v1/roles/{role}                     role      ufffo
GET /api/v1/{slug}/{uid}/why                    why       uoooo
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
GET /api/v1/{slug}/indexes                      accounts  ufffo
PATCH /api/v1/{slug}/indexes/{field}            index     ufffo
GET /api/v1/duties                              -         uoooo
GET /api/v1/duties/{uid}                        duty      unnoo
POST /api/v1/duties/{uid}/snooze                duty      unnoo
POST /api/v1/duties/{uid}/hand_on               duty      unnii
POST /api/v1/duties/{uid}/plead                 duty      unnof
POST /api/v1/duties/{uid}/excuse                duty      unnfo
POST /api/v1/duties/{uid}/decline               duty      unnfo
GET /api/v1/input_rate                          -         uoooo
GET /api/v1/days_off                            -         uoooo
POST /api/v1/days_off                           -         uoooo
DELETE /api/v1/days_off/{uid}                   day_off   unnoo
GET /api/v1/input_reasons                       -         uoooo
POST /api/v1/input_reasons/{uid}                why_asked unnon
GET /api/v1/duty_policy                         -         uoooo
PATCH /api/v1/duty_policy                       -         ufffo
PUT /api/v1/people/{person}/wage                person    ufffo
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
POST /api/v1/{slug}/{uid}/erase                 contact   ufffo
GET /api/v1/{slug}/trash                        accounts  uoooo
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
POST /api/v1/{slug}/{uid}/files/{file}/restore  file      uffoo
GET /api/v1/{slug}/{uid}/files/{file}/versions  file      uoooo
POST /api/v1/{slug}/{uid}/files/{file}/versions file      uiiii
GET /api/v1/{slug}/{uid}/files/{file}/versions/{number} version uoooo
POST /api/v1/{slug}/{uid}/files/{file}/versions/{number}/use version uffoo
GET /api/v1/jobs                                -         uoooo
GET /api/v1/jobs/{uid}                          job       unnoo
POST /api/v1/jobs/{uid}/cancel                  job       unnoo
POST /api/v1/jobs/{uid}/retry                   job       unnii
GET /api/v1/notices                             -         uoooo
GET /api/v1/notices/unread                      -         uoooo
POST /api/v1/notices/read                       -         uoooo
POST /api/v1/notices/{uid}/read                 notice    unnon
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
GET /api/v1/webhooks/{webhook}/deliveries/{delivery} sending ufffo
POST /api/v1/webhooks/{webhook}/deliveries/{delivery}/again sending ufffo
GET /api/v1/imports                             -         ufffo
POST /api/v1/{slug}/imports                     accounts  uiiii
POST /api/v1/{slug}/exports                     accounts  uofoo
GET /api/v1/exports/{uid}                       export    unnon
GET /api/v1/exports/{uid}/file                  export    unnon
GET /api/v1/contacts/{uid}/posts                contact   uoooo
POST /api/v1/contacts/{uid}/posts               contact   uffoo
PATCH /api/v1/contacts/{uid}/posts/{post}       post      uffoo
DELETE /api/v1/contacts/{uid}/posts/{post}      post      uffoo
POST /api/v1/contacts/{uid}/move                contact   uffoo
POST /api/v1/contacts/{uid}/left                contact   uffoo
POST /api/v1/talks/{uid}/voices                 talk      uofoo
POST /api/v1/voices/{uid}/take                  voice     uffoo
POST /api/v1/voices/{uid}/answer                voice     uffoo
GET /api/v1/voices/summary                      -         uoooo
POST /api/v1/plans/{uid}/finish                 plan      uffoo
POST /api/v1/plans/{uid}/cancel                 plan      uffoo
POST /api/v1/plans/{uid}/postpone               plan      uffoo
POST /api/v1/plans/{uid}/move                   plan      uffoo
POST /api/v1/plans/{uid}/repeat                 plan      uffoo
PATCH /api/v1/plans/{uid}/following             series    uffoo
POST /api/v1/plans/{uid}/cancel_following       series    uffoo
GET /api/v1/tasks/{uid}/items                   task      uoooo
POST /api/v1/tasks/{uid}/items                  task      uffoo
PATCH /api/v1/tasks/{uid}/items/{item}          item      uffoo
DELETE /api/v1/tasks/{uid}/items/{item}         item      uffoo
GET /api/v1/tasks/{uid}/repetition              task      uoooo
PUT /api/v1/tasks/{uid}/repetition              task      uffoo
DELETE /api/v1/tasks/{uid}/repetition           task      uffoo
GET /api/v1/accounts/{uid}/relations            account   uoooo
POST /api/v1/accounts/{uid}/relations           account   uffoo
DELETE /api/v1/accounts/{uid}/relations/{relation} relation uffoo
GET /api/v1/accounts/{uid}/tree                 account   uoooo
GET /api/v1/sharing                             -         ufffo
PUT /api/v1/sharing/{role}                      role      ufffo
GET /api/v1/me/receiving                        -         uoooo
PATCH /api/v1/me/receiving                      -         uoooo
GET /api/v1/me/watched                          -         uoooo
GET /api/v1/me/push_devices                     -         uoooo
DELETE /api/v1/me/push_devices/{device}         push_device unnon
PUT /api/v1/accounts/{uid}/watch                account   uoooo
DELETE /api/v1/accounts/{uid}/watch             account   uoooo
PUT /api/v1/leads/{uid}/watch                   lead      uoooo
DELETE /api/v1/leads/{uid}/watch                lead      uoooo
GET /api/v1/accounts/{uid}/sheet                account   uoooo
GET /api/v1/leads/{uid}/sheet                   lead      uoooo
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
GET /api/v1/me/calendar                         -         uoooo
POST /api/v1/me/calendar                        -         uoooo
DELETE /api/v1/me/calendar                      -         uoooo
GET /api/v1/{slug}/{uid}/tags                   account   uoooo
PUT /api/v1/{slug}/{uid}/tags/{name}            tag       uffoo
DELETE /api/v1/{slug}/{uid}/tags/{name}         tag       uffoo
"""
BODIES: dict[str, Any] = {
    **operations_leads.BODIES,
    **operations_daily.BODIES,
    **operations_deals.BODIES,
    **operations_cards.BODIES,
    **operations_handover.BODIES,
    **operations_minutes.BODIES,
    **operations_money.BODIES,
    **operations_orders.BODIES,
    **operations_papers.BODIES,
    **operations_rules.BODIES,
    **{name: body for each in OTHERS for name, body in each.BODIES.items()},
    "POST /api/v1/{slug}": {"name": "若草工業"},
    "PUT /api/v1/{slug}/by/{field}/{path:value}": {"name": "青葉商事", "phone": "03-1234-5678"},
    "POST /api/v1/{slug}/bulk": {"operations": [{"op": "create", "values": {"name": "若草工業"}}]},
    "POST /api/v1/{slug}/{uid}/erase": {"sure": True},
    "POST /api/v1/webhooks": {"name": "会計", "address": "https://example.co.jp/hook"},
    "PATCH /api/v1/webhooks/{webhook}": {"name": "会計"},
    "POST /api/v1/webhooks/{webhook}/replay": {"line": 1},
    "PATCH /api/v1/imports/{uid}": {"mode": "both"},
    "PATCH /api/v1/imports/{uid}/notes": {"notes": [1]},
    "POST /api/v1/{slug}/exports": {},
    "POST /api/v1/contacts/{uid}/posts": {"account": "丸福物産", "title": "監査役"},
    "PATCH /api/v1/contacts/{uid}/posts/{post}": {"title": "相談役"},
    "POST /api/v1/contacts/{uid}/move": {"account": "丸福物産"},
    "POST /api/v1/contacts/{uid}/left": {},
    "POST /api/v1/talks/{uid}/voices": {"topic": "wish"},
    "POST /api/v1/voices/{uid}/answer": {"answer": "来春に出します。"},
    "POST /api/v1/plans/{uid}/finish": {"values": {"content": "order", "text": "20個で決まり。"}},
    "POST /api/v1/plans/{uid}/cancel": {"reason": "先方の都合"},
    "POST /api/v1/plans/{uid}/postpone": {"reason": "先方の都合", "started_at": "2099-05-01T10:00:00+09:00"},
    "POST /api/v1/plans/{uid}/move": {"started_at": "2099-05-02T10:00:00+09:00"},
    "POST /api/v1/plans/{uid}/repeat": {"unit": "month", "day": 0},
    "PATCH /api/v1/plans/{uid}/following": {"values": {"place": "本社"}},
    "POST /api/v1/plans/{uid}/cancel_following": {"reason": "先方の都合"},
    "POST /api/v1/tasks/{uid}/items": {"texts": ["単価を確かめる"]},
    "PATCH /api/v1/tasks/{uid}/items/{item}": {"done": True},
    "PUT /api/v1/tasks/{uid}/repetition": {"unit": "month", "day": 0},
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
    "PATCH /api/v1/{slug}/indexes/{field}": {"indexed": True},
    "POST /api/v1/duties/{uid}/snooze": {"until": SOON, "reason": "先方が出張中"},
    "POST /api/v1/duties/{uid}/hand_on": {"to": "馬場 健", "reason": "よくご存じなので"},
    "POST /api/v1/duties/{uid}/plead": {"reason": "電波がなかった"},
    "POST /api/v1/duties/{uid}/excuse": {"reason": "電波がなかった"},
    "POST /api/v1/duties/{uid}/decline": {"reason": "次からお願いします"},
    "POST /api/v1/days_off": {"day": SOON, "part": "afternoon"},
    "POST /api/v1/input_reasons/{uid}": {"reason": "time"},
    "PATCH /api/v1/duty_policy": {"call_minutes": 20},
    "PUT /api/v1/people/{person}/wage": {"daily": 9000, "period": 200000},
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
    "PATCH /api/v1/people/{person}": {"title": "主任"},
    "PUT /api/v1/people/{person}/roles": {"roles": ["rep", "guest"]},
    "PUT /api/v1/people/{person}/absence": {"absent_from": "2026-12-01"},
    "POST /api/v1/people/{person}/leave": {},
    "POST /api/v1/invitations": {"email": "wakaba@example.jp", "roles": ["rep"]},
    "POST /api/v1/teams": {"name": "営業二課"},
    "PATCH /api/v1/teams/{team}": {"name": "営業二課"},
    "PUT /api/v1/teams/{team}/people/{person}": {"leads": True},
    "POST /api/v1/roles": {"name": "見習い二"},
    "PATCH /api/v1/roles/{role}": {"name": "見習い二"},
    "POST /api/v1/{slug}/views": {"name": "東京"},
    "PATCH /api/v1/{slug}/views/{view}": {"name": "東海"},
    "PUT /api/v1/{slug}/{uid}/shares/{guest}": {},
    "PATCH /api/v1/me": {"theme": "dark"},
    "PATCH /api/v1/me/receiving": {"quiet_from": "19:00"},
    "PUT /api/v1/sharing/{role}": {"happenings": {"talk.complaint": {"timing": "weekly"}}},
    "PUT /api/v1/me/absence": {"absent_from": "2026-12-01"},
    "PATCH /api/v1/{slug}/{uid}": {"phone": "03-1234-5678"},
    "POST /api/v1/{slug}/{uid}/comments": {"text": "承知しました。"},
    "PATCH /api/v1/{slug}/{uid}/comments/{comment}": {"text": "承知しました。"},
}
QUERIES = {
    "GET /api/v1/search": "?q=青葉",
    "GET /api/v1/closings/preview": "?closes_on=2026-10-31",
}


PRIVATE = operations_orders.PRIVATE | {
    "account", "contact", "plan", "series", "task", "talk", "voice", "item", "comment", "reaction",
    "file", "event", "tag", "post", "relation", "pair", "share", "colleague", "lead", "version", "deal",
}  # fmt: skip
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


ALL = TABLE + "".join(each.TABLE for each in OTHERS)
ROWS = {
    f"{method} {path}": Row(f"{method} {path}", " ".join(about), seen)
    for method, path, *about, seen in (line.split() for line in ALL.splitlines() if line.strip())
}
