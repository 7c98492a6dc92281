"""The page of reports: choose, look, write one's own words, make, fetch. The making runs in a process of its own."""
