"""What can be done with customers beyond what every record knows: posts and moves, relations, deliberate doubles."""

from daifuku.customers.actions.moving import contact_left, move_contact
from daifuku.customers.actions.posts import add_post, change_post, remove_post
from daifuku.customers.actions.relating import relate, unrelate
from daifuku.customers.actions.separating import join, separate

__all__ = [
    "add_post", "change_post", "contact_left", "join", "move_contact", "relate", "remove_post", "separate", "unrelate",
]  # fmt: skip
