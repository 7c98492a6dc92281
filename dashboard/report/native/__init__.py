"""Charts that an office program can edit, made from the figures of the screens; no browser takes part."""
