"""How each rating stands: against the trajectory, over time, and for the public."""
