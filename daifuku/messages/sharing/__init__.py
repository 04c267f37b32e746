"""Sharing at the right time and depth: who is told of what, when, and how much of it."""
