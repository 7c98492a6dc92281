"""The demonstration district: an invented district whose files look like real ones."""

from pipelines.demo.generate import DEFAULT_SCHOOLS, DEFAULT_SEED, generate

__all__ = ["DEFAULT_SCHOOLS", "DEFAULT_SEED", "generate"]
