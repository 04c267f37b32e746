"""The rows of a list: what a person may see, narrowed, sorted, a page at a time, fast at a million rows too."""

from daifuku.records.listing.listing import Listing, Page, query

__all__ = ["Listing", "Page", "query"]
