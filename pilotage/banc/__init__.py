"""The benchmark: its own database, invented situations in it, and what they take to count."""
