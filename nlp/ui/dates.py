"""Days as people say them."""

import datetime as dt


def day_of(moment: str) -> str:
    """Return the day of an ISO date and time: `today`, `yesterday`, or `3 March 2026`."""
    try:
        day = dt.datetime.fromisoformat(moment).date()
    except ValueError:
        return ""
    ago = (dt.datetime.now().date() - day).days
    return {0: "today", 1: "yesterday"}.get(ago, f"{day.day} {day:%B %Y}")
