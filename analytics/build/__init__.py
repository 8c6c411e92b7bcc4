"""The batch: from a folder of files to a published snapshot."""
