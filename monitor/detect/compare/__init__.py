"""What reports claim, and whether two claim the same.

claims      the nouns: acts, quantities, days, names; how a story remembers them
heads       what the title and the first sentences of an article claim
guards      the one thing in which a report claims otherwise than all before it
otherwise   its helper for what no lexicon of acts holds: opposites, figures, denials
aligned     its helper for two reports in nearly the same words
"""
