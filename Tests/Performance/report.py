"""How measurements are told."""


def print_table(rows: list[tuple[str, str, str]], heading: tuple[str, str, str] | None = None) -> None:
    """What was measured, its ratio or none, and the figures themselves."""
    width = max(len(row[0]) for row in rows)
    if heading:
        print()
    for what, ratio, measured in ([heading] if heading else []) + rows:
        print(f"{what:{width}}  {ratio:>8}  {measured}")
