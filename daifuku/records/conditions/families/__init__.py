"""Which family of operators a field has: the nearest one to its type."""

from __future__ import annotations

from daifuku.records.catalogue import types
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types.base import FieldType
from daifuku.records.catalogue.types.number import _Number
from daifuku.records.conditions.families.address import AddressFamily
from daifuku.records.conditions.families.choice import ChoiceFamily, MultiChoiceFamily, YesNoFamily
from daifuku.records.conditions.families.link import PersonFamily, RecordFamily, TeamFamily
from daifuku.records.conditions.families.members import MembersFamily
from daifuku.records.conditions.families.moment import DateFamily, DateTimeFamily
from daifuku.records.conditions.families.number import NumberFamily
from daifuku.records.conditions.families.text import PhoneFamily, TextFamily
from daifuku.records.conditions.operator import Family

FAMILIES: dict[type[FieldType], type[Family]] = {
    types.Text: TextFamily,
    types.Phone: PhoneFamily,
    types.Address: AddressFamily,
    types.Choice: ChoiceFamily,
    types.MultiChoice: MultiChoiceFamily,
    types.YesNo: YesNoFamily,
    _Number: NumberFamily,
    types.Date: DateFamily,
    types.DateTime: DateTimeFamily,
    types.Members: MembersFamily,
    types.PersonLink: PersonFamily,
    types.TeamLink: TeamFamily,
    types.RecordLink: RecordFamily,
}


def family_of(field: Field) -> Family:
    for kind in type(field.type).__mro__:
        if kind in FAMILIES:
            return FAMILIES[kind](field)
    return Family(field)
