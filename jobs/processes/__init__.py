"""Work in processes of its own: killed when it is stuck, several at a time, or on a cluster."""
