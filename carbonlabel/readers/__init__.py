"""One foreign format a file; none knows another."""
