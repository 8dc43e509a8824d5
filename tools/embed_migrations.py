#!/usr/bin/env python3
"""Writes the table of all migrations: embed_migrations.py FOLDER OUTPUT.c lists FOLDER/NNNN_what.sql by
number. Runs with every build, so that a new file is found; writes only when something changed."""
import hashlib, os, re, sys

folder, target = os.path.abspath(sys.argv[1]), sys.argv[2]
names = sorted(name for name in os.listdir(folder) if name.endswith('.sql'))
numbers = [re.fullmatch(r'(\d{4})_[a-z0-9_]+\.sql', name) for name in names]
if not all(numbers) or len({number[1] for number in numbers}) != len(names):
    sys.exit(f'{folder}: a file is not named NNNN_what.sql, or a number stands twice')

parts = ['#include "schema/schema_internal.h"\n']
rows = []
for name, match in zip(names, numbers):
    number, path = match[1], os.path.join(folder, name)
    with open(path, 'rb') as file:
        content = file.read()
    parts.append(f'''
/* {name} {hashlib.sha256(content).hexdigest()} */
__asm__(".pushsection .rodata\\n"
	"migration_{number}_bytes:\\n"
	".incbin \\"{path}\\"\\n"
	".byte 0\\n"
	".popsection\\n");
extern const char migration_{number}_bytes[];
static const struct str migration_{number} = {{ migration_{number}_bytes, {len(content)} }};
''')
    rows.append(f'\t{{ {int(number)}, &migration_{number} }}, /* {name[5:-4]} */\n')
parts.append('\nconst struct migration schema_migrations[] = {\n' + ''.join(rows) + '};\n')
parts.append(f'const size_t schema_migration_count = {len(rows)};\n')
text = ''.join(parts)
if not os.path.exists(target) or open(target, encoding='utf8').read() != text:
    with open(target, 'w', encoding='utf8') as out:
        out.write(text)
