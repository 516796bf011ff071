"""What a person is told when a change cannot be made."""


class RefusedError(Exception):
    """The record is not in a state that allows the change; the message is a Swedish sentence for the person.

    Wrong state is not wrong person: a person who may not do it gets `PermissionDenied`. `field` names the input at
    fault, where there is one, so that a form can say it there.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
