#!/usr/bin/env python3
"""Prepares every SQL statement of the program: statements.py BUILD SOURCE PREPARE TARGET

The statements are the string constants of the compiled objects under src/ that begin with an SQL
verb, so that macros and joined literals are whole. Every such literal in the source must be found
among them, or the test fails: none is missed in silence. Constants with "%" or an open end are pieces which the
record machine puts together; they may stand in src/record only, and PREPARE walks the lists of every
type with every filter, sort and role. TARGET: a file to make, or "postgresql" for the server of
$YUCHENG_POSTGRESQL.
"""
import json, os, re, subprocess, sys

DRIVERS = ('src/db/sqlite.c', 'src/db/postgresql.c')  # speak to one database, at every start
VERBS = r'(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) '
TEXT = rb'[ -~\t\n\x80-\xff]'
CONSTANT = re.compile(rb'(?<!' + TEXT + rb')(' + VERBS.encode() + TEXT + rb'+)\0')
COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|/\*.*?\*/|//[^\n]*', re.S)
# Scripts run whole with every migration, which is their test.
SCRIPT = re.compile(rb'(?:CREATE|DROP|ALTER) ' + TEXT + rb'+')
LITERAL = re.compile(r'"(' + VERBS + r'(?:[^"\\]|\\.)*)"')


def objects(build, source):
    with open(os.path.join(build, 'compile_commands.json'), encoding='utf8') as file:
        for entry in json.load(file):
            if entry['output'].startswith('src/'):
                path = os.path.normpath(os.path.join(entry['directory'], entry['file']))
                name = os.path.relpath(path, source)
                if name.startswith('src/') and name not in DRIVERS:
                    yield os.path.join(build, entry['output']), path


def statements_of(build, source):
    for built, path in objects(build, source):
        with open(built, 'rb') as file:
            content = file.read()
        found = [text.decode() for text in CONSTANT.findall(content)]
        scripts = [text.decode() for text in SCRIPT.findall(content)]
        with open(path, encoding='utf8') as file:
            source_text = COMMENT.sub(r'\1', file.read())
        written = [text.replace('\\"', '"') for text in LITERAL.findall(source_text)]
        name = os.path.relpath(path, source)
        for text in written:
            if re.fullmatch(VERBS, text) and name.startswith(('src/record/', 'src/db/')):
                continue
            if not any(text in whole for whole in found + scripts):
                sys.exit(f'{name}: not found in its object: {text}')
        for text in found:
            if '%' not in text and not text.endswith((' ', '(')):
                yield text
            elif not name.startswith(('src/record/', 'src/db/')):
                sys.exit(f'{name}: put together at run time: {text}')


def main():
    build, source, prepare, target = sys.argv[1:]
    texts = list(statements_of(build, source))
    if target == 'postgresql':
        target = os.environ['YUCHENG_POSTGRESQL']
    elif os.path.exists(target):
        os.remove(target)
    print(f'{len(texts)} statements')
    done = subprocess.run([prepare, target], input='\0'.join(texts + ['']).encode())
    sys.exit(done.returncode)


if __name__ == '__main__':
    main()
