"""The script that Streamlit runs when the package is installed without the checkout's `app.py`."""

# Streamlit runs this file by its path, so it is in no package and cannot import relatively.
from nlp.ui.pages import run

run()
