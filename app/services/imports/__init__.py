"""Imports: draft, correct, confirm, undo, write the letters."""
