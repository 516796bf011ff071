"""What the demo decides before the settings are read. Imports nothing from Django."""

import os
from argparse import ArgumentError, ArgumentParser

DEFAULT_PORT = 8000
HOST = "127.0.0.1"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the demo's own choices to a command line."""
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help=f"porten på den egna datorn, annars {DEFAULT_PORT}"
    )


def address(port: int) -> str:
    """Return where the portal is reached."""
    return f"http://{HOST}:{port}"


def prepare(arguments: list[str]) -> None:
    """Turn the demo on, reached by this computer alone at the port of the command line."""
    parser = ArgumentParser(add_help=False, exit_on_error=False)
    add_arguments(parser)
    try:
        port = parser.parse_known_args(arguments)[0].port
    except ArgumentError:  # the command itself refuses, in words
        port = DEFAULT_PORT
    os.environ["DEMO"] = "1"
    os.environ["PUBLIC_URL"] = address(port)
