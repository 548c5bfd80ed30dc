"""Personal data in free text: what is certain, and what only a person can tell."""
