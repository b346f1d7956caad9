"""The making of the shipped models: run once by a maintainer, never at run time."""
