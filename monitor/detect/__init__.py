"""What is new: pure decisions without I/O."""
