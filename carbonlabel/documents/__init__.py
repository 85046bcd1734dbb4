"""What is drawn from a disclosure: an output a file, and what outputs share; none computes."""
