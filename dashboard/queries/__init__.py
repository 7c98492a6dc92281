"""What pages ask the marts: every SQL of the screens is in this package, none in the pages.

`Queries` is one snapshot's answers. How answers are remembered is given from outside: the application keeps
them in Streamlit's cache under the release's id, the report does not need to.
"""

from dashboard.queries.core import Cut, Queries, School

__all__ = ["Cut", "Queries", "School"]
