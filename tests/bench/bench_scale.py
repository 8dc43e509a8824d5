#!/usr/bin/env python3
"""How cost grows with the collection: bench_scale.py MATERIAL BENCH-INDEX FOLDER TSV SVG [N ...]

For each N (default 10,000 to 10,000,000) the corpus of MATERIAL (make_corpus.py) goes through a pipe into an index in
FOLDER/N, unless one stands there; then each query's processor time is taken. Writes the table TSV (build, disk, memory, opening, and for
each query hits with p50 and p99 of count, four facets and ten best) and draws it as SVG. With no MATERIAL to be
found the SVG is drawn anew from the TSV.
"""
import glob, math, os, subprocess, sys

SIZES = [10000, 100000, 1000000, 10000000]
RUNS = {10000: 101, 100000: 101, 1000000: 51, 10000000: 21}
COLUMNS = ['documents', 'what', 'hits', 'count_p50', 'count_p99', 'facets_p50', 'facets_p99', 'best_p50', 'best_p99']


def output_of(*command):
    return [line.split('\t') for line in
            subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()]


def build(material, bench_index, folder, number):
    """Seconds, megabytes at the highest and on disk; kept beside the index for the next time."""
    index, note = os.path.join(folder, str(number)), os.path.join(folder, '%d.tsv' % number)
    if not os.path.exists(note):
        maker = ['python3', os.path.join(material, 'make_corpus.py'), os.path.join(material, 'biblio.tsv'),
                 *sorted(glob.glob(os.path.join(material, 'kppatent', '*.json'))), str(number), '/dev/stdout']
        with subprocess.Popen(maker, stdout=subprocess.PIPE) as corpus:
            text = subprocess.run([bench_index, '--build', '-', index], check=True, text=True,
                                  stdin=corpus.stdout, stdout=subprocess.PIPE).stdout
        with open(note, 'w', encoding='utf8') as file:
            file.write(text)
    with open(note, encoding='utf8') as file:
        rows = {line.split('\t')[0]: line.rstrip('\n').split('\t')[1:] for line in file}
    return index, [rows['build'][1], rows['build'][2], rows['size'][0]]


def measure(material, bench_index, folder, number):
    queries = os.path.join(material, 'queries.tsv')
    index, built = build(material, bench_index, folder, number)
    opened = output_of(bench_index, '--open', index, queries)
    rows, memory = [], '0'
    for row in output_of(bench_index, '--cost', index, queries, str(RUNS.get(number, 21))):
        if row[0] == 'memory':
            memory = '%.1f' % (float(row[1]) + float(row[2]))
        else:
            times = row[3:]
            rows.append([number, row[1], row[2], *(times[i + k] for i in range(3) for k in (0, 3))])
    first = ['%.2f' % max(float(row[column]) for row in opened) for column in (3, 4)]
    return [[number, name, value, '', '', '', '', '', ''] for name, value in
            zip(['build s', 'build MB', 'disk MB', 'memory MB', 'open ms', 'first query ms'],
                [*built, memory, *first])] + rows


# ---- The chart: two log-log panels.

WIDTH, HEIGHT, LEFT, TOP, PANEL, TALL = 1000, 480, 72, 40, 300, 400
COLOURS = ['#1f5fa8', '#c8552b', '#3b8c4a', '#8b4fa0', '#b8860b', '#2a9d9d', '#d14d8b', '#5b6470', '#7a3b2e',
           '#6a8f1f', '#3f51b5', '#a0522d']


def place(value, low, high, start, length):
    return start + (math.log10(max(value, low)) - math.log10(low)) / (math.log10(high) - math.log10(low)) * length


def panel(left, title, unit, series, low, high):
    sizes = sorted({x for _, points in series for x, _ in points})
    bottom = TOP + TALL
    out = ['<text x="%d" y="24" font-weight="bold">%s</text>' % (left, title)]
    for exponent in range(round(math.log10(low)), round(math.log10(high)) + 1):
        y = place(10.0 ** exponent, low, high, bottom, -TALL)
        out.append('<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%g%s</text>'
                   % (left, y, left + PANEL, left - 6, y + 4, 10.0 ** exponent, unit))
    for size in sizes:
        x = place(size, sizes[0], sizes[-1], left, PANEL)
        out.append('<path d="M%.1f %dV%d" stroke="#eee"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>'
                   % (x, TOP, bottom, x, bottom + 18, '{:,}'.format(size)))
    free = 0.0
    for i, (name, points) in sorted(enumerate(series), key=lambda item: -item[1][1][-1][1]):
        colour = COLOURS[i % len(COLOURS)]
        dots = [(place(x, sizes[0], sizes[-1], left, PANEL), place(y, low, high, bottom, -TALL)) for x, y in points]
        out.append('<polyline fill="none" stroke="%s" stroke-width="1.6" points="%s"/>'
                   % (colour, ' '.join('%.1f,%.1f' % dot for dot in dots)))
        y = max(dots[-1][1], free)
        free = y + 13
        out.append('<text x="%.1f" y="%.1f" fill="%s">%s</text>' % (left + PANEL + 6, y + 4, colour, name))
    return out


def draw(rows, path):
    def series(name, column):
        return name, [(int(row[0]), float(row[column])) for row in rows if row[1] == name]
    names = list(dict.fromkeys(row[1] for row in rows if row[3]))
    lines = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">'
             % (WIDTH, HEIGHT), '<rect width="100%" height="100%" fill="white"/>']
    lines += panel(LEFT, 'Four facets of a query, median, by documents', ' ms', [series(name, 5) for name in names],
                   0.001, 100)
    lines += panel(LEFT + PANEL + 220, 'Index, by documents', '',
                   [series(name, 2) for name in ('build s', 'disk MB', 'memory MB', 'first query ms')],
                   0.01, 10000)
    with open(path, 'w', encoding='utf8') as file:
        file.write('\n'.join(lines + ['</svg>', '']))


def main():
    material, bench_index, folder, table, chart = sys.argv[1:6]
    if os.path.exists(os.path.join(material, 'make_corpus.py')):
        os.makedirs(folder, exist_ok=True)
        rows = [row for number in map(int, sys.argv[6:] or SIZES)
                for row in measure(material, bench_index, folder, number)]
        with open(table, 'w', encoding='utf8') as file:
            for row in [COLUMNS, *rows]:
                file.write('\t'.join(map(str, row)) + '\n')
    with open(table, encoding='utf8') as file:
        draw([line.rstrip('\n').split('\t') for line in file][1:], chart)


main()
