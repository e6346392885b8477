"""Whether an article is about the topic.

judge               by itself: position, share, acts and what the title speaks of
running             with what is under way; described and mentions are its evidence
"""
