"""One file a command: parse the options, build what is needed, call it, print what came out."""
