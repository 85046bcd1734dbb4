"""The rules a disclosure is held to, a room for each kind."""
