"""What is kept of a statement: its bytes, its schema, and its way back in."""
