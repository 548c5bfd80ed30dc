"""Questions in a terminal: plain lines, which work in a pipe, over ssh, and with a screen reader."""

import textwrap
from collections.abc import Callable
from shutil import get_terminal_size
from typing import TypeVar

from jtai_plan.errors import JtaiError

QUIT = ("q", "quit")
Answer = TypeVar("Answer")


class Stop(Exception):  # not an error: the user has had enough
    """The user wants to stop."""


def ask(question: str, answer: Callable[[str], Answer]) -> Answer:
    """Ask the *question* until *answer* takes the line that is typed, and return what it makes of it. Raises Stop."""
    columns = get_terminal_size().columns
    *above, last = [part for each in question.split("\n") for part in textwrap.wrap(each, columns - 1) or [""]]
    while True:
        try:
            typed = input("\n".join([*above, f"{last} "])).strip()
        except EOFError:
            print()
            raise Stop from None
        if typed.casefold() in QUIT:
            raise Stop
        try:
            return answer(typed)
        except JtaiError as error:
            print(textwrap.fill(str(error), columns))
