"""Which of the kept examples a window looks at, and in what order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..feedback import Kept, Order, State, Store
from ..schema import LABELS

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Sift:
    """An order and what an example must have; empty means any."""

    order: Order = Order.newest
    #: A label, or `clear` for sentences without one.
    label: str = ""
    state: str = ""
    since: str = ""
    until: str = ""
    limit: int = AT_ONCE

    @classmethod
    def of(cls, act: Mapping[str, Any]) -> "Sift":
        """Return what the page asks for; what makes no sense is left out."""
        return cls(
            order=Order.uncertain if act.get("order") == "uncertain" else Order.newest,
            label=_one_of(act.get("label"), (*LABELS, "clear")),
            state=_one_of(act.get("state"), tuple(State)),
            since=_day(act.get("since")),
            until=_day(act.get("until")),
            limit=max(AT_ONCE, min(int(act.get("limit") or 0), 2_000)),
        )

    def find(self) -> list[Kept]:
        """Return the examples, one more than the limit where there are more."""
        label = next((each for each in LABELS if each == self.label), None)
        return Store().find(
            order=self.order,
            states=[State(self.state)] if self.state else (),
            label=label,
            clear=self.label == "clear",
            since=self.since,
            until=self.until,
            limit=self.limit + 1,
        )


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    return str(value) if value in allowed else ""


def _day(value: object) -> str:
    return str(value) if _DAY.fullmatch(str(value or "")) else ""
