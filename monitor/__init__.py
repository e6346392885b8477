"""Liaison Monitor: polls news feeds, detects what is new about a topic, and pushes alerts."""

__version__ = "0.1.0"
