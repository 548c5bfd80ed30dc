"""Whether a return may be written, before anything is."""

from jtai_plan.errors import CannotDo, FilesAreWrong
from jtai_plan.files.load import Loaded
from jtai_plan.model.partnership import board_path, return_path
from jtai_plan.rules import wording
from jtai_plan.rules.seals.closing import closing_of


def refuse_what_is_closed_or_faulty(loaded: Loaded, agency: str, period: str) -> None:
    """Raise FilesAreWrong where nobody can tell what *agency* said for *period*, and CannotDo where it is closed."""
    paths = (board_path(period), return_path(agency, period))
    if faults := [fault.sentence for fault in loaded.faults if fault.path in paths]:
        raise FilesAreWrong(faults, "Nothing was written.")
    if closing := closing_of(loaded.trusted(), period):
        label, when = loaded.trusted().plan.periods[period].label, wording.day(closing.on)
        raise CannotDo(f"{label} was closed on {when}. A rating is changed there only openly: jtai rate --amend.")
