"""The app's entry point for Streamlit; `gentle-draft app` runs it, with the gate and settings that keep it private."""

from nlp.ui.pages import run

run()
