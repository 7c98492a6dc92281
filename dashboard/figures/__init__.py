"""Charts as pure functions: numbers in, a plotly figure out; one module a kind of chart.

They know nothing of pages, widgets or data. What may be drawn is already decided by `dashboard.display`.
Import them when a chart is drawn, not before: plotly is heavy and the first screen does without it.
"""
