"""Sections of an organisation's card."""
