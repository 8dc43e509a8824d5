#!/usr/bin/env python3
"""kill.py PROGRAM FIXTURES [ROUNDS]: kills a working server again and again; nothing may be lost.

Each round starts `yucheng serve` on the same data folder, lets clients create and change records,
topics and saved queries and import files as jobs, and ends the process at a random moment: SIGKILL,
every tenth time SIGTERM. Then everything that was acknowledged must be there, a change that was under
way either whole or not at all, with its history. In between and at the end `yucheng verify` must be
clean, and at the end every job done and every imported document there once. $YUCHENG_POSTGRESQL: on
that server. $YUCHENG_SEED repeats the moments of a run.
"""
import http.client, json, os, random, signal, sys, tempfile, threading, time
from running import Client, Refused, Server

ROUNDS, VERIFY_EVERY, TERM_EVERY = 200, 40, 10
LOAD_MS = (5, 260)
DOCUMENTS_A_FILE = 12
GONE = (OSError, http.client.HTTPException)


class Store:
    """What a server has acknowledged, and the one change of it that may be under way."""

    def __init__(self):
        self.known, self.trying, self.touched = {}, {}, set()
        self.made, self.tried = 0, 0


class Worker(threading.Thread):
    """One client, one kind of change, until the server goes away."""

    def __init__(self, port, token, store, random_seed):
        super().__init__()
        self.client, self.store = Client(port, token), store
        self.random, self.problem = random.Random(random_seed), None

    def run(self):
        try:
            while True:
                self.change()
        except GONE:
            pass
        except Refused as problem:
            if problem.status != 503:
                self.problem = problem
        except Exception as problem:
            self.problem = problem
        self.client.close()


class Records(Worker):
    """annual_task: id -> (version, title)."""

    def change(self):
        store = self.store
        store.tried += 1
        title = f'示例任务 {store.tried}'
        if not store.known or self.random.random() < 0.4:
            store.trying = {'new': title}
            answer = self.client.ask('POST', '/api/v1/records/annual_task', {'fields': {
                'year': 2026, 'title': title, 'kind': 'talent', 'goal': '示例', 'owner_id': self.owner,
                'due_on': '2026-12-01'}})
        else:
            number = self.random.choice(list(store.known))
            version, _ = store.known[number]
            store.touched.add(number)
            store.trying = {number: (version + 1, title)}
            answer = self.client.ask('PATCH', f'/api/v1/records/annual_task/{number}',
                                     {'version': version, 'fields': {'title': title}})
        store.known[answer['id']] = (answer['version'], title)
        store.touched.add(answer['id'])
        store.trying = {}
        store.made += 1


def check_records(client, store, numbers):
    for number in numbers:
        answer = client.ask('GET', f'/api/v1/records/annual_task/{number}')
        got = (answer['version'], answer['fields']['title'])
        if got == store.trying.get(number):
            store.known[number] = got
        expect(got == store.known[number], f'record {number}: {got}, not {store.known[number]}')
        history = client.ask('GET', f'/api/v1/records/annual_task/{number}/history')
        versions = {line['version'] for line in history['changes']}
        expect(versions == set(range(1, got[0] + 1)), f'history of {number}: {versions}, {got[0]}')
    if 'new' in store.trying:
        found = client.ask('GET', '/api/v1/records/annual_task?sort=-id&limit=1')['records']
        if found and found[0]['fields']['title'] == store.trying['new']:
            store.known[found[0]['id']] = (found[0]['version'], store.trying['new'])
    store.trying = {}
    store.touched = set()


class Names(Worker):
    """Topics and saved queries: (path, name) -> text."""

    def change(self):
        store = self.store
        store.tried += 1
        text = f'TA=(电池{store.tried})'
        name = self.random.randrange(30)
        key = f'示例查询{name}'
        store.touched.add(key)
        store.trying = {key: text}
        self.client.ask('PUT', f'/api/v1/queries/q{name}', {'query': text})
        store.known[key] = text
        store.trying = {}
        store.made += 1


def check_names(client, store, keys):
    if not keys:
        return
    there = {f"示例查询{query['name'][1:]}": query['query']
             for query in client.ask('GET', '/api/v1/queries')['queries']}
    for key in keys:
        got = there.get(key)
        if got == store.trying.get(key) and got:
            store.known[key] = got
        expect(got == store.known.get(key), f'{key}: {got}, not {store.known.get(key)}')
    store.trying = {}
    store.touched = set()


class Topics(Worker):
    """Topics: name -> id; their documents are a set that a job fills."""

    def change(self):
        store = self.store
        store.tried += 1
        name = f'示例专题 {store.tried}'
        store.trying = {name: None}
        answer = self.client.ask('POST', '/api/v1/topics', {'name': name, 'purpose': '试'})
        store.known[name] = answer['id']
        store.touched.add(name)
        store.trying = {}
        store.made += 1
        if len(store.known) > 5:  # a table of some rows, not of thousands
            name = self.random.choice(list(store.known))
            number = store.known.pop(name)
            store.touched.discard(name)
            store.trying = {name: number}
            self.client.ask('DELETE', f'/api/v1/topics/{number}')
            store.trying = {}
            store.made += 1


def check_topics(client, store, names):
    there = {topic['name']: topic['id'] for topic in client.ask('GET', '/api/v1/topics')['topics']}
    for name, number in store.trying.items():
        if name in there:
            store.known[name] = there[name]
    for name in store.known:
        expect(there.get(name) == store.known[name], f'topic {name}: {there.get(name)}')
    for name in there:
        expect(name in store.known or not name.startswith('示例专题 '), f'topic {name} is back')
    store.trying = {}
    store.touched = set()


class Imports(Worker):
    """Jobs: id -> number of the file; documents of a file are numbered by it."""

    def change(self):
        store = self.store
        if len(store.touched) >= 2:  # one job at a time: a short queue shows more states
            time.sleep(0.02)
            self.client.ask('GET', f'/api/v1/jobs/{max(store.known)}')
            return
        store.tried += 1
        number = store.tried
        content = ''.join(document(number * DOCUMENTS_A_FILE + i) for i in range(DOCUMENTS_A_FILE))
        store.trying = {number: None}
        job = self.client.upload('/api/v1/imports', {}, f'{number}.jsonl', content.encode())
        store.known[job['job']] = number
        store.touched.add(job['job'])
        store.trying = {}
        store.made += 1


def document(number):
    return json.dumps({
        'publication_number': f'CN1{number:08}A', 'application_number': f'CN2021{number:08}',
        'publication_date': '2022-01-04', 'application_date': '2021-01-04', 'type': 'invention',
        'title': [{'lang': 'zh', 'text': f'一种示例装置 {number}'}], 'ipc': ['H01M10/613']},
        ensure_ascii=False) + '\n'


def check_imports(client, store, jobs):
    for job in jobs:
        state = client.ask('GET', f'/api/v1/jobs/{job}')
        expect(state['state'] in ('queued', 'running', 'done'), f'job {job}: {state}')
    store.trying = {}
    store.touched = set()


def finish_jobs(client, store):
    until = time.monotonic() + 120
    for job in sorted(store.known):
        while (state := client.ask('GET', f'/api/v1/jobs/{job}'))['state'] != 'done':
            expect(state['state'] in ('queued', 'running'), f'job {job}: {state}')
            expect(time.monotonic() < until, f'job {job} does not end: {state}')
            time.sleep(0.02)
    for number in store.known.values():
        for i in range(0, DOCUMENTS_A_FILE, DOCUMENTS_A_FILE - 1):
            name = f'CN1{number * DOCUMENTS_A_FILE + i:08}A'
            found = client.ask('GET', f'/api/v1/search?query=PN%3D{name}')['count']
            expect(found == 1, f'{name} is there {found} times')


def expect(condition, message):
    if not condition:
        raise SystemExit('LOST: ' + message)


KINDS = ((Records, check_records), (Names, check_names), (Topics, check_topics),
         (Imports, check_imports))


class Run:
    def __init__(self, server, seed):
        self.server, self.random = server, random.Random(seed)
        self.stores = [Store() for _ in KINDS]

    def prepare(self):
        done = self.server.command('demo', '--quiet')
        expect(done.returncode == 0, done.stderr)
        self.server.start()
        password = self.server.passwords()['manager1']
        self.token = self.server.token('manager1', password)
        client = Client(self.server.port, self.token)
        self.owner = client.ask('GET', '/api/v1/session')['user_id']
        client.close()
        self.server.stop()

    def load(self):
        workers = [kind(self.server.port, self.token, store, self.random.random())
                   for (kind, _), store in zip(KINDS, self.stores)]
        for worker in workers:
            worker.owner = self.owner
            worker.start()
        return workers

    def check(self, everything):
        client = Client(self.server.port, self.token)
        for (_, check), store in zip(KINDS, self.stores):
            check(client, store, list(store.known) if everything else list(store.touched))
        client.close()

    def verify(self, when):
        done = self.server.command('verify')
        expect(done.returncode == 0, f'verify {when}: {done.stdout}{done.stderr}')

    def round(self, number):
        self.server.start()
        self.check(False)
        workers = self.load()
        time.sleep(self.random.uniform(*LOAD_MS) / 1000)
        if number % TERM_EVERY == 0:
            status = self.server.stop()
            expect(status == 0, f'SIGTERM: exit {status}')
        else:
            self.server.kill()
        for worker in workers:
            worker.join()
            if worker.problem:
                raise SystemExit(f'round {number}: {type(worker).__name__}: {worker.problem!r}')
        if number % VERIFY_EVERY == 0:
            self.verify(f'after round {number}')

    def finish(self):
        self.server.start()
        self.check(True)
        client = Client(self.server.port, self.token)
        finish_jobs(client, self.stores[3])
        client.close()
        expect(self.server.stop() == 0, 'the last SIGTERM')
        self.verify('at the end')


def main():
    program, rounds = os.path.abspath(sys.argv[1]), int((sys.argv[2:] + [ROUNDS])[0])
    seed = os.environ.get('YUCHENG_SEED') or str(random.randrange(1 << 30))
    database = os.environ.get('YUCHENG_POSTGRESQL')
    print(f'seed {seed}', flush=True)
    with tempfile.TemporaryDirectory(prefix='yucheng-kill-') as folder:
        settings = 'workers = 4\n' + (f'database = {database}\n' if database else '')
        run = Run(Server(program, os.path.join(folder, 'data'), settings), seed)
        try:
            begun = time.monotonic()
            run.prepare()
            for number in range(1, rounds + 1):
                run.round(number)
            run.finish()
        except BaseException:
            if run.server.process and run.server.process.poll() is None:
                run.server.process.kill()
            with open(os.path.join(folder, 'serve.log'), encoding='utf8') as file:
                print(file.read()[-4000:])
            raise
        made = ', '.join(f'{store.made} {kind.__name__.lower()}'
                         for (kind, _), store in zip(KINDS, run.stores))
        print(f'{rounds} rounds in {time.monotonic() - begun:.0f} s; acknowledged: {made}')


if __name__ == '__main__':
    main()
