"""I look at other places and other times for a job: what they would change, and how surely."""
