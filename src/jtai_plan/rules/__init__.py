"""The judgement: pure functions over what the files say. No files, no clock, no layout."""
