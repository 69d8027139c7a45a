"""Invitations: invite, set the terms, send the letters, record the answers, keep the links."""
