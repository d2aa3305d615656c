"""When things run and what they touch: ingest, rendering, schedule, command line."""
