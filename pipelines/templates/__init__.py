"""Forms to fill by hand, made from the same declarations by which filled ones are read."""
