"""Invented situations that show the application at work: pure, deterministic, no Django."""

# What is written in a database that holds the demonstration, so that production refuses it.
MARQUE = "demonstration"
