"""How measurements are told."""


def print_table(rows: list[tuple[str, ...]], heading: tuple[str, ...] | None = None) -> None:
    """What was measured, its ratio or none, the figures themselves, and perhaps what is to be reached."""
    rows = ([heading] if heading else []) + rows
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    if heading:
        print()
    for row in rows:
        cells = [f"{cell:>{max(8, width)}}" if place == 1 else f"{cell:{width}}" for place, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join([*cells, row[-1]]).rstrip())
