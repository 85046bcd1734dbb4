"""One publisher's grid intensities over time a file; none knows another."""
