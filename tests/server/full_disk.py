#!/usr/bin/env python3
"""full_disk.py PROGRAM: the server on a small file system that fills up.

Uploads and changes must be refused with an error that says so, reading must go on, and when there is
room again everything goes on with what was acknowledged. Skipped (77) where no tmpfs can be mounted.
"""
import os, subprocess, sys, tempfile
from running import Client, Refused, Server

SIZE_MIB = 200


def refusal(function, *arguments):
    try:
        function(*arguments)
    except Refused as problem:
        return problem
    return None


def fill(path):
    with open(path, 'wb', buffering=0) as file:
        try:
            while True:
                file.write(b'0' * 4096)
        except OSError:
            pass


def expect(condition, what):
    if not condition:
        raise SystemExit(what)


def check(server, folder, token):
    client = Client(server.port, token)
    filler = os.path.join(folder, 'filler')
    client.ask('PUT', '/api/v1/queries/before', {'query': 'TI=a'})
    fill(filler)
    problem = refusal(client.upload, '/api/v1/imports', {}, 'a.jsonl', b'{"publication_number": 1}\n' * 9000)
    expect(problem and problem.status >= 500, f'upload: {problem}')
    refused = 0
    for number in range(60):  # the write-ahead log has some room of its own
        problem = refusal(client.ask, 'PUT', f'/api/v1/queries/q{number}', {'query': 'TI=' + 'b' * 60000})
        if problem:
            expect('db.full' in str(problem) or 'db.io' in str(problem), f'change: {problem}')
            refused += 1
    expect(refused > 0, 'the disk is full and everything was stored')
    names = {query['name'] for query in client.ask('GET', '/api/v1/queries')['queries']}
    expect('before' in names and len(names) >= 60 - refused, f'lost: {len(names)}, {refused} refused')
    os.remove(filler)
    client.ask('PUT', '/api/v1/queries/after', {'query': 'TI=c'})
    job = client.upload('/api/v1/imports', {}, 'a.jsonl', b'{"publication_number": "CN104223352A"}\n')
    expect(job['job'] > 0, 'no job')
    client.close()
    expect(server.stop() == 0, 'SIGTERM')
    done = server.command('verify')
    expect(done.returncode == 0, done.stdout + done.stderr)


def main():
    with tempfile.TemporaryDirectory(prefix='yucheng-full-') as folder:
        mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={SIZE_MIB}m', 'tmpfs', folder],
                                 capture_output=True)
        if mounted.returncode != 0:
            sys.exit(77)
        server = None
        try:
            server = Server(os.path.abspath(sys.argv[1]), os.path.join(folder, 'data'), 'workers = 2\n')
            made = server.command('demo', '--quiet', *sys.argv[2:])
            expect(made.returncode == 0, made.stderr)
            server.start()
            token = server.token('manager1', server.passwords()['manager1'])
            check(server, folder, token)
        finally:
            if server:
                if server.process and server.process.poll() is None:
                    server.kill()
                server.log.close()
            subprocess.run(['umount', folder], check=True)


if __name__ == '__main__':
    main()
