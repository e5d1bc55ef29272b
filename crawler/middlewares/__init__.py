"""Downloader middlewares: how politely, and from where, pages are fetched."""
