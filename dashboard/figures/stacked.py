"""People in groups as bars from zero, one a name: order and numbers say what colour says."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.figures.base import figure, legend_above, name_axis, plain_axis, row_height
from dashboard.theme import Look


def stacked(rows: Sequence[tuple[str, Sequence[int]]], groups: Sequence[str], look: Look) -> go.Figure:
    """Bars in the given order; the number of people stands in every part, the groups' names above."""
    labels = [label for label, _ in rows]
    most = max((sum(counts) for _, counts in rows), default=1)
    fig = figure(
        look,
        height=(row_height(labels) + 6) * len(rows) + 106,
        barmode="stack",
        bargap=0.3,
        showlegend=True,
        legend=legend_above(look),
        margin={"l": 8, "r": 16, "t": 58, "b": 44},
        xaxis={**plain_axis(look), "range": [0, most * 1.02], "showgrid": True, "gridcolor": look.line, "nticks": 6,
               "title": {"text": "Участников", "font": {"size": 12, "color": look.muted}}},
        yaxis=name_axis(look, labels),
    )  # fmt: skip
    fills = [(look.tint, look.ink), *look.ramp[1:]]
    for at, group in enumerate(groups):
        fill, text = fills[at]
        counts = [values[at] for _, values in rows]
        fig.add_trace(
            go.Bar(
                name=group, y=list(range(len(rows))), x=counts, orientation="h",
                marker={"color": fill, "line": {"color": look.orange if at == 0 else look.edge, "width": 1}},
                text=[str(count) if count else "" for count in counts], textposition="inside",
                insidetextanchor="middle",
                textangle=0, constraintext="none", textfont={"color": text, "size": 12},
                hovertext=[f"<b>{label}</b><br>{group}: {count}" for label, count in zip(labels, counts, strict=True)],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )  # fmt: skip
    return fig
