"""The Excel forms of the agencies, out and back."""
