#!/usr/bin/env python3
"""How good documents like another are, beside BM25 of Lucene on the same texts:
bench_similar.py MATERIAL BENCH-SIMILAR DATA FOLDER

DATA is a data folder of real documents (yucheng import). For every document that has relatives (it cites them or is cited, it
shares a family or a priority with them, or both cite several documents) the 100 most similar by its title and abstract are
found by both engines, and counted how many of the relatives are among them: recall@100, itself left out.
Prints, separated by tabs: RELATION DOCUMENTS PAIRS OURS LUCENE. Exit status 1 when ours is lower, 77 without Java or Lucene.
"""
import collections, glob, os, shutil, subprocess, sys

BEST = 100


def run(*command, **options):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, **options).stdout


def lines(path):
    with open(path, encoding='utf8') as file:
        return [line.rstrip('\n').split('\t') for line in file]


def lucene(material, folder):
    jars = ':'.join(glob.glob('/usr/share/java/lucene-*.jar'))
    classes, index = os.path.join(folder, 'classes'), os.path.join(folder, 'lucene')
    shutil.rmtree(index, ignore_errors=True)
    run('javac', '-nowarn', '-cp', jars, '-d', classes, os.path.join(material, 'PeerLucene.java'),
        stderr=subprocess.DEVNULL)
    java = ['java', '-Xmx2g', '-cp', jars + ':' + classes, 'PeerLucene']
    run(*java, 'index', os.path.join(folder, 'docs.jsonl'), index)
    found = run(*java, 'similar', index, os.path.join(folder, 'texts.tsv'), '1')
    return {row[0]: row[3].split() for row in (line.split('\t') for line in found.splitlines())}


def recall(relatives, found):
    """Of each document the share of its relatives found, on average."""
    shares = []
    for document, others in relatives.items():
        best = [other for other in found.get(document, []) if other != document][:BEST]
        shares.append(len(others & set(best)) / len(others))
    return sum(shares) / len(shares)


def main():
    material, bench_similar, data, folder = sys.argv[1:5]
    if not shutil.which('javac') or not glob.glob('/usr/share/java/lucene-core*.jar'):
        print('no Java or no Lucene: liblucene8-java, default-jdk-headless', file=sys.stderr)
        return 77
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    run(bench_similar, '--pairs', data, folder)
    ours = {row[0]: row[1].split() for row in
            (line.split('\t') for line in run(bench_similar, '--find', folder).splitlines())}
    theirs = lucene(material, folder)
    relations = collections.defaultdict(lambda: collections.defaultdict(set))
    for relation, document, other in lines(os.path.join(folder, 'pairs.tsv')):
        for name in (relation, 'all'):
            relations[name][document].add(other)
    is_lower = False
    print('relation', 'documents', 'pairs', 'ours', 'lucene', sep='\t')
    for relation, relatives in sorted(relations.items()):
        mine, peer = recall(relatives, ours), recall(relatives, theirs)
        print(relation, len(relatives), sum(map(len, relatives.values())), '%.4f' % mine, '%.4f' % peer, sep='\t')
        is_lower |= mine < peer
    return 1 if is_lower else 0


sys.exit(main())
