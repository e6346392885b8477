"""The crash rig: the real service, killed at every statement, step and moment. See rig.py."""
