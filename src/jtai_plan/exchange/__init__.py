"""What goes out to those who never use git, and comes back from them: Excel forms; and tables for other tools."""
