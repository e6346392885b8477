"""What is said, and that it arrives."""
