"""The reports: one view, four formats."""
