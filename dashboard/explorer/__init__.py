"""Обозреватель: any indicator in any cut, as the chart that fits it."""
