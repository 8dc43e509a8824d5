#!/usr/bin/env python3
"""Runs golden HTTP cases: run_http.py [--update] [--postgresql] YUCHENG MAKE_WORKSPACE FIXTURES CASE...

A case is a list of requests to a server on the workspace of make_workspace.c, one a line:

  > ACTOR METHOD PATH [Header: value;] [{"json":"body"}]      ACTOR: a login of it with its token,
                                            with a session when a * stands behind, or - for nobody
  > ACTOR METHOD PATH file=NAME field=text                    a form with a file of the fixtures,
                                                              LAST: what was answered last
  > ACTOR METHOD PATH {"code":"CODE"}                         the code of the second factor now
  > ACTOR WAIT PATH                                           asks for a job until it has ended
  >> ...                                                      the body is too long to be shown

What is answered stands in the .answers file beside it: status and media type, headers that matter,
and the body when it is JSON. What differs from run to run is replaced by values of the same form:
times, ids of requests, tokens. The other lines of a case are comments. --update writes what was
answered; openapi.mjs validates it against the description of the API.
"""
import datetime, difflib, json, os, re, sys, tempfile

from run import CHINA
from server import Server, form, totp

TIME = '2026-01-01T00:00:00.000Z'
FIXED = {'request_id': '0' * 16, 'token': 'TOKEN', 'csrf': 'CSRF', 'secret': 'SECRET', 'uri': 'otpauth://…',
         'password': 'PASSWORD', 'weight': 0.0, 'hash': 'HASH', 'request': '0' * 16,
         'head': 'HEAD',
         'import_id': 1}  # PostgreSQL uses up the number of what was rolled back, a dry run
JSON = ('application/json', 'application/problem+json')
HEADERS = ('Location', 'ETag', 'WWW-Authenticate', 'Retry-After', 'Content-Disposition')


def normalise(value, key=None):
    if isinstance(value, dict):
        return {k: normalise(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [normalise(v) for v in value]
    if key in FIXED and value is not None:
        return FIXED[key]
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, str):
        today = datetime.datetime.now(CHINA).date()
        for day in (today, today - datetime.timedelta(days=1)):
            if value == day.isoformat():
                return 'TODAY'
        return re.sub(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z', TIME, value)
    return value


def show(answer, with_body):
    lines = [f'{answer.status} {answer.media_type}'.rstrip()]
    lines += [f'{name}: {answer.headers[name]}' for name in HEADERS if answer.headers[name]]
    if with_body and answer.media_type in JSON and answer.body:
        lines.append(json.dumps(normalise(answer.json()), ensure_ascii=False, indent=1))
    return '\n'.join(lines) + '\n'


class Case:
    def __init__(self, server, fixtures):
        self.server, self.fixtures = server, fixtures
        self.last = self.secret = None

    def form_of(self, words):
        fields = dict(word.split('=', 1) for word in words.split())
        name = fields.pop('file', None)
        if name == 'LAST':
            return form(fields, {'file': ('last.xlsx', self.last.body)})
        if name is None:
            return form(fields, {})
        with open(os.path.join(self.fixtures, name), 'rb') as file:
            return form(fields, {'file': (os.path.basename(name), file.read())})

    def perform(self, line):
        actor, method, rest = line.split(' ', 2)
        path, headers, body = re.match(r'(\S+)\s*((?:[A-Z][\w-]+: [^;]+; ?)*)(.*)$', rest).groups()
        headers = dict(part.strip().split(': ', 1) for part in headers.split(';') if part.strip())
        if 'CODE' in body:
            body = body.replace('CODE', totp(self.secret))
        if method == 'WAIT':
            return self.server.wait(actor, path)
        if body and body[0] not in '{[!':
            return self.server.ask(actor, method, path, self.form_of(body), headers)
        return self.server.ask(actor, method, path, body.removeprefix('!') or None, headers)

    def show(self, mark, line):
        self.last = answer = self.perform(line)
        if '/totp ' in line and answer.status == 200:
            self.secret = answer.json()['secret']
        return f'> {line}\n{show(answer, mark == ">")}'


def run_case(words, path, database):
    program, make_workspace, fixtures = words
    with open(path, encoding='utf8') as file:
        lines = [line.rstrip('\n').split(' ', 1) for line in file if line.startswith('>')]
    with tempfile.TemporaryDirectory(prefix='yucheng-http-') as folder:
        server = Server(program, make_workspace, folder, database)
        try:
            case = Case(server, fixtures)
            return '\n'.join(case.show(mark, line) for mark, line in lines)
        finally:
            server.stop()


def main():
    words = [word for word in sys.argv[1:] if not word.startswith('--')]
    database = os.environ['YUCHENG_POSTGRESQL'] if '--postgresql' in sys.argv else None
    failed = 0
    for path in words[3:]:
        got = run_case([os.path.abspath(word) for word in words[:3]], path, database)
        expected_path = os.path.splitext(path)[0] + '.answers'
        if '--update' in sys.argv:
            with open(expected_path, 'w', encoding='utf8', newline='') as file:
                file.write(got)
        with open(expected_path, encoding='utf8', newline='') as file:
            expected = file.read()
        if got != expected:
            print(f'{os.path.basename(path)}:\n' + ''.join(difflib.unified_diff(
                expected.splitlines(True), got.splitlines(True), expected_path, 'answered')))
            failed += 1
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
