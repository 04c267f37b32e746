"""How the columns of a table of milestones are headed elsewhere."""

DUE_ON = ("予定日", "期限")
DONE_ON = ("完了日", "実績日")
