"""What a person is told when a change cannot be made."""


class RefusedError(Exception):
    """The record is not in a state that allows the change; the message is a Swedish sentence for the person.

    Wrong state is not wrong person: a person who may not do it gets `PermissionDenied`.
    """
