"""The script that Streamlit runs when the package is installed without the checkout's `app.py`."""

from nlp.ui.pages import run

run()
