"""Broadsheet's tests, one folder per room, and the newsroom that serves them."""
