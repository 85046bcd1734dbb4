"""I change two places of a stranger's model card and not one byte more."""
