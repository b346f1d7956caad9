"""Fit the model again with the user's own examples, compare it with the one in use, and judge whether it may replace it.

`retrain` does all of it and writes nothing; `keep` writes the result as a version and makes it active where it passed.
`Job` runs both in a thread of its own, for the page.
"""
