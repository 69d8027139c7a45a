"""Rules: plain Python, no input or output, no framework."""
