"""Who may do what next: three tables and the engine that reads them. Pure: no database, no web."""
