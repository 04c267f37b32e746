"""The addresses of customers beyond those that every record has; this area comes before the general ones."""

from django.urls import path

from daifuku.customers.views import posts, relations, sheet, tree, while_typing

app_name = "customers"
urlpatterns = [
    path("address/by-code/", while_typing.place_of_code, name="place_of_code"),
    path("address/codes/", while_typing.codes_of_place, name="codes_of_place"),
    path("reading/", while_typing.reading_of, name="reading"),
    path("<slug:slug>/same/", while_typing.same_records, name="same"),
    path("<slug:slug>/<uuid:uid>/sheet/", sheet.customer_sheet, name="sheet"),
    path("accounts/<uuid:uid>/tree/", tree.tree_page, name="tree"),
    path("accounts/<uuid:uid>/tree/level/", tree.level, name="tree_level"),
    path("accounts/<uuid:uid>/relations/add/", relations.add, name="relate"),
    path("accounts/<uuid:uid>/relations/<int:pk>/remove/", relations.remove, name="unrelate"),
    path("contacts/<uuid:uid>/move/", posts.move, name="move"),
    path("contacts/<uuid:uid>/left/", posts.left, name="left"),
    path("contacts/<uuid:uid>/posts/add/", posts.add, name="add_post"),
    path("contacts/<uuid:uid>/posts/<int:pk>/", posts.change, name="change_post"),
    path("contacts/<uuid:uid>/posts/<int:pk>/remove/", posts.remove, name="remove_post"),
]
