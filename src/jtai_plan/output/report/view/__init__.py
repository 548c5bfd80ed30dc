"""What a report says, ready to be laid out: the one view model that every format prints.

Everything here is words, numbers and names; a template decides only where they go. What people typed is plain text, and
each format escapes it.
"""
