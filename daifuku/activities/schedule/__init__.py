"""予定表: the plans of one person or a team by day, week and month."""
