#!/usr/bin/env python3
"""Writes the rows of a table of data/ as rows of a C array: csv_rows.py INPUT.csv OUTPUT.inc

Lines that begin with # are comments. The first other line names the columns; a column whose name
begins with ! holds C (a number, an enum member), the others become string literals.
"""
import csv, sys

def literal(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"') + '"'

source, target = sys.argv[1:]
with open(source, encoding='utf8', newline='') as file:
    rows = list(csv.reader(line for line in file if not line.startswith('#')))
names, rows = rows[0], rows[1:]
with open(target, 'w', encoding='utf8') as out:
    for row in rows:
        if len(row) != len(names):
            sys.exit(f'{source}: {len(row)} cells instead of {len(names)}: {row}')
        cells = (cell if name.startswith('!') else literal(cell) for name, cell in zip(names, row))
        out.write('{ ' + ', '.join(cells) + ' },\n')
