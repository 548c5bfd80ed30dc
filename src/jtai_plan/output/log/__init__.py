"""What `jtai log` prints."""
