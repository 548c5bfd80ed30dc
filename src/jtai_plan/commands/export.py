"""`jtai export`: the plan, its ratings and its measures as tables for other tools."""

import json
from pathlib import Path

from jtai_plan.exchange.export import SCHEMA, as_csv, tables
from jtai_plan.files.atomic_write import write_whole
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import load
from jtai_plan.output.terminal import from_here, line, note, show


def export(start: Path | None, *, as_csv_files: bool, out: Path | None) -> int:
    """Print the tables as one JSON document, or write each as a CSV file and print its path."""
    loaded = load(find_root(start))
    made = tables(loaded.trusted())
    for fault in loaded.faults:
        note(fault.sentence)
    if not as_csv_files:
        print(json.dumps({"schema": SCHEMA, **made}, ensure_ascii=False, indent=2))
        return 0
    folder = out if out is not None else loaded.root / "export"
    for name, rows in made.items():
        # Excel needs the mark at the start to read UTF-8.
        write_whole(folder / f"{name}.csv", as_csv(rows).encode("utf-8-sig"))
        show([line(from_here(folder / f"{name}.csv"))])
    return 0
