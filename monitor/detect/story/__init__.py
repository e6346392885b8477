"""Which story an article belongs to.

vectors       what an article is made of, to be compared by
memory        what a story remembers of its reports
stories       the open stories of a topic, with an index whose cost stays flat
imprints      by what a report is known when it runs again, years later
archive       what is left of stories that are not open any more
match_story   the nearest of them, by weighed evidence, and what the guards say of it
likeness      the evidence where nothing is watched
card, turns   the state of what is watched, and titles that move it or only look back
"""
