"""What to fetch, and how politely: spiders, discovery, middlewares, extensions, commands."""
