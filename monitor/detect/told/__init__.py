"""What a decision tells people.

reasons             why, and why not, in plain words
origins, credits    who really reported it
contested           different values for one fact
"""
