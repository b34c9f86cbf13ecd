"""Facts in columns of small integers: how they are selected, packed, loaded and kept fresh."""
