"""Writes the JSON Schemas of the plan's files, from the models: `python schemas/generate.py`.

With `--check` it writes nothing, and exits with 1 where a schema is not what the models give.
"""

import json
import sys
from importlib import import_module
from pathlib import Path

from jtai_plan.model.noun import Noun

HERE = Path(__file__).parent
FILES = {
    "plan": "plan.Plan",
    "agency": "agency.Agency",
    "sign-off": "agency.SignOff",
    "return": "returns.Return",
    "board": "board.BoardRecord",
}


def schema(noun: str) -> str:
    """The JSON Schema of *noun*, a class of jtai_plan.model, with the docstrings of its fields as descriptions."""
    # Reading the docstrings takes long, so it is asked for here, before the models are made, and not when jtai runs.
    Noun.model_config["use_attribute_docstrings"] = True
    module, name = noun.split(".")
    model: type[Noun] = getattr(import_module(f"jtai_plan.model.{module}"), name)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | model.model_json_schema()
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    """Write every schema, or compare it."""
    stale = []
    for file, noun in FILES.items():
        path, text = HERE / f"{file}.schema.json", schema(noun)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    if stale:
        print(f"not what the models give: {', '.join(stale)}. Run: python schemas/generate.py", file=sys.stderr)
    return int(bool(stale))


if __name__ == "__main__":
    raise SystemExit(main())
