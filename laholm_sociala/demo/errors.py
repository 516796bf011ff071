"""What stops the demo."""


class DemoError(Exception):
    """The demo cannot go on; the message is a Swedish sentence with a remedy."""
