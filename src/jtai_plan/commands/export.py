"""`jtai export`: the plan, its ratings, measures and evidence as tables for other tools."""

import json
from pathlib import Path

from jtai_plan.commands.writing import write_files
from jtai_plan.exchange.export import COLUMNS, SCHEMA, as_csv, as_workbook, tables
from jtai_plan.files.layout import find_root
from jtai_plan.files.load import load
from jtai_plan.output.terminal import note


def export(start: Path | None, form: str, out: Path | None) -> int:
    """Print the tables as one JSON document, or write them as CSV files or one workbook and print each path."""
    loaded = load(find_root(start))
    made = tables(loaded.trusted())
    for fault in loaded.faults:
        note(fault.sentence)
    if form == "json":
        print(json.dumps({"schema": SCHEMA, **made}, ensure_ascii=False, indent=2))
        return 0
    if form == "xlsx":
        files = {"export.xlsx": as_workbook(loaded.trusted().plan.title, made)}
    else:
        # Excel needs the mark at the start to read UTF-8.
        files = {f"{name}.csv": as_csv(COLUMNS[name], rows).encode("utf-8-sig") for name, rows in made.items()}
    write_files(out or loaded.root / "export", files, out or loaded.root)
    return 0
