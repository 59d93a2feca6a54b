"""The commands, one file per topic; each imports the modules it needs when it is called."""
