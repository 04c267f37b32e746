"""The addresses of lists: the list itself, its filters, columns and views, and changes to many at once."""

from django.urls import path

from daifuku.records.views.columns import columns
from daifuku.records.views.filtering import condition_group, condition_row, conditions, filter_list
from daifuku.records.views.lists import list_page
from daifuku.records.views.many import many

of_objects = [
    path("<slug:slug>/", list_page, name="list"),
    path("<slug:slug>/filter/", filter_list, name="filter"),
    path("<slug:slug>/conditions/", conditions, name="conditions"),
    path("<slug:slug>/condition-row/", condition_row, name="condition_row"),
    path("<slug:slug>/condition-group/", condition_group, name="condition_group"),
    path("<slug:slug>/columns/", columns, name="columns"),
    path("<slug:slug>/many/", many, name="many"),
    path("<slug:slug>/views/save/", list_page, name="save_view"),
    path("<slug:slug>/views/<str:key>/pin/", list_page, name="pin_view"),
    path("<slug:slug>/views/<str:key>/default/", list_page, name="use_by_default"),
    path("<slug:slug>/views/<str:key>/trash/", list_page, name="trash_view"),
]
