"""What a decision tells people.

reasons             why, and why not, in plain words
newly               what is new in it, in the words of the report
origins, credits    who really reported it
contested           different values for one fact
"""
