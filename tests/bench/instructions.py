#!/usr/bin/env python3
"""Instructions of the hot paths under callgrind, beside those kept in instructions.tsv: they do not depend on what else the
machine does, so that a path that has become slower shows in review.
instructions.py BENCH-INSTRUCTIONS FOLDER [--update]

Prints, separated by tabs: NAME KEPT NOW RATIO. Exit status 1 when one differs by more than 2 % (less is also told: write the
new number down with --update), 77 without valgrind.
"""
import os, re, shutil, subprocess, sys

TOLERANCE = 0.02
KEPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'instructions.tsv')


def count(program, name, folder):
    index = os.path.join(folder, 'index')
    if name.startswith('index'):  # it changes the index: one of its own
        index += '-' + name
        shutil.rmtree(index, ignore_errors=True)
    if not os.path.exists(os.path.join(index, 'CURRENT')):
        subprocess.run([program, 'tokens', index], check=True)
    told = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', '--toggle-collect=measured',
                           program, name, index], check=True, text=True, stderr=subprocess.PIPE).stderr
    return int(re.search(r'Collected : (\d+)', told).group(1))


def main():
    program, folder = sys.argv[1:3]
    if not shutil.which('valgrind'):
        print('no valgrind', file=sys.stderr)
        return 77
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    kept = {}
    if os.path.exists(KEPT):
        with open(KEPT, encoding='utf8') as file:
            kept = dict(line.split('\t') for line in file if '\t' in line)
    names = subprocess.run([program], check=True, text=True, stdout=subprocess.PIPE).stdout.split()
    now = {name: count(program, name, folder) for name in names}
    if '--update' in sys.argv:
        with open(KEPT, 'w', encoding='utf8') as file:
            file.writelines('%s\t%d\n' % row for row in now.items())
    differs = False
    for name, number in now.items():
        before = int(kept.get(name, 0))
        ratio = number / before if before else float('inf')
        differs |= abs(ratio - 1) > TOLERANCE
        print(name, before, number, '%.3f' % ratio, sep='\t')
    return 1 if differs and '--update' not in sys.argv else 0


sys.exit(main())
