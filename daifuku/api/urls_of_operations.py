"""The addresses of the operations. To import this is to build five hundred of them, half of what the program loads."""

from daifuku.api.assembly import patterns

urlpatterns = list(patterns())
