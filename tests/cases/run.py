#!/usr/bin/env python3
"""Runs golden cases: run.py [--update] [--postgresql] YUCHENG FIXTURES CASE...

A case is a list of command lines ("$ yucheng ..."), run one after the other by sh in an empty
folder with a data folder of its own. What they print stands in the .expected file beside it:
standard output as it is, lines of standard error behind "! ", an exit status other than 0 behind
"= ". Output of --json must be JSON with the keys the documentation names; it is shown indented, with
numbers rounded to four places.

Names of the run are replaced: the folder by TMP, the fixtures by DATA, today by TODAY. --update
writes what was printed. The other lines of a case are comments. "$FIXTURES" is the folder of
fixtures; "@slow" on a line of its own lets a case run for five minutes instead of one.

--postgresql: every data folder a case names has a database of its own on the server whose address
is $YUCHENG_POSTGRESQL (tools/with_postgresql), and must print the same.
"""
import datetime, difflib, json, os, re, shlex, subprocess, sys, tempfile

CHINA = datetime.timezone(datetime.timedelta(hours=8))

# Keys of the machine forms (docs/api.md); an entry ending in [] is a list of objects with the keys
# that follow it behind a dot.
KEYS = {
    'import': ['inserted', 'updated', 'unchanged', 'rejected', 'files[].file', 'files[].source',
               'files[].rows', 'files[].error'],
    'search': ['count', 'unit', 'hits[].number', 'hits[].title', 'warnings[]'],
    'search --count': ['count', 'unit', 'warnings[]'],
    'analyse': ['unit', 'dimensions[]', 'rows[].key', 'rows[].count'],
    'topic list': ['topics[].name', 'topics[].field', 'topics[].documents', 'topics[].updated_on',
                   'topics[].freshness_days'],
    'topic show': ['name', 'purpose', 'field', 'query', 'created_on', 'updated_on',
                   'freshness_days', 'documents', 'imported', 'by_query', 'added', 'removed',
                   'technology_nodes', 'effect_nodes'],
    'topic tree': ['topic', 'kind', 'documents', 'nodes[].path', 'nodes[].level', 'nodes[].name',
                   'nodes[].definition', 'nodes[].query', 'nodes[].documents'],
    'topic log': ['topic', 'lines[].on', 'lines[].source', 'lines[].added', 'lines[].removed',
                  'lines[].updated', 'lines[].status_changed'],
    'topic create': ['name', 'added', 'removed', 'documents'],
    'topic edit': ['name', 'added', 'removed', 'documents'],
    'topic add': ['name', 'added', 'removed', 'documents'],
    'topic remove': ['name', 'added', 'removed', 'documents'],
    'topic delete': ['deleted'],
    'query list': ['queries[].name', 'queries[].query'],
    'query show': ['name', 'query'],
    'query save': ['name', 'query'],
    'query delete': ['deleted'],
    'deadline': ['rule', 'raw', 'legal', 'safe', 'basis', 'edition', 'notes[]'],
    'deadline --list': ['[].rule', '[].edition', '[].name', '[].basis', '[].mark'],
    'deadline --notice': ['notice', 'opens[].rule', 'opens[].legal', 'closes', 'result'],
    'fees': ['total_fen', 'items[].name', 'items[].amount_fen', 'items[].reduced',
             'items[].basis'],
    'fees --list': ['fees[].id', 'fees[].basis', 'annuities[].amount_fen'],
    'indicators': ['as_of', 'indicators[].id', 'indicators[].method', 'indicators[].edition',
                   'indicators[].value', 'indicators[].target', 'indicators[].status',
                   'indicators[].numerator', 'indicators[].denominator', 'indicators[].counted',
                   'indicators[].excluded'],
    'ahp': ['weights[].name', 'weights[].weight', 'consistency_ratio', 'consistent'],
    'evidence': ['documents[].number', 'documents[].features', 'conflicting', 'novelty',
                 'class.grant_rate'],
    'lint': ['files[].file', 'files[].errors', 'findings[].rule', 'findings[].severity', 'findings[].part',
             'findings[].claim', 'findings[].start', 'findings[].end', 'findings[].message'],
    'lint --compare': ['files[].file', 'new[].rule', 'fixed[].rule', 'still[].rule'],
    'lint --list': ['[].rule', '[].severity', '[].edition', '[].name', '[].basis'],
    'number': ['[].input', '[].kind', '[].normal', '[].check'],
    'demo': ['inserted', 'updated', 'unchanged', 'applications', 'documents', 'topics', 'folder',
             'organisations', 'records', 'accounts[].login', 'accounts[].password', 'accounts[].role'],
    'demo --out': ['publications'],
    'user list': ['users[].login', 'users[].name', 'users[].disabled', 'users[].memberships[].organisation'],
    'user password': ['login', 'password'],
    'verify': ['applications', 'documents', 'audit_lines', 'audit_head'],
}


def missing_keys(value, path):
    """The part of path that value does not have, or None."""
    head, _, rest = path.partition('.')
    name = head[:-2] if head.endswith('[]') else head
    if name:
        if not isinstance(value, dict) or name not in value:
            return name
        value = value[name]
    if head.endswith('[]'):
        if not isinstance(value, list):
            return head
        return next((m for m in (missing_keys(v, rest) for v in value) if m), None) if rest else None
    return missing_keys(value, rest) if rest else None


def form_of(words):
    verb = ' '.join(words[1:3])
    if verb in KEYS:
        return verb
    for option in ('--count', '--out', '--list', '--notice'):
        if option in words and f'{words[1]} {option}' in KEYS:
            return f'{words[1]} {option}'
    return words[1]


def check_json(command, output):
    """Canonical text of the JSON a command printed, and what is wrong with it."""
    try:
        value = json.loads(output, parse_float=lambda number: round(float(number), 4))
    except ValueError as problem:
        return output, f'not JSON: {problem}'
    form = form_of(shlex.split(command))
    for path in KEYS.get(form, []):
        missing = missing_keys(value, path)
        if missing:
            return output, f'{form}: no "{missing}" ({path})'
    return json.dumps(value, ensure_ascii=False, indent=1) + '\n', None


class Databases:
    """A PostgreSQL database for each data folder of the case; dropped at its end."""

    def __init__(self, server, case_folder):
        self.server, self.names = server, []
        self.stem = re.sub(r'\W', '_', os.path.basename(case_folder)).lower()

    def ask(self, sql):
        subprocess.run(['psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', self.server, '-c', sql],
                       check=True, stdin=subprocess.DEVNULL)

    def configure(self, data_folder):
        name = f'{self.stem}_{len(self.names)}'
        self.ask(f'CREATE DATABASE "{name}" TEMPLATE template0')
        self.names.append(name)
        os.makedirs(data_folder)
        with open(os.path.join(data_folder, 'yucheng.conf'), 'w', encoding='utf8') as file:
            file.write('database = ' + self.server.replace('/postgres?', f'/{name}?') + '\n')

    def drop(self):
        for name in self.names:
            self.ask(f'DROP DATABASE "{name}"')


def data_folders(lines):
    """The data folders a case's commands write to or read from, but those that shall be missing."""
    named = re.findall(r'--data (\w+)', '\n'.join(lines))
    return ['data'] + sorted(set(named) - {'nowhere'})


class Runner:
    def __init__(self, program, fixtures, folder, seconds):
        self.folder, self.fixtures, self.seconds = folder, fixtures, seconds
        bin_folder = os.path.join(folder, '.bin')
        os.mkdir(bin_folder)
        os.symlink(program, os.path.join(bin_folder, 'yucheng'))
        self.environment = {
            'PATH': bin_folder + ':/usr/bin:/bin', 'LC_ALL': 'C.UTF-8', 'HOME': folder,
            'YUCHENG_DATA': 'data', 'FIXTURES': fixtures, 'TMPDIR': folder, 'COLUMNS': '100',
            **{k: v for k, v in os.environ.items() if k.endswith('SAN_OPTIONS')},
        }
        self.problems = []

    def normalise(self, text):
        text = text.replace(self.folder, 'TMP').replace(self.fixtures, 'DATA')
        today = datetime.datetime.now(CHINA).date()
        for day in (today, today - datetime.timedelta(days=1)):
            text = text.replace(day.isoformat(), 'TODAY')
        text = re.sub(r'"(milliseconds|rows_per_second)": [0-9.]+', r'"\1": 0', text)
        return re.sub(r'[0-9.,]+ ?(ms|毫秒|秒|行/秒|rows/s)', r'N \1', text)

    def run(self, command):
        done = subprocess.run(['sh', '-c', command], cwd=self.folder, env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=self.seconds)
        output = done.stdout.decode('utf8', 'replace')
        if '--json' in command and output.startswith(('{', '[')) and '\n' not in command:
            output, problem = check_json(command, output)
            if problem:
                self.problems.append(f'{command}\n    {problem}')
        text = f'$ {command}\n' + output
        if output and not output.endswith('\n'):
            text += '\n'
        text += ''.join(f'! {line}\n' for line in done.stderr.decode('utf8', 'replace').splitlines())
        if done.returncode:
            text += f'= {done.returncode}\n'
        return self.normalise(text)


def run_case(program, fixtures, path, server):
    """What the case printed, and problems found on the way."""
    with open(path, encoding='utf8') as file:
        lines = file.read().splitlines()
    with tempfile.TemporaryDirectory(prefix='yucheng-case-') as folder:
        runner = Runner(program, fixtures, os.path.realpath(folder),
                        300 if '@slow' in lines else 60)
        databases = Databases(server, folder)
        for name in data_folders(lines) if server else []:
            databases.configure(os.path.join(folder, name))
        try:
            text = '\n'.join(runner.run(line[2:]) for line in lines if line.startswith('$ '))
        except subprocess.TimeoutExpired as problem:
            return '', [f'took too long: {problem.cmd[-1]}']
        finally:
            databases.drop()
        return text, runner.problems


def main():
    words = sys.argv[1:]
    update = '--update' in words
    server = os.environ['YUCHENG_POSTGRESQL'] if '--postgresql' in words else None
    words = [word for word in words if not word.startswith('--')]
    program, fixtures, cases = os.path.abspath(words[0]), os.path.abspath(words[1]), words[2:]
    failed = 0
    for path in cases:
        got, problems = run_case(program, fixtures, path, server)
        expected_path = os.path.splitext(path)[0] + '.expected'
        if update:
            with open(expected_path, 'w', encoding='utf8', newline='') as file:
                file.write(got)
        expected = ''
        if os.path.exists(expected_path):
            with open(expected_path, encoding='utf8', newline='') as file:
                expected = file.read()
        if got != expected:
            problems.append('\n' + ''.join(difflib.unified_diff(
                expected.splitlines(True), got.splitlines(True), expected_path, 'printed')))
        for problem in problems:
            print(f'{os.path.basename(path)}: {problem}')
        failed += bool(problems)
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
