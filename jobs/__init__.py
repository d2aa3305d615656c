"""When things run and what they touch: ingest, rendering, schedule, command line.

The modules beside this one are jobs: a verb each (`ingest`, `assess`, `render`, `publish`,
`replay`, `forget`, ...), a plain function first, which `commands` and `work` call. The rooms are
what they share, from the ground up:

settings     what `tracker.toml` says
runs         how a run ended, its parts, who may run
fetch        the only one who talks to the network
reading      claims and places of texts
processes    work that can be killed, spread, or sent to a cluster
documents    one document out of each format: page, feed, mail, table
connector    what a connector is and what several share; `connectors` holds one source kind a file
ingest_texts from documents to committed claims; `sources` reads all that are set
briefings    which are due, their editions
schedule     when jobs run
commands     one verb of the command line each
"""
