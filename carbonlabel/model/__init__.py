"""The nouns: frozen facts with their units, no input, no output, no clock."""
