"""What the pages that join several apps show."""
