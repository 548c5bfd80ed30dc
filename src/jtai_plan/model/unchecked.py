"""Reading values that nobody has checked, such as those of an old file: a value of another kind says nothing."""

from typing import Any

from jtai_plan.model.text import one_line


def mapping(value: object) -> dict[str, Any]:
    """*value* if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """*value* if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """*value* as one line if it is text, else nothing."""
    return one_line(value) if isinstance(value, str) else ""
