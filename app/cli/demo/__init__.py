"""The demo: the two roundtables of 2021, a live one, and people who answer; made through the use-cases."""
