"""The one digest by which anything agreed is known again."""

import json
from hashlib import sha256
from typing import Any


def digest(values: Any) -> str:
    """The digest of *values*, such as JSON has, whatever the order of their keys."""
    return digest_of_bytes(json.dumps(values, sort_keys=True, ensure_ascii=False).encode())


def digest_of_bytes(content: bytes) -> str:
    """The digest of *content* as it is."""
    return "sha256:" + sha256(content).hexdigest()
