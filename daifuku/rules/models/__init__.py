"""The rows of rules: what is asked for, the book that people read, who has read it."""

from daifuku.rules.models.book import Book, Confirmation, Edition, unread_edition
from daifuku.rules.models.rule import Missing, Moment, Rule, Until, Who

__all__ = ["Book", "Confirmation", "Edition", "Missing", "Moment", "Rule", "Until", "Who", "unread_edition"]
