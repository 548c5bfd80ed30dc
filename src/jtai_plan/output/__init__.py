"""Printing what the rules computed: lines in a terminal, JSON, and reports from templates."""
