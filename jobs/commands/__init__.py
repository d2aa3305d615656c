"""One verb of the command line per module: read the arguments, call the job, print the result."""
