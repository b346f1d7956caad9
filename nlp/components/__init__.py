"""The spaCy components of the pipeline, one file each; their data is declared in `extensions`."""
