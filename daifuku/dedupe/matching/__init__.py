"""Who may be the same, without any database: normalised records, keys, what two have in common, what it counts."""
