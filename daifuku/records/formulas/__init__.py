"""Fields that are worked out from other fields: a small language of its own, read, checked and worked out here."""
