"""How the columns of a table of targets are headed elsewhere."""

MONTH = ("年月", "対象月")
OWNER = ("営業担当", "社員", "氏名")
TEAM = ("部署", "課")
AMOUNT = ("目標", "予算", "金額")
