"""The results page by depth: all works of a year, one work, one task."""
