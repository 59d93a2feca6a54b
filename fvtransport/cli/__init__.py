"""The commands, one file per topic; what they need is imported when one of them is called."""
