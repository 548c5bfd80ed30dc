"""The files: where they lie, how they are read with the place of every value, and how one value is written."""
