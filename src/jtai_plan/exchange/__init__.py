"""What goes out to those who never use git, and comes back from them: forms, tables, and the plan they had before."""
