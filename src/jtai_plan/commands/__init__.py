"""One module for each command: load, judge, show."""
