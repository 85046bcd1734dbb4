"""The charts of a report, as small SVG drawings: bars, and figures over time."""
