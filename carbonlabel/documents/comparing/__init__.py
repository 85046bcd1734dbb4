"""The documents of a comparison: text, Markdown, a page, facts, and the strip of bars.

Each is drawn from one finished face, which alone rounds. A strip is drawn only of what compares.
"""
