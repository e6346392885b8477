"""What a sentence says.

facts                      its acts and quantities: who did what, and whether it was done
keys                       the short strings by which what was said is known again
roles                      which of the sides in it does an act
moods                      whether an act was done, planned, ordered, denied ...
verbs, endings, matters    helpers of `moods`: what the grammar of a language says of it
background, lasting        acts that a sentence only mentions, or that merely go on
awaited                    what is only waited for
begun                      hours of today that have passed, from which an act holds
hedged                     what is told as likely, and not for sure
unchanged                  titles that say that all is as it was
unable                     what somebody could not do
doubt                      acts of which it says that they are hardly to come
asking                     titles that ask, and so tell nothing
places, hours, opposites   where it was, at what hour, and what no lexicon of acts holds
"""
