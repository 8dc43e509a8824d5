#!/usr/bin/env python3
"""The engine beside Lucene (Debian's liblucene8-java) and SQLite FTS5, on the same documents and
queries, in one run: bench_engine.py MATERIAL BENCH-INDEX CORPUS.jsonl FOLDER [RUNS]

MATERIAL is the folder of the benchmark (PeerLucene.java, peer_sqlite.c, queries.tsv). Prints, separated
by tabs, a line a query: NAME HITS PEER_HITS COUNT_RATIO FACETS_RATIO TOP10_RATIO (the peer's time
over ours; "-" where none is asked for), then build, size and memory; ratios are withheld when the
hits differ by more than 0.5 %. Exit status 1 when a figure falls short of its bar, 77 without Java or Lucene.
"""
import glob, os, shutil, statistics, subprocess, sys

# What must be reached at least, as (count, facets, top 10) against Lucene; None: not asked for.
BARS = {
    'term-en': (None, 8, 1), 'term-zh': (None, None, 1), 'phrase-zh': (2, None, 1), 'phrase-en': (2, None, 1),
    'and-2': (5, None, 1), 'or-10': (5, None, 1), 'concept-ipc': (5, None, 1), 'range-facet': (5, 8, 1),
    'ipc-broad': (5, 8, None), 'nested-not': (5, None, 1), 'rare-phrase': (None, None, 1), 'all': (None, 50, None),
}
BUILD_BAR, SIZE_BAR, MEMORY_BAR, FTS_BAR = 4, 1, 1, 2
ROUNDS = 3  # queries are asked of both in turn, so that other work on the machine meets both
HITS_DIFFER = 0.005


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(*command, **options):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, **options).stdout


def rows(text):
    return [line.split('\t') for line in text.splitlines()]


class Ours:
    def __init__(self, bench_index, corpus, folder):
        self.bench_index, self.index, self.memory = bench_index, os.path.join(folder, 'index'), 0
        shutil.rmtree(self.index, ignore_errors=True)
        say('our index')
        figures = {row[0]: row[1:] for row in rows(run(bench_index, '--build', corpus, self.index))}
        self.seconds, self.size = float(figures['build'][1]), float(figures['size'][0])

    def ask(self, queries, runs):
        """Of each query the hits, then the medians of count, four facets and ten best."""
        asked = rows(run(self.bench_index, '--ask', self.index, queries, str(runs)))
        self.memory = sum(map(float, next(row[1:] for row in asked if row[0] == 'memory')))
        return {row[1]: (int(row[2]), *map(float, row[3:6])) for row in asked if row[0] == 'query'}


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


class Lucene:
    def __init__(self, material, corpus, folder):
        jars = ':'.join(glob.glob('/usr/share/java/lucene-*.jar'))
        classes, self.index, self.memory = os.path.join(folder, 'classes'), os.path.join(folder, 'lucene'), 0
        shutil.rmtree(self.index, ignore_errors=True)
        say("Lucene's index")
        run('javac', '-nowarn', '-cp', jars, '-d', classes, os.path.join(material, 'PeerLucene.java'),
            stderr=subprocess.DEVNULL)
        self.java = ['java', '-Xmx6g', '-cp', jars + ':' + classes, 'PeerLucene']
        built = rows(run(*self.java, 'index', corpus, self.index))[0]
        self.seconds, self.size = number(built[2]), float(built[4].split()[0])

    def ask(self, queries, runs):
        output, self.memory = peak_memory(self.java + ['query', self.index, queries, str(runs)])
        return {row[0]: (int(row[1].split()[0]), *map(number, row[2:])) for row in rows(output)}


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


def ask_both(mine, peer, queries, runs):
    """Of each query our hits, Lucene's, and the medians of the rounds' ratios."""
    rounds = []
    for turn in range(ROUNDS):
        say('queries, round %d of %d' % (turn + 1, ROUNDS))
        rounds.append((mine.ask(queries, runs), peer.ask(queries, runs)))
    for name in rounds[0][0]:
        ratios = [[theirs / own for own, theirs in zip(ours[name][1:], others[name][1:])] for ours, others in rounds]
        yield name, rounds[0][0][name][0], rounds[0][1][name][0], [statistics.median(column) for column in zip(*ratios)]


def compare(mine, peer, queries, runs):
    shortfalls = []
    for name, hits, peer_hits, ratios in ask_both(mine, peer, queries, runs):
        if abs(hits - peer_hits) > HITS_DIFFER * max(peer_hits, 1):
            ratios = [None] * len(ratios)
        shown = [judge('%s %s' % (name, what), ratio, bar, shortfalls) for what, ratio, bar
                 in zip(('count', 'facets', 'top10'), ratios, BARS.get(name, (None,) * 3))]
        print(name, hits, peer_hits, *shown, sep='\t')
    for name, ratio, bar in (('build', peer.seconds / mine.seconds, BUILD_BAR), ('size', peer.size / mine.size, SIZE_BAR),
                             ('memory', peer.memory / mine.memory, MEMORY_BAR)):
        print(name, judge(name, ratio, bar, shortfalls), sep='\t')
    return shortfalls


def main():
    material, bench_index, corpus, folder = sys.argv[1:5]
    runs = int(sys.argv[5]) if len(sys.argv) > 5 else 31
    if not shutil.which('javac') or not glob.glob('/usr/share/java/lucene-core*.jar'):
        say('no Java or no Lucene: liblucene8-java, default-jdk-headless')
        return 77
    os.makedirs(folder, exist_ok=True)
    queries = os.path.join(material, 'queries.tsv')
    # Folding is ours: both engines read texts that are folded already, so that they find the same.
    folded = os.path.join(folder, 'folded.jsonl')
    if not os.path.exists(folded) or os.path.getmtime(folded) < os.path.getmtime(corpus):
        run(bench_index, '--fold', corpus, folded)
    mine, peer = Ours(bench_index, folded, folder), Lucene(material, folded, folder)
    shortfalls = compare(mine, peer, queries, runs)
    seconds = fts5(material, folded, folder)
    if seconds:
        print('build-fts5', judge('build-fts5', seconds / mine.seconds, FTS_BAR, shortfalls), sep='\t')
    for line in shortfalls:
        say('short of the bar: ' + line)
    return 1 if shortfalls else 0


sys.exit(main())
