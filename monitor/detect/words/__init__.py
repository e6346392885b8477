"""What stands in a text. `reading` is the whole of it: sentences with the words found in them.

text, tongue        folded and cut; a language's lexicon, compiled
match, vocabulary   all words of all lexicons in one pass
names, topic        what packs give: names, acts, sides, the card
company             what has to stand beside a short name
lookalikes          which watched things a text tells apart from what is only like them
gazetteer, governments   places of the world, and who governs them
sides, deeds        who is a side, and kinds of acts, by their ids
opened, watch       an article opened once for all topics, and which of them it can concern
numbers, numerals, dates, dateline, clocks, spoken   quantities and moments, in figures and words
abroad, unsaid      names that count for nothing
doubtful            words of a pack that take too much
"""
