"""What the forms of this area share: refusals of the verbs shown beside the field that they are about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from daifuku.foundation.errors import DomainError
from daifuku.foundation.whole import whole


class told_in:
    """Puts what a verb refuses into the form, so that everything typed stays and the mend is marked; what follows in
    the block is left out, and the page is shown again behind it.

    Whoever may not do this, or comes too late, gets the page for that instead.
    """

    def __init__(self, form: forms.Form) -> None:
        self.form = form

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, DomainError) or not error.mendable:
            return False
        for problem in error.problems:
            _add(self.form, problem.field, problem.message)
        if not error.problems:
            _add(self.form, error.field, error.message)
        return True


def accepted(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether what was typed is well formed and `act(values)`, the verb, took it; where not, the form says why."""
    if not form.is_valid():
        return False
    with told_in(form):
        act(form.cleaned_data)
        return True
    return False


def _add(form: forms.Form, field: str | None, message: str) -> None:
    form.add_error(field if field in form.fields else None, message)


class SomeOf(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Ticked rows; a number that no row could have is refused as one that no row has."""

    def _check_values(self, value: Any) -> Any:
        if any(whole(key) is None for key in value):
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list")
        return super()._check_values(value)  # type: ignore[misc]


class Quiet(forms.Form):
    """Japanese pages put no colon behind labels; required fields are checked by the server, which says what to do."""

    use_required_attribute = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
