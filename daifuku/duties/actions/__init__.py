"""The verbs of duties: owed, fulfilled, excused, put off, handed on; days off, settings, answers."""

from daifuku.duties.actions.asking import answer_why, ask_why
from daifuku.duties.actions.days_off import give_back_day_off, take_day_off
from daifuku.duties.actions.excusing import decline, excuse, plead
from daifuku.duties.actions.fulfilling import fulfil, fulfil_many, reopen
from daifuku.duties.actions.owing import Owed, owe, owe_many, release
from daifuku.duties.actions.policies import edit_policy
from daifuku.duties.actions.snoozing import hand_on, snooze

__all__ = [
    "Owed",
    "answer_why",
    "ask_why",
    "decline",
    "edit_policy",
    "excuse",
    "fulfil",
    "fulfil_many",
    "give_back_day_off",
    "hand_on",
    "owe",
    "owe_many",
    "plead",
    "release",
    "reopen",
    "snooze",
    "take_day_off",
]
