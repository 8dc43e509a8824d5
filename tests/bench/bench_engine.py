#!/usr/bin/env python3
"""The engine beside Lucene (Debian's liblucene8-java) and SQLite FTS5, on the same documents and
queries, in one run: bench_engine.py MATERIAL BENCH-INDEX CORPUS.jsonl FOLDER [RUNS]

MATERIAL is the folder of the benchmark (PeerLucene.java, peer_sqlite.c, queries.tsv). Prints, separated
by tabs, a line a query: NAME HITS PEER_HITS COUNT_RATIO FACETS_RATIO TOP10_RATIO (the peer's time
over ours; "-" where none is asked for), then build, size and memory; ratios are withheld when the
hits differ by more than 0.5 %. Exit status 1 when a figure falls short of its bar, 77 without Java or Lucene.
"""
import glob, os, shutil, subprocess, sys

# What must be reached at least, as (count, facets, top 10) against Lucene; None: not asked for.
BARS = {
    'term-en': (None, 8, 1), 'term-zh': (None, None, 1), 'phrase-zh': (2, None, 1), 'phrase-en': (2, None, 1),
    'and-2': (5, None, 1), 'or-10': (5, None, 1), 'concept-ipc': (5, None, 1), 'range-facet': (5, 8, 1),
    'ipc-broad': (5, 8, None), 'nested-not': (5, None, 1), 'rare-phrase': (None, None, 1), 'all': (None, 50, None),
}
BUILD_BAR, SIZE_BAR, MEMORY_BAR, FTS_BAR = 4, 1, 1, 2
HITS_DIFFER = 0.005


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(*command, **options):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, **options).stdout


def rows(text):
    return [line.split('\t') for line in text.splitlines()]


def ours(bench_index, corpus, folder, queries, runs):
    index = os.path.join(folder, 'index')
    shutil.rmtree(index, ignore_errors=True)
    say('our index')
    figures = {row[0]: row[1:] for row in rows(run(bench_index, '--build', corpus, index))}
    say('our queries')
    asked = rows(run(bench_index, '--ask', index, queries, str(runs)))
    return {
        'seconds': float(figures['build'][1]), 'size': float(figures['size'][0]),
        'memory': sum(map(float, next(row[1:] for row in asked if row[0] == 'memory'))),
        'queries': {row[1]: (int(row[2]), *map(float, row[3:])) for row in asked if row[0] == 'query'},
    }


def number(text):
    return float(text.split()[-2])


def peak_memory(command):
    """Output and the resident set at its highest, in MB."""
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE) as process:
        output, peak = process.stdout.read(), 0
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit('%s failed' % command[0])
    peak = usage.ru_maxrss / 1024
    return output, peak


def lucene(material, corpus, folder, queries, runs):
    jars = ':'.join(glob.glob('/usr/share/java/lucene-*.jar'))
    classes, index = os.path.join(folder, 'classes'), os.path.join(folder, 'lucene')
    shutil.rmtree(index, ignore_errors=True)
    say("Lucene's index")
    run('javac', '-nowarn', '-cp', jars, '-d', classes, os.path.join(material, 'PeerLucene.java'),
        stderr=subprocess.DEVNULL)
    java = ['java', '-Xmx6g', '-cp', jars + ':' + classes, 'PeerLucene']
    built = rows(run(*java, 'index', corpus, index))[0]
    say("Lucene's queries")
    output, memory = peak_memory(java + ['query', index, queries, str(runs)])
    return {
        'seconds': number(built[2]), 'size': float(built[4].split()[0]), 'memory': memory,
        'queries': {row[0]: (int(row[1].split()[0]), *map(number, row[2:])) for row in rows(output)},
    }


def fts5(material, corpus, folder):
    """Seconds of SQLite's full-text index, or None when its program cannot be built."""
    program = os.path.join(folder, 'peer_sqlite')
    try:
        run('cc', '-O2', '-w', '-o', program, os.path.join(material, 'peer_sqlite.c'), '-lsqlite3', '-lm')
        database = os.path.join(folder, 'fts5.db')
        if os.path.exists(database):
            os.remove(database)
        say("SQLite's index")
        for row in rows(run(program, 'index', corpus, database, stderr=subprocess.DEVNULL)):
            for cell in row:
                if cell.endswith(' s'):
                    return float(cell.split()[0])
    except (subprocess.CalledProcessError, OSError):
        pass
    return None


def judge(name, ratio, bar, shortfalls):
    if bar is not None and (ratio is None or ratio < bar):
        shortfalls.append('%s %s, asked for %g' % (name, '-' if ratio is None else '%.2f' % ratio, bar))
    return '-' if ratio is None else '%.2f' % ratio


def compare(mine, peer):
    shortfalls = []
    for name, (hits, *times) in mine['queries'].items():
        peer_hits, *peer_times = peer['queries'][name]
        same = abs(hits - peer_hits) <= HITS_DIFFER * max(peer_hits, 1)
        ratios = [theirs / own if same else None for theirs, own in zip(peer_times, times)]
        shown = [judge('%s %s' % (name, what), ratio, bar, shortfalls) for what, ratio, bar
                 in zip(('count', 'facets', 'top10'), ratios, BARS.get(name, (None,) * 3))]
        print(name, hits, peer_hits, *shown, sep='\t')
    for what, bar in (('seconds', BUILD_BAR), ('size', SIZE_BAR), ('memory', MEMORY_BAR)):
        name = 'build' if what == 'seconds' else what
        print(name, judge(name, peer[what] / mine[what], bar, shortfalls), sep='\t')
    return shortfalls


def main():
    material, bench_index, corpus, folder = sys.argv[1:5]
    runs = int(sys.argv[5]) if len(sys.argv) > 5 else 51
    if not shutil.which('javac') or not glob.glob('/usr/share/java/lucene-core*.jar'):
        say('no Java or no Lucene: liblucene8-java, default-jdk-headless')
        return 77
    os.makedirs(folder, exist_ok=True)
    queries = os.path.join(material, 'queries.tsv')
    # Folding is ours: both engines read texts that are folded already, so that they find the same.
    folded = os.path.join(folder, 'folded.jsonl')
    if not os.path.exists(folded) or os.path.getmtime(folded) < os.path.getmtime(corpus):
        run(bench_index, '--fold', corpus, folded)
    mine = ours(bench_index, folded, folder, queries, runs)
    shortfalls = compare(mine, lucene(material, folded, folder, queries, runs))
    seconds = fts5(material, folded, folder)
    if seconds:
        print('build-fts5', judge('build-fts5', seconds / mine['seconds'], FTS_BAR, shortfalls), sep='\t')
    for line in shortfalls:
        say('short of the bar: ' + line)
    return 1 if shortfalls else 0


sys.exit(main())
