"""The trail: what the git repository of a plan says of its files, asked of the git command and of nothing else."""
