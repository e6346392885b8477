"""What a sentence says: `facts` puts it together.

roles                      who does what to whom
moods                      whether it was done, or was not: by verbs, endings, matters
background, lasting        acts that a sentence only mentions, or that go on
asking                     titles that ask and tell nothing
places, hours, opposites   where, when of the day, and what no lexicon of acts holds
"""
