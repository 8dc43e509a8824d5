#!/usr/bin/env python3
"""Builds the browser application into a C file: build_web.py WEB OUTPUT.c DEPFILE FOLDER NODE.

WEB is the folder with package.json, FOLDER where Vite and the compressed copies go. OUTPUT.c holds the
table web_files (src/web/web.h); DEPFILE names what it was made from, folders too, so that a new source
is seen. Without NODE the table is empty.
"""
import gzip, mimetypes, os, shutil, subprocess, sys

# Element Plus and the charts set style attributes; style sheets come from files of our own only.
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
          "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
          "base-uri 'none'; frame-src 'self' blob:; frame-ancestors 'none'")
MEDIA = {'.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
         '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json'}
COMPRESSED = {'.js', '.css', '.html', '.svg', '.json'}


def files_below(folder):
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield os.path.join(place, name)


def blob(symbol, path):
    return f'''__asm__(".pushsection .rodata\\n"
	"{symbol}_bytes:\\n"
	".incbin \\"{os.path.abspath(path)}\\"\\n"
	".byte 0\\n"
	".popsection\\n");
extern const char {symbol}_bytes[];
static const struct str {symbol} = {{ {symbol}_bytes, {os.path.getsize(path)} }};
'''


def compress(path):
    target = path + '.gz'
    with open(path, 'rb') as plain, open(target, 'wb') as out:
        with gzip.GzipFile('', 'wb', 9, out, mtime=0) as packed:
            shutil.copyfileobj(plain, packed)
    return target if os.path.getsize(target) < os.path.getsize(path) else None


def table(folder):
    blobs, rows = [], []
    for i, path in enumerate(list(files_below(folder))):
        name = '/' + os.path.relpath(path, folder)
        ending = os.path.splitext(path)[1]
        media = MEDIA.get(ending) or mimetypes.guess_type(path)[0] or 'application/octet-stream'
        packed = compress(path) if ending in COMPRESSED else None
        is_page = name == '/index.html'
        blobs.append(blob(f'web_file_{i}', path))
        if packed:
            blobs.append(blob(f'web_file_{i}_gzip', packed))
        rows.append(f'''	{{ .path = "{name}", .media_type = "{media}", .content = &web_file_{i},
	  .gzip = {f'&web_file_{i}_gzip' if packed else 'NULL'},
	  .is_immutable = {'true' if name.startswith('/assets/') else 'false'},
	  .is_fallback = {'true' if is_page else 'false'},
	  .content_security_policy = {f'"{POLICY}"' if is_page else 'NULL'} }},
''')
    return '\n'.join(blobs), ''.join(rows)


def build(web, folder, node):
    shutil.rmtree(folder, ignore_errors=True)
    vite = os.path.join(web, 'node_modules/vite/bin/vite.js')
    done = subprocess.run([node, vite, 'build', '--outDir', os.path.abspath(folder), '--emptyOutDir', '--logLevel', 'warn'],
                          cwd=web, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(done.stdout)
    return table(folder)


def sources(web):
    yield from (os.path.join(web, name) for name in ('index.html', 'vite.config.ts', 'package-lock.json'))
    yield os.path.join(web, '../data/notices.csv')  # web/src/docket/notices.ts
    for top in ('src', 'public', 'report'):
        for place, folders, names in os.walk(os.path.join(web, top)):
            # what is made by a test, and tests, do not end up in the program
            folders[:] = sorted(name for name in folders if name != 'generated')
            yield place
            yield from (os.path.join(place, name) for name in sorted(names) if not name.endswith('.test.ts'))


def main():
    web, target, depfile, folder, *node = sys.argv[1:]
    blobs, rows = build(web, folder, node[0]) if node else ('', '')
    with open(target, 'w', encoding='utf8') as out:
        out.write('#include "base/str.h"\n#include "web/web.h"\n\n' + blobs +
                  '\nconst struct static_file web_files[] = {\n' + rows + '	{ .path = NULL },\n};\n')
    with open(depfile, 'w', encoding='utf8') as out:
        names = [path.replace(' ', '\\ ') for path in sources(web)] if node else []
        out.write(f'{target}: ' + ' \\\n  '.join(names) + '\n')


main()
