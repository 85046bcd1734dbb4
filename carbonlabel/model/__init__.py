"""The nouns: frozen facts with their units, no input, no output, no clock.

The modules of pydantic's classes do without postponed annotations: pydantic would have to read each
from a text again, and every command would wait for it. `region` alone has them, as the place that
it describes may hold a series or contracts, which few commands load.
"""
