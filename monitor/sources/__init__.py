"""What the world says: fetching, decoding and parsing feeds."""
