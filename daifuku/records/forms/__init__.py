"""Forms made from the catalogue: they show and keep what was typed; the verbs decide what is right."""

from daifuku.records.forms.record_form import RecordForm, opening_value, plain

__all__ = ["RecordForm", "opening_value", "plain"]
