#!/bin/sh
# Writes the .tsv files beside this script; arguments go to psql. See README.md.
set -eu
cd "$(dirname "$0")"
for part in numeric floats integers datetime intervals zones text formats rows regex; do
    [ -f "$part.sql" ] || continue
    cat common.sql "$part.sql" | PGTZ=UTC psql "$@" -X -q -At -v ON_ERROR_STOP=1 | sed "/^$/d" > "$part.tsv"
done
