"""One output a file; none computes."""
