"""The server: ``streamlit run dashboard/app.py``; the data root is taken from ``KABINET_DATA``."""

import streamlit as st

from dashboard import saving, sheet
from dashboard.desk import routes

app = st.App("pages.py", routes=[*routes.routes(), *saving.routes(), *sheet.routes()])
