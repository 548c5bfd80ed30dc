"""What `jtai check` asks of a plan, as findings."""
