"""The mailbox to which cards are sent: looked into, sorted, every message accounted for."""
