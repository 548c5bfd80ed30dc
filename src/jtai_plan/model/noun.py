"""What every file is made of: text, ids, dates and numbers, and the nouns that hold them."""

import re
from datetime import date
from typing import Annotated, Any, get_origin

from pydantic import (
    AfterValidator,
    AllowInfNan,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    StringConstraints,
)
from pydantic.types import Strict
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from jtai_plan.model.days import FIRST, LAST
from jtai_plan.model.text import CONTROLS


class Noun(BaseModel):
    """Something a file says. It cannot change once it is read, and takes no keys but its own.

    The noun of a whole file is compiled when the first such file is read; its parts are not compiled separately.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class MayBeEmpty:
    """Reads a key with nothing after it as an empty list or mapping."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        empty: object = () if get_origin(source) is tuple else {}
        inner = handler(source)
        return core_schema.no_info_before_validator_function(
            lambda value: empty if value is None else value,
            inner,
            json_schema_input_schema=core_schema.nullable_schema(inner),
        )


def _iso_day(value: object) -> object:
    # By itself, pydantic also reads 20181005 as a number of seconds.
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip())):
        return value.strip() if isinstance(value, str) else value
    raise PydanticCustomError("day", "a day is written year-month-day, such as 2018-10-05")


def _of_this_age(value: date) -> date:
    if FIRST <= value <= LAST:
        return value
    raise PydanticCustomError("day_age", "a day of a plan is of this age")


Text = Annotated[str, StringConstraints(strip_whitespace=True, pattern=rf"^[^{CONTROLS}]*$")]
Word = Annotated[Text, StringConstraints(min_length=1)]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=rf"^[^{CONTROLS}\n\u2028\u2029]*$"),
]
"""What something is called: it stands in headings, lists and other programs' lines, so it has no line of its own."""
Contact = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=254, pattern=r"^[^@\s<>,;:\"()]+@[^@\s<>,;:\"()]+\.[^@\s<>,;:\"()]+$"
    ),
]
"""An address to which mail goes."""
Day = Annotated[date, BeforeValidator(_iso_day), AfterValidator(_of_this_age)]
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict(), AllowInfNan(False)]
Flag = Annotated[bool, Strict()]

# An id carries a letter, so that YAML never takes it for a number: 1.10 would be read as 1.1.
ActionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9._-]*$")]
# These two are also the names of files and folders.
AgencyId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
PeriodId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$")]
DimensionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
RatingId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
