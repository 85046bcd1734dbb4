"""What readers share: how a stranger's text becomes figures, tables and times."""
