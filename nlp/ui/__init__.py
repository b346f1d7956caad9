"""The pages of the app: each page is one file; `server.py` runs them on this computer only."""
