"""The rooms of the report: each makes one section, or none where it has nothing to say."""
