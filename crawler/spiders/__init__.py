"""The sites. Each module declares one; `news` crawls any section URL."""
