#!/usr/bin/env python3
"""Writes the rows of a table of data/ as rows of a C array: csv_rows.py INPUT.csv OUTPUT.inc

Lines that begin with # are comments. The first other line names the columns; a column whose name
begins with ! holds C (a number, an enum member), one with ~ words that are folded as words_fold() in
src/patent/words.c does, the others become string literals. A comment with "Sorted by" is a promise the C code relies on (bsearch) and is checked for the first column.
"""
import csv, sys

def literal(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"') + '"'

def folded(text):
    return ''.join(c for c in text.lower() if c.isalnum() and c != '的' or c in ':=*')

def cell_text(name, cell):
    if name.startswith('!'):
        return cell
    return literal(folded(cell) if name.startswith('~') else cell)

source, target = sys.argv[1:]
with open(source, encoding='utf8', newline='') as file:
    lines = list(file)
rows = list(csv.reader(line for line in lines if not line.startswith('#')))
names, rows = rows[0], rows[1:]
keys = [row[0].encode() for row in rows]
if any(line.startswith('#') and 'Sorted by' in line for line in lines) and keys != sorted(set(keys)):
    sys.exit(f'{source}: not sorted, or a key twice')
with open(target, 'w', encoding='utf8') as out:
    for row in rows:
        if len(row) != len(names):
            sys.exit(f'{source}: {len(row)} cells instead of {len(names)}: {row}')
        out.write('{ ' + ', '.join(map(cell_text, names, row)) + ' },\n')
