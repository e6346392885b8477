"""What an operator writes, validated and frozen."""
