"""What reports claim, and whether two claim the same.

claims              the head of a report as short typed strings, kept with its story
guards              one token that makes a known report a new one
otherwise, aligned  the same without a lexicon of acts: other words, other figures, other names
"""
