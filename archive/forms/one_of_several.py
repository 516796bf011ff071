"""Fields of which one or another must be filled in: none of them is said to be optional."""

from django import forms


def one_of_several(form: forms.Form, *names: str) -> None:
    """Leave (frivilligt) out of the labels of those that the form has: what is asked for hangs on another field."""
    for name in names:
        if name in form.fields:
            form.fields[name].one_of_several = True
