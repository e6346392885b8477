"""When things happen: polling, deciding, delivering, scheduling."""
