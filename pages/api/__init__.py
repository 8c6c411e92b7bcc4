"""The interface for the hub's own platform: HTTP and JSON beside the pages, behind the same gate and journal."""
