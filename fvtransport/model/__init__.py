"""What plugins are made of and speak of: handles, parameters, views, and one interface per kind of plugin."""
