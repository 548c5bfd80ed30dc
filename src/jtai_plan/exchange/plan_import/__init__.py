"""A plan read from the tables of a Word or Excel file."""
