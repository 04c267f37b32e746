from daifuku.milestones.actions.finishing import finish, reopen
from daifuku.milestones.actions.laying import lay_out
from daifuku.milestones.actions.plans import save_plan

__all__ = ["finish", "lay_out", "reopen", "save_plan"]
