"""Which story an article belongs to.

vectors, likeness   what it is made of, and how like a story it is
stories             the open stories, with an index that stays flat
match_story         candidates, guards, then weighed evidence
card, turns         the state of what is watched, and titles that move it
"""
