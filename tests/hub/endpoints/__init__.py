"""I am the endpoints, by subject: functions from the shelf and a call to an answer."""
