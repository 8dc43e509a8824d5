#!/usr/bin/env python3
"""Imports a JSON-lines corpus with the real program into a fresh data folder and prints, tab-separated:
what, documents, seconds, documents/s, peak resident MiB, size on disk MiB.

usage: bench_import.py YUCHENG CORPUS.jsonl FOLDER
"""
import os
import shutil
import sys
import time


def run(arguments):
    """Runs a program and returns (seconds, peak resident MiB, what it printed)."""
    reader, writer = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(writer, 1)
        os.execv(arguments[0], arguments)
    os.close(writer)
    printed = b''.join(iter(lambda: os.read(reader, 65536), b''))
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f'{" ".join(arguments)} ended with {os.waitstatus_to_exitcode(status)}')
    return time.monotonic() - started, usage.ru_maxrss / 1024, printed.decode()


def size_of(folder):
    return sum(os.path.getsize(os.path.join(path, name))
               for path, _, names in os.walk(folder) for name in names) / 2**20


def main():
    program, corpus, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    seconds, peak, _ = run([program, 'import', '--data', folder, '--quiet', corpus])
    _, _, answer = run([program, 'search', 'ALL', '--count', '--data', folder])
    documents = int(''.join(c for c in answer.split()[0] if c.isdigit()))
    print('what', 'documents', 'seconds', 'documents/s', 'peak MiB', 'disk MiB', sep='\t')
    print('import', documents, f'{seconds:.1f}', f'{documents / seconds:.0f}', f'{peak:.0f}',
          f'{size_of(folder):.0f}', sep='\t')
    seconds, peak, _ = run([program, 'import', '--data', folder, '--quiet', corpus])
    print('again', documents, f'{seconds:.1f}', f'{documents / seconds:.0f}', f'{peak:.0f}',
          f'{size_of(folder):.0f}', sep='\t')


main()
