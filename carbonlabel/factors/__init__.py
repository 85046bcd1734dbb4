"""What the world says: dated tables, and who said it."""
