"""What can be asked of the API, a file a subject; importing it lists the operations in the order of their addresses."""

from daifuku.api.operations import (
    bulk,
    catalogue,
    comments,
    events,
    exports,
    files,
    imports,
    jobs,
    many,
    me,
    one,
    searching,
    tags,
    timeline,
    upsert,
    views,
)

__all__ = [
    "bulk",
    "catalogue",
    "comments",
    "events",
    "exports",
    "files",
    "imports",
    "jobs",
    "many",
    "me",
    "one",
    "searching",
    "tags",
    "timeline",
    "upsert",
    "views",
]
