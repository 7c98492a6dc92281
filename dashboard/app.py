"""The dashboard: ``streamlit run dashboard/app.py``; the data root is taken from ``KABINET_DATA``."""

from dashboard.shell import run

run()
