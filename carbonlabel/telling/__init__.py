"""What a reviewer asks for: how a figure came about, traced to its origin."""
