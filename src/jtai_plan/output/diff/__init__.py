"""What `jtai diff` prints."""
