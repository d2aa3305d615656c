"""One kind of source, one file; each is announced as an entry point of `tracker.connectors`."""
