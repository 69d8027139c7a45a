"""Rows to files (XLSX, CSV); no database."""
