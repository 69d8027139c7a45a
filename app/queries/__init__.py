"""Reads: find_x may answer None, get_x raises NotFound, list_x, count_x."""
