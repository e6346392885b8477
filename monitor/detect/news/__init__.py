"""Whether there is news in it.

gate                statements that nobody made lately, weighed
moving, onward      what moves the card, what carries a story on
routine             what recurs as it was
revisions, diff     what an edit did
"""
