"""Who comes in where: the authorisation matrix of all pages.

A row is a route, what it is about (a place of tests/support/world_things.py), and what comes of GET and of POST for
each visitor in this order:

    anonymous · stranger (a rep of another team) · reader · rep (in charge of the thing) · administrator

in the letters of tests/support/matrix.py: o let in, i let in but the input is refused, r led back with a refusal,
L led to the sign-in, u 401, f 403, n 404, m 405. The thing is one that everybody may see; that the same thing kept
private looks to all others like one that is not there needs no row, test_routes.py asks it of every one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.house import operations_orders
from tests.house.routes_rooms import MORE

if TYPE_CHECKING:
    from tests.support.matrix import Matrix
    from tests.support.routes import Route

TABLE = r"""
closed:signup/                           -              Lnnnn Lnnnn
closed:inactive/                         -              Lnnnn Lnnnn
closed:email/                            -              Lnnnn Lnnnn
closed:confirm-email/                    -              Lnnnn Lnnnn
closed:^confirm-email/(?P<key>[-:\w]+)/$ confirmation   Lnnnn Lnnnn
closed:password/set/                     -              Lnnnn Lnnnn
closed:login/code/confirm/               -              Lnnnn Lnnnn
closed:sessions/                         -              Lnnnn Lnnnn
account_login                            -              ooooo ooooo
account_logout                           -              Loooo Loooo
account_inactive                         -              Lnnnn Lnnnn
account_signup                           -              Lnnnn Lnnnn
account_reauthenticate                   -              Loooo Loooo
account_email                            -              Lnnnn Lnnnn
account_email_verification_sent          -              Lnnnn Lnnnn
account_change_password                  -              Loooo Loooo
account_set_password                     -              Lnnnn Lnnnn
account_reset_password                   -              ooooo ooooo
account_confirm_login_code               -              Lnnnn Lnnnn
account_confirm_email                    confirmation   Lnnnn Lnnnn
account_reset_password_from_key_done     -              ooooo mmmmm
account_reset_password_from_key          reset link     ooooo ooooo
account_reset_password_done              -              ooooo mmmmm
mfa_index                                -              Loooo Lmmmm
mfa_authenticate                         -              Loooo Loooo
mfa_reauthenticate                       -              Loooo Loooo
mfa_activate_totp                        -              Loooo Loooo
mfa_deactivate_totp                      -              Lnnnn Lnnnn
mfa_view_recovery_codes                  -              Lnnnn Lmmmm
mfa_generate_recovery_codes              -              Loooo Loooo
mfa_download_recovery_codes              -              Lnnnn Lnnnn
mfa_list_webauthn                        -              Loooo Lmmmm
mfa_add_webauthn                         -              Loooo Loooo
mfa_reauthenticate_webauthn              -              Loooo Loooo
mfa_remove_webauthn                      passkey        Loooo Loooo
mfa_edit_webauthn                        passkey        Loooo Loooo
mfa_login_webauthn                       -              Loooo Loooo
usersessions_list                        -              Lnnnn Lnnnn
home                                     -              Loooo Lmmmm
help                                     -              Loooo Lmmmm
menu                                     -              Loooo Lmmmm
settings                                 -              Loooo Lmmmm
account                                  -              Loooo Lmmmm
health                                   -              ooooo mmmmm
manifest                                 -              ooooo mmmmm
own-ca                                   -              nnnnn mmmmm
own-ca-file                              -              nnnnn mmmmm
staff:first_visit                        -              Loooo mmmmm
staff:setup                              setup          nnnnn nnnnn
staff:join                               join           oiiii iiiii
staff:profile                            -              Loooo Liiii
staff:appearance                         -              Loooo Liiii
staff:own_absence                        -              Loooo Loooo
staff:devices                            -              Loooo Lmmmm
staff:devices_sign_out                   -              Lmmmm Loooo
staff:device_sign_out                    device         Lmmmm Lnnoo
staff:company                            -              Lnnno Lnnni
staff:people                             -              Lnnno Lmmmm
staff:person                             person         Lnnno Lmmmm
staff:person_edit                        person         Lmmmm Lnnni
staff:person_roles                       person         Lmmmm Lnnno
staff:person_join_team                   person         Lmmmm Lnnni
staff:person_leave_team                  person team    Lmmmm Lnnno
staff:person_absence                     person         Lmmmm Lnnno
staff:person_leave                       person         Lmmmm Lnnni
staff:person_return                      person         Lmmmm Lnnni
staff:person_sign_out                    person         Lmmmm Lnnno
staff:person_factor_reset                person         Lmmmm Lnnni
staff:person_password_link               person         Lmmmm Lnnno
staff:invitations                        -              Lnnno Lnnni
staff:invitation_revoke                  invitation     Lmmmm Lnnno
staff:teams                              -              Lnnno Lnnni
staff:team                               team           Lnnno Lnnni
staff:team_add                           team           Lmmmm Lnnni
staff:team_remove                        member         Lmmmm Lnnno
staff:team_lead                          member         Lmmmm Lnnno
staff:team_dissolve                      team           Lmmmm Lnnni
staff:roles                              -              Lnnno Lnnni
staff:role                               role           Lnnno Lnnni
staff:role_remove                        role           Lmmmm Lnnno
jobs:list                                -              Loooo Lmmmm
jobs:job                                 job            Lnnoo Lmmmm
jobs:progress                            job            Lnnoo Lmmmm
jobs:cancel                              job            Lmmmm Lnnoo
jobs:retry                               job            Lmmmm Lnnii
backups:page                             -              Lnnno Lmmmm
backups:make                             -              Lmmmm Lnnni
backups:make_key                         -              Lmmmm Lnnno
transfers:imports                        -              Lfffo Lmmmm
transfers:new                            -              Lfffo Lfffi
transfers:new_notes                      -              Lfffo Lfffi
transfers:notes                          notes          Lnnno Lnnni
transfers:note_record                    notes          Lnnnr Lnnnr
transfers:import                         import         Lnnno Lmmmm
transfers:columns                        import         Lnnno Lnnni
transfers:split                          import         Lnnnn Lnnnn
transfers:preview                        import         Lnnnn Lmmmm
transfers:start                          import         Lmmmm Lnnno
transfers:resume                         import         Lmmmm Lnnni
transfers:progress                       import         Lnnno Lmmmm
transfers:rejected                       import         Lnnno Lmmmm
transfers:undo                           import         Lmmmm Lnnni
transfers:exported                       export         Lnnon Lmmmm
transfers:export                         accounts       Lofoo Lifii
api:tokens                               -              Loooo Lmmmm
api:new_token                            -              Loooo Loooo
api:revoke_token                         token          Lmmmm Lnnon
api:revoke_token_of                      token          Lmmmm Lnnno
api:revoke_tokens_of                     person         Lmmmm Lnnno
api:reference                            -              Loooo mmmmm
api:openapi                              -              uoooo mmmmm
api:nowhere                              -              nnnnn nnnnn
customers:place_of_code                  -              Loooo Lmmmm
customers:codes_of_place                 -              Loooo Lmmmm
customers:reading                        -              Loooo Lmmmm
customers:same                           accounts       Loooo Lmmmm
customers:tree                           account        Loooo Lmmmm
customers:sheet                          account        Loooo Lmmmm
customers:tree_level                     account        Loooo Lmmmm
customers:relate                         account        Lffoo Lffii
customers:unrelate                       relation       Lmmmm Lffoo
customers:move                           contact        Lffoo Lffii
customers:left                           contact        Lffoo Lffii
customers:add_post                       contact        Lffoo Lffii
customers:change_post                    post           Lffoo Lffii
customers:remove_post                    post           Lmmmm Lffoo
records:search                           -              Loooo Lmmmm
records:suggest                          -              Loooo Lmmmm
records:trash_page                       -              Loooo Lmmmm
records:why                              -              Loooo Lmmmm
records:undo                             event          Lmmmm Lrroo
records:mentionable                      -              Loooo Lmmmm
records:setting_indexes                  -              Lnnno Lmmmm
records:setting_index_switch             standard field Lmmmm Lnnno
records:setting_tags                     -              Lnnno Lnnnn
records:setting_fields                   -              Lnnno Lmmmm
records:setting_fields_of                kind           Lnnno Lmmmm
records:setting_new_field                kind           Lnnno Lnnni
records:setting_new_computed             computed       Lnnno Lnnni
records:setting_try_computed             computed       Lmmmm Lnnno
records:setting_order_fields             kind           Lmmmm Lnnno
records:setting_rename_object            kind           Lmmmm Lnnno
records:setting_field                    field          Lnnno Lnnni
records:setting_type                     field          Lnnno Lnnni
records:setting_index_again              field          Lmmmm Lnnni
records:setting_retire_field             field          Lmmmm Lnnno
records:setting_bring_back_field         field          Lmmmm Lnnno
records:field_requests                   -              Loooo Lmmmm
records:new_field_request                -              Lonoo Linii
records:similar_fields                   -              Lonoo Lmmmm
records:field_request                    field request  Loooo Lmmmm
records:edit_field_request               field request  Lffof Lffif
records:support_field_request            field request  Lmmmm Lofro
activities:today                         -              Loooo Lmmmm
activities:schedule                      -              Loooo Lmmmm
activities:reschedule                    plan           Lffoo Lffii
activities:feed                          -              Loooo Lmmmm
activities:open_feed                     -              Loooo Loooo
activities:close_feed                    -              Lmmmm Loooo
activities:feed_file                     feed           ooooo mmmmm
activities:finish                        plan           Lffoo Lffii
activities:cancel                        plan           Lffoo Lffii
activities:turn_task                     task           Lmmmm Lffoo
activities:repeat_plan                   plan           Lffoo Lffii
activities:change_following              series         Lffoo Lffoo
activities:cancel_following              series         Lffoo Lffii
activities:repeat_task                   task           Lffoo Lffii
activities:add_items                     task           Lmmmm Lffrr
activities:tick_item                     task item      Lmmmm Lffoo
activities:remove_item                   task item      Lmmmm Lffoo
activities:postpone                      plan           Lffoo Lffii
phone:home                               -              ooooo mmmmm
phone:worker                             -              ooooo mmmmm
phone:manifest                           -              ooooo mmmmm
phone:signed_in                          -              ooooo mmmmm
phone:data                               -              Loooo Lmmmm
phone:find                               -              Loooo Lmmmm
phone:take_talk                          -              Lmmmm Liiii
phone:take_task                          task           Lmmmm Liiii
phone:take_photo                         talk           Lmmmm Liiii
phone:wordings                           -              Lnnno Lnnni
duties:mine                              -              Loooo Lmmmm
duties:rate                              -              Loooo Lmmmm
duties:count                             -              Loooo Lmmmm
duties:items                             -              Loooo Lmmmm
duties:pleas                             -              Lnnno Lmmmm
duties:whys                              -              Lnnno Lmmmm
duties:answer                            why_asked      Lmmmm Lnnin
duties:days_off                          -              Loooo Liiii
duties:give_back                         day_off        Lmmmm Lnnoo
duties:duty                              duty           Lnnoo Lmmmm
duties:snooze                            duty           Lnnoo Lnnii
duties:hand_on                           duty           Lnnoo Lnnii
duties:plead                             duty           Lnnoo Lnnii
duties:excuse                            duty           Lnnoo Lnnii
duties:decline                           duty           Lnnoo Lnnii
duties:settings                          -              Lnnno Lnnni
penalties:statement                      -              Loooo Lmmmm
penalties:file                           -              Loooo Lmmmm
penalties:pay                            -              Lnnno Lnnni
penalties:cancel_payment                 penalty_payment Lmmmm Lnnno
penalties:consent                        -              Loooo Liiii
penalties:entry                          penalty        Lnnoo Lmmmm
penalties:object                         penalty        Lnnoo Lnnii
penalties:decide                         penalty        Lnnoo Lnnii
penalties:waive                          penalty        Lnnoo Lnnii
penalties:terms                          -              Lnnno Lnnni
penalties:wages                          -              Lnnno Lmmmm
penalties:wage                           person         Lnnno Lnnno
records:take_field_support_back          field request  Lmmmm Lofro
records:withdraw_field_request           field request  Lmmmm Lffof
records:ask_again_for_field              field request  Lmmmm Lffof
records:approve_field_request            field request  Lmmmm Lfffo
records:decline_field_request            field request  Lmmmm Lfffo
records:reopen_field_request             field request  Lmmmm Lfffo
records:field_usage                      -              Lnnno Lmmmm
records:count_field_usage                -              Lmmmm Lnnno
records:field_usage_of                   kind           Lnnno Lmmmm
records:review_field                     field          Lmmmm Lnnno
records:setting_layout                   kind           Lnnno Lnnno
records:setting_apply_layout             kind           Lmmmm Lnnno
records:setting_drop_layout              kind           Lmmmm Lnnno
records:setting_reset_layout             kind           Lmmmm Lnnno
records:setting_layout_preview           kind           Lnnno Lmmmm
records:setting_choices                  field          Lnnno Lnnno
records:setting_add_choice               field          Lmmmm Lnnno
records:setting_replace_choice           field          Lmmmm Lnnnn
records:write_comment                    account        Loooo Loooo
records:edit_comment                     comment        Lffof Lffof
records:remove_comment                   comment        Lmmmm Lffof
records:react                            comment        Lmmmm Loooo
records:take_back_reaction               comment        Lmmmm Loooo
records:put_tag                          account        Lmmmm Lffoo
records:remove_tag                       tag            Lmmmm Lffoo
records:follow                           account        Lmmmm Loooo
records:favourite                        account        Lmmmm Loooo
records:share                            account        Lffoo Lffrr
records:unshare                          account        Lmmmm Lffii
records:put_member                       account        Lffoo Lffrr
records:remove_member                    account        Lmmmm Lffii
records:take                             account        Lmmmm Lrror
records:setting_members                  -              Lnnno Lnnno
records:erase                            account        Lnnnn Lnnnn
records:add_files                        account        Lmmmm Lffrr
records:thrown_files                     account        Loooo Lmmmm
records:file                             file           Loooo Lmmmm
records:add_version                      file           Lmmmm Lffrr
records:use_version                      file version   Lmmmm Lffoo
records:trash_file                       file           Lmmmm Lffoo
records:restore_file                     file           Lmmmm Lffnn
records:download                         file version   Loooo Lmmmm
records:preview                          file version   Lnnnn Lmmmm
records:list                             accounts       Loooo Lmmmm
records:filter                           accounts       Loooo Lmmmm
records:conditions                       accounts       Loooo Lmmmm
records:condition_row                    accounts       Loooo Lmmmm
records:condition_group                  accounts       Loooo Lmmmm
records:columns                          accounts       Loooo Lmmmm
records:look                             accounts       Loooo Lmmmm
records:groups                           accounts       Liiii Lmmmm
records:totals                           accounts       Loooo Lmmmm
records:board_cards                      accounts       Loooo Lmmmm
records:move                             account        Lmmmm Lffoo
records:grid                             accounts       Lofoo Lofoo
records:save_grid                        accounts       Lmmmm Liiii
records:many                             accounts       Lmmmm Lrrrr
records:save_view                        accounts       Lmmmm Liiii
records:pin_view                         view           Lmmmm Lnnon
records:use_by_default                   view           Lmmmm Lnnon
records:view_guests                      view           Lnnfn Lnnfn
records:trash_view                       view           Lmmmm Lnnon
records:new                              accounts       Lofoo Lifii
records:choose                           accounts       Loooo Lmmmm
records:record                           account        Loooo Lmmmm
records:edit                             account        Lffoo Lffoo
records:history                          account        Loooo Lmmmm
records:trash                            account        Lmmmm Lffoo
records:restore                          account        Lmmmm Lffoo
records:inline                           account field  Lffoo Lffoo
"""

# What a POST needs so that it comes to the question who may do it; elsewhere it is an empty form.
BODIES: dict[str, dict[str, str]] = {
    "dedupe:apart": {"kind": "branch", "note": ""},
    "merging:same": {"reason": "請求先が違う"},
    "records:inline": {"name": "青葉商事株式会社"},
    "records:move": {"field": "rank", "to": "a"},
    "records:write_comment": {"text": "承知しました。"},
    "records:edit_comment": {"text": "承知しました。"},
    "records:react": {"word": "thanks"},
    "records:take_back_reaction": {"word": "thanks"},
    "records:put_tag": {"name": "重要"},
    "records:decline_field_request": {"reason": "備考で足ります。"},
    "records:setting_add_choice": {"labels": "新規\n既存"},
}
# GET that marks what is shown as read.
MARKS_AS_READ = frozenset({"messages:notice", "quotes:offered", "billing:offered"})
# Addresses of allauth's that an earlier address of ours hides.
NO_RECORDS = frozenset({"-", "accounts", "contacts", "leads", "field", "computed"})


@dataclass(frozen=True)
class Row:
    name: str
    about: str
    get: str
    post: str

    @property
    def body(self) -> bytes:
        return urlencode({"csrfmiddlewaretoken": "x", **BODIES.get(self.name, {})}).encode()

    @property
    def methods(self) -> list[str]:
        return [method for method, seen in (("GET", self.get), ("POST", self.post)) if "m" not in seen]

    def of(self, method: str) -> str:
        return self.get if method == "GET" else self.post

    @property
    def letters(self) -> str:
        return self.get if "m" not in self.get else self.post

    @property
    def private(self) -> bool:
        return self.about in PRIVATE


# The places that world_things.py also has in a private form.
PRIVATE = frozenset(
    {
        "account",
        "contact",
        "lead",
        "plan",
        "series",
        "task",
        "voice",
        *operations_orders.PRIVATE,
        "task item",
        "account field",
        "comment",
        "file",
        "event",
        "pair",
        "turned pair",
        "relation",
        "post",
    }
)


def _rows() -> dict[str, Row]:
    rows = {}
    for line in [*TABLE.strip().splitlines(), *MORE.strip().splitlines()]:
        name, *about, get, post = line.split()
        rows[name] = Row(name, " ".join(about), get, post)
    return rows


ROWS = _rows()


def suggestion(route: Route, matrix: Matrix) -> str:
    """The row as it would be now, with the first place that fits into the address; to be thought about, not pasted."""
    for about, place in matrix.world.places.items():
        if set(place.open) == set(route.words) or (about == "-" and not route.words):
            seen = [matrix.row(route, place.open, method) for method in ("GET", "POST")]
            return f"{route.name:40} {about:14} {' '.join(seen)}"
    return f"{route.name:40} {'(a new place)':14} ????? ?????   <{', '.join(route.words)}>"
