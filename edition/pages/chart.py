"""The chart of places in tournaments by year: where its marks stand. `templates/chart.html` draws it."""

from __future__ import annotations

from typing import Any

from edition.records import Result

WIDTH, LEFT, TOP, STEP = 640, 44, 24, 26
"""Measures of the drawing: its width, what the places take, the height of the first place, and of each further one."""
ASIDE = 11
"""How far a dot stands beside another of the same year and place."""


def chart(results: list[Result]) -> dict[str, Any] | None:
    """Return places and years with their coordinates, and a dot a tournament; None if no place is known."""
    placed = [(int(result.date[:4]), result) for result in results if result.place]
    if not placed:
        return None
    years = sorted({year for year, _ in placed})
    first, last, lowest = years[0], years[-1], max(result.place for _, result in placed)

    def x(year: int) -> int:
        return LEFT + round((year - first) * (WIDTH - LEFT - 24) / max(last - first, 1))

    def y(place: int) -> int:
        return TOP + (place - 1) * STEP

    spots = [(year, result.place) for year, result in placed]
    dots = [
        {"x": x(year) + spots[:number].count(spots[number]) * ASIDE, "y": y(each.place), "disputed": each.disputed}
        for number, (year, each) in enumerate(placed)
    ]
    dots = [
        {"x": x(year) + spots[:number].count(spots[number]) * ASIDE, "y": y(each.place), "disputed": each.disputed}
        for number, (year, each) in enumerate(placed)
    ]
    return {
        "width": WIDTH,
        "left": LEFT,
        "height": TOP + lowest * STEP + 12,
        "told": f"Places by year, {first} to {last}; the table below gives each tournament.",
        "places": [(place, y(place)) for place in range(1, lowest + 1)],
        "years": [(year, x(year)) for year in years],
        "dots": dots,
    }
