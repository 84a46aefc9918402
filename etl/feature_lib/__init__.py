"""The name under which ETLs of the original service import their base class."""
