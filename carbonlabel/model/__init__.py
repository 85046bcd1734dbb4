"""The nouns: frozen facts with their units, no input, no output, no clock.

Where a field's type can be written as it is, its module does without postponed annotations:
pydantic would have to read each from a text again, and every command would wait for it.
"""
