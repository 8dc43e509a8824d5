#!/usr/bin/env python3
"""Writes a C file that holds a data file: embed.py INPUT OUTPUT.c SYMBOL gives SYMBOL (struct str)."""
import os, sys

source, target, symbol = sys.argv[1:]
with open(target, 'w', encoding='utf8') as out:
    out.write(f'''#include "base/str.h"

__asm__(".pushsection .rodata\\n"
	"{symbol}_bytes:\\n"
	".incbin \\"{os.path.abspath(source)}\\"\\n"
	".byte 0\\n"
	".popsection\\n");
extern const char {symbol}_bytes[];
extern const struct str {symbol};
const struct str {symbol} = {{ {symbol}_bytes, {os.path.getsize(source)} }};
''')
