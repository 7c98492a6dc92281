"""Intake for the pages: a process of its own, with everything loaded before the first file comes.

The pages and this process share a folder, ``queue`` under the data root, and plain JSON in it: neither can break
the other, a job outlives both, and it works the same on Windows. `queue` keeps the folder, `jobs` does the work,
`shown` says what came out as the page needs it, ``python -m pipelines.worker`` runs it all.
"""
