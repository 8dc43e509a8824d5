#!/usr/bin/env python3
"""Requests a second of the real server, by wrk, beside the empty handler of the same process.

usage: bench_server.py YUCHENG [SECONDS]

On the demo workspace with 100,000 records (annual_task) of six centres: one record and a page of
50, for a centre's manager and for a province's officer. Tab-separated: what, requests/s, % of the empty
handler (/health), p50 and p99 in ms at 64 connections; then the same with 200 slow clients beside.
"""
import os, re, socket, sqlite3, subprocess, sys, tempfile, threading, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'server'))
from running import Client, Server

RECORDS, CONNECTIONS, SLOW = 100_000, 64, 200

FILL = f'''
INSERT INTO annual_task (organisation_id, state, year, title, kind, goal, owner_id, due_on, budget,
  progress, created_by, created_at, updated_by, updated_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {RECORDS}),
  centre AS (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS at FROM organisation
    WHERE kind = 'centre')
SELECT centre.id, CASE i % 5 WHEN 0 THEN 'draft' WHEN 1 THEN 'submitted' WHEN 2 THEN 'running'
    WHEN 3 THEN 'done' ELSE 'closed' END, 2024 + i % 4, '示例任务 ' || i, 'talent', '示例目标 ' || i,
  u.id, '2026-' || substr('0' || (1 + i % 12), -2) || '-15', i * 100, i % 101, u.id,
  1767225600000 + i * 1000, u.id, 1767225600000 + i * 1000
FROM n JOIN centre ON centre.at = i % (SELECT COUNT(*) FROM centre)
  JOIN (SELECT MIN(id) AS id, organisation_id FROM "user" GROUP BY organisation_id) u
    ON u.organisation_id = centre.id;
ANALYZE;
'''


def wrk(port, path, token, seconds):
    done = subprocess.run(['wrk', '-t1', f'-c{CONNECTIONS}', f'-d{seconds}s', '--latency', '-H',
                           f'Authorization: Bearer {token}', f'http://127.0.0.1:{port}{path}'],
                          capture_output=True, text=True, check=True).stdout
    if 'Non-2xx' in done:
        sys.exit(f'{path}: {done}')
    unit = {'us': 0.001, 'ms': 1, 's': 1000}
    times = [float(n) * unit[u] for n, u in re.findall(r'(?:50|99)% +([\d.]+)(us|ms|s)', done)]
    return float(re.search(r'Requests/sec: +([\d.]+)', done)[1]), times[0], times[1]


class SlowClients:
    """Open connections that send a byte of a header now and then, and never end it."""

    def __init__(self, port):
        self.sockets = [socket.create_connection(('127.0.0.1', port)) for _ in range(SLOW)]
        self.is_ended = threading.Event()
        self.thread = threading.Thread(target=self.drip)
        self.thread.start()

    def drip(self):
        text = b'GET /api/v1/records/annual_task HTTP/1.1\r\nX-Slow: ' + b'a' * 10000
        for byte in text:
            if self.is_ended.wait(0.5):
                return
            for client in self.sockets:
                try:
                    client.send(bytes([byte]))
                except OSError:
                    pass

    def close(self):
        self.is_ended.set()
        self.thread.join()
        for client in self.sockets:
            client.close()


def measure(server, tokens, seconds, label):
    empty, p50, p99 = wrk(server.port, '/health', 'none', seconds)
    print(f'{label}empty\t{empty:.0f}\t100\t{p50:.1f}\t{p99:.1f}', flush=True)
    for login, token in tokens.items():
        client = Client(server.port, token)
        first = client.ask('GET', '/api/v1/records/annual_task?limit=1&filter=state:=:running')
        client.close()
        number = first['records'][0]['id']
        for what, path in (('record', f'/api/v1/records/annual_task/{number}'),
                           ('page', '/api/v1/records/annual_task?limit=50')):
            rate, p50, p99 = wrk(server.port, path, token, seconds)
            print(f'{label}{what} {login}\t{rate:.0f}\t{100 * rate / empty:.1f}\t{p50:.1f}\t{p99:.1f}',
                  flush=True)


def main():
    program, seconds = os.path.abspath(sys.argv[1]), int((sys.argv[2:] + [5])[0])
    with tempfile.TemporaryDirectory(prefix='yucheng-bench-') as folder:
        server = Server(program, os.path.join(folder, 'data'), 'connections_per_address = 0\n')
        made = server.command('demo', '--quiet')
        if made.returncode != 0:
            sys.exit(made.stderr)
        database = sqlite3.connect(os.path.join(folder, 'data', 'yucheng.db'))
        database.executescript(FILL)
        database.close()
        server.start()
        try:
            passwords = server.passwords()
            tokens = {login: server.token(login, passwords[login])
                      for login in ('manager1', 'officer')}
            print('what', 'requests/s', '% of empty', 'p50 ms', 'p99 ms', sep='\t')
            measure(server, tokens, seconds, '')
            slow = SlowClients(server.port)
            time.sleep(1)
            measure(server, {'manager1': tokens['manager1']}, seconds, f'{SLOW} slow, ')
            slow.close()
        finally:
            server.stop()


if __name__ == '__main__':
    main()
