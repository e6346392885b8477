"""What stands in a text. `reading` is the whole of it: sentences with the words found in them.

text, tongue        folded and cut; a language's lexicon, compiled
match, vocabulary   all words of all lexicons in one pass
names, topic        what packs give: names, acts, sides, the card
gazetteer, governments, sides      places of the world, who governs them, who is a side
opened, watch       an article opened once for all topics, and which of them it can concern
numbers, numerals, dates, clocks, dateline   quantities and moments
abroad, unsaid      names that count for nothing
"""
