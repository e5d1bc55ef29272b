"""What happens beside the crawl: checks before it, progress while it runs, a report after it."""
