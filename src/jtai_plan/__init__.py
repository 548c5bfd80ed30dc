"""Runs the quarterly cycle of a multi-agency action plan that is kept as YAML in a git repository."""
