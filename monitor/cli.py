"""The commands people type."""


def main() -> None:
    """Run the command line."""
