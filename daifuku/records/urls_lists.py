"""The addresses of lists: the list itself, its filters, columns and views, and changes to many at once."""

from django.urls import path

from daifuku.records.views.board import board_cards, move
from daifuku.records.views.columns import columns
from daifuku.records.views.filtering import condition_group, condition_row, conditions, filter_list
from daifuku.records.views.grid import grid, save_grid
from daifuku.records.views.groups import groups, totals
from daifuku.records.views.keeping import pin_view, save_view, trash_view, use_by_default
from daifuku.records.views.lists import list_page
from daifuku.records.views.look import look_of_list
from daifuku.records.views.many import many
from daifuku.records.views.view_guests import guests

of_objects = [
    path("<slug:slug>/", list_page, name="list"),
    path("<slug:slug>/filter/", filter_list, name="filter"),
    path("<slug:slug>/conditions/", conditions, name="conditions"),
    path("<slug:slug>/condition-row/", condition_row, name="condition_row"),
    path("<slug:slug>/condition-group/", condition_group, name="condition_group"),
    path("<slug:slug>/columns/", columns, name="columns"),
    path("<slug:slug>/look/", look_of_list, name="look"),
    path("<slug:slug>/groups/", groups, name="groups"),
    path("<slug:slug>/totals/", totals, name="totals"),
    path("<slug:slug>/board/", board_cards, name="board_cards"),
    path("<slug:slug>/<uuid:uid>/move/", move, name="move"),
    path("<slug:slug>/grid/", grid, name="grid"),
    path("<slug:slug>/grid/save/", save_grid, name="save_grid"),
    path("<slug:slug>/many/", many, name="many"),
    path("<slug:slug>/views/save/", save_view, name="save_view"),
    path("<slug:slug>/views/<str:key>/pin/", pin_view, name="pin_view"),
    path("<slug:slug>/views/<str:key>/default/", use_by_default, name="use_by_default"),
    path("<slug:slug>/views/<str:key>/guests/", guests, name="view_guests"),
    path("<slug:slug>/views/<str:key>/trash/", trash_view, name="trash_view"),
]
