"""Invented situations that show the application at work: pure, deterministic, no Django."""
