"""Whether there is news in it.

moving      what its title tells that moves the state card
onward      what carries a story on though all its acts were told
gate        what it states that nobody stated lately, and what that is worth
vouched     whether any sentence gives a source or a day for it
rerun       a report of long ago that runs again
routine     titles that only tell that all is as it was
revisions   how much an edit matters
swaps       what an edit exchanged for something else of its kind
diff        what changed between two texts, in words
"""
