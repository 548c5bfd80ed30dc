"""Files for people who do not use git: forms out and back, tables, and the plan they had before."""
