"""What plugins are made of and use: handles, parameters, views, and one interface per kind of plugin."""
