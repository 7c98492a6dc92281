"""What Streamlit runs for every visitor, at every step."""

from dashboard.shell import run

run()
