"""I am the front desk: the names you may rely on, and nothing else."""
