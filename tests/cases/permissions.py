#!/usr/bin/env python3
"""Every route x role x scope against the table in the repository: permissions.py [--update] YUCHENG
MAKE_WORKSPACE FIXTURES TABLE

The routes come from the program itself (describe --openapi): one that the table does not have fails.
A row is a method and a path (of routes by record type: one row a type), a column an actor of
make_workspace.c. A cell says what the actor meets: yes (done, or refused for another reason than who
asks), or the status 401, 403, 404. Where a path names a thing, three of them joined by /: of the own
organisation, of another one, of one below; a point where there is none; of sessions and tokens the own
one and another's. After an intended change: --update, and the difference is read by eye.
"""
import difflib, json, os, re, subprocess, sys, tempfile

from server import Server, form

ACTORS = ['-', 'newcomer', 'director', 'manager', 'researcher', 'finance', 'agency', 'city', 'province',
          'expert', 'inspector', 'sysadmin', 'secadmin', 'auditadmin']
# organisation of the actor -> those of the thing: own, another, below (make_workspace.c)
SCOPES = {3: (3, 4, None), 7: (7, 3, None), 2: (2, 6, 3), 1: (1, None, 3)}
ORGANISATIONS = {'agency': 7, 'city': 2, 'province': 1, 'expert': 1, 'inspector': 1, 'sysadmin': 1,
                 'secadmin': 1, 'auditadmin': 1}
# who makes things there
MAKERS = {1: 'province*', 2: 'city*', 3: 'manager*', 4: 'manager4*', 6: 'manager6*', 7: 'manager7*'}
DIRECTORS = {3: 'director*', 4: 'director4*'}
FIXED = {'figure': 'trend_filed', 'indicator': 'T1', 'number': 'CN198000001B', 'stage': 'filed', 'feed': 'wrong.ics',
         'kind': 'technology'}
STEPS = {'draft': 'submit', 'running': 'cancel'}
BODY = json.dumps({'text': '示例', 'comment': '示例', 'organisation_id': 3})  # enough for most routes
TASK = {'year': 2026, 'title': '示例', 'kind': 'navigation', 'goal': '示例', 'due_on': '2026-12-31'}


class Patient(Server):
    """Logs in again whoever has lost the session."""

    def ask(self, actor, method, path, body=None, headers=None):
        answer = super().ask(actor, method, path, body, headers)
        if answer.status == 401 and self.sessions.pop(actor, None):
            answer = super().ask(actor, method, path, body, headers)
        return answer


class Things:
    """What paths name, by organisation; made anew for every request that may change it."""

    def __init__(self, server, fixtures):
        self.server, self.kept, self.names = server, {}, 0
        self.sheet = server.ask('manager*', 'GET', '/api/v1/sheets/annual_task/template').body
        with open(os.path.join(fixtures, 'small.jsonl'), 'rb') as file:
            body = form({}, {'file': ('small.jsonl', file.read())})
        job = server.ask('manager*', 'POST', '/api/v1/imports', body).json()['job']
        server.wait('manager*', f'/api/v1/jobs/{job}')

    def made(self, actor, method, path, value):
        """What is answered, or {} where there may be no such thing."""
        answer = self.server.ask(actor, method, path, json.dumps(value))
        if answer.status == 403:
            return {}
        if answer.status not in (200, 201, 202):
            raise RuntimeError(f'{actor} {method} {path}: {answer.status} {answer.body.decode()}')
        return answer.json()

    def topic(self, organisation):
        self.names += 1
        return self.made(MAKERS[organisation], 'POST', '/api/v1/topics',
                         {'name': f'专题{self.names}'}).get('id')

    def name(self, organisation):
        self.names += 1
        self.made(MAKERS[organisation], 'PUT', f'/api/v1/queries/式{self.names}', {'query': '电池'})
        return f'式{self.names}'

    def job(self, organisation):
        job = self.made(MAKERS[organisation], 'POST', '/api/v1/reports', {'query': '电池'})['job']
        self.server.wait(MAKERS[organisation], f'/api/v1/jobs/{job}')
        return job

    def watch(self, organisation):
        self.names += 1
        return self.made(MAKERS[organisation], 'POST', '/api/v1/records/watch', {'fields': {
            'name': f'监测{self.names}', 'purpose': 'technology', 'frequency': 'monthly',
            'query': 'TA=电池'}}).get('id')

    def task(self, organisation, state):
        if organisation not in DIRECTORS:
            return None
        owner = self.server.ask(MAKERS[organisation], 'GET', '/api/v1/session').json()['user_id']
        path = '/api/v1/records/annual_task'
        task = self.made(MAKERS[organisation], 'POST', path, {'fields': {**TASK, 'owner_id': owner}})
        for actor, step in ((MAKERS, 'submit'), (DIRECTORS, 'approve')) if state == 'running' else ():
            self.made(actor[organisation], 'POST', f'{path}/{task["id"]}/steps/{step}', {})
        return task['id']

    def account(self, organisation):
        self.names += 1
        user = self.made('sysadmin*', 'POST', '/api/v1/records/user', {
            'organisation': organisation,
            'fields': {'login': f'victim{self.names}', 'name': '示例'}})['id']
        return self.made('sysadmin*', 'POST', '/api/v1/accounts', {'user_id': user})['id']

    def file(self, organisation, task):
        body = form({}, {'file': ('x.csv', b'a,b\n1,2\n')})
        path = f'/api/v1/records/annual_task/{task}/files'
        return self.server.ask(MAKERS[organisation], 'POST', path, body).json()['id']

    def session(self, actor):
        return self.server.ask(actor, 'GET', '/api/v1/sessions').json()['sessions'][0]['id']

    def token(self, actor):
        tokens = self.server.ask(actor, 'GET', '/api/v1/tokens').json()['tokens']
        return tokens[0]['id'] if tokens else None

    def find(self, kind, organisation, is_changed, state):
        key = (kind, organisation, state)
        made = self.kept.get(key)
        # accounts are dear, and jobs that have ended stay as they are
        if made is None or is_changed and kind not in ('job', 'account'):
            made = self.task(organisation, state) if kind == 'id' \
                else getattr(self, kind)(organisation)
        if not is_changed or kind in ('job', 'account'):
            self.kept[key] = made
        return made


class Walk:
    def __init__(self, server, fixtures):
        self.server, self.things = server, Things(server, fixtures)

    def meet(self, actor, method, path, body):
        answer = self.server.ask(actor, method, path, body)
        if answer.status >= 500:
            raise RuntimeError(f'{actor} {method} {path}: {answer.status} {answer.body.decode()}')
        return str(answer.status) if answer.status in (401, 403, 404) else 'yes'

    def fill(self, path, method, organisation, state):
        """The path with a thing of the organisation in each {name}; None: there is none."""
        values = {**FIXED, 'step': STEPS.get(state)}
        if path.endswith('/{account}/sessions/{session}'):
            maker = MAKERS[organisation]
            values['session'] = self.things.session(maker)
            values['account'] = list(self.server.tokens).index(maker[:-1]) + 1
        for name in re.findall(r'\{(\w+)\}', path):
            if name == 'file' and values['id']:
                values[name] = self.things.file(organisation, values['id'])
            if name not in values:
                values[name] = self.things.find(name, organisation, method != 'GET', state)
            if values[name] is None:
                return None
            path = path.replace(f'{{{name}}}', str(values[name]))
        return path

    def of_persons(self, actor, method, path, kind):
        """What belongs to an account: the own one, and another's."""
        if actor == '-':
            return self.meet(actor, method, path.replace(f'{{{kind}}}', '1'), None)
        find = getattr(self.things, kind)
        met = [self.meet(actor, method, path.replace(f'{{{kind}}}', str(thing)), None)
               for thing in (find('manager4*'), find(actor))]
        return '/'.join(reversed(met))

    def cell(self, actor, method, path, body, state):
        if path in ('/api/v1/sessions/{session}', '/api/v1/tokens/{token}'):
            return self.of_persons(actor, method, path, path[path.index('{') + 1:-1])
        if not set(re.findall(r'\{(\w+)\}', path)) & {'topic', 'name', 'job', 'id', 'account'}:
            return self.meet(actor, method, self.fill(path, method, 3, state), body)
        met = []
        for organisation in SCOPES[ORGANISATIONS.get(actor.rstrip('*'), 3)]:
            target = organisation and self.fill(path, method, organisation, state)
            met.append(self.meet(actor, method, target, body) if target else '.')
        return '/'.join(met)

    def body_of(self, path, operation):
        content = operation.get('requestBody', {}).get('content', {})
        if 'multipart/form-data' not in content:
            return BODY if content else None
        sheet = ('x.xlsx', self.things.sheet) if '/sheets/' in path else ('x.csv', b'a,b\n1,2\n')
        return form({'dry_run': 'true' if '/sheets/' in path else 'yes'}, {'file': sheet})

    def row(self, method, path, operation, state):
        body = self.body_of(path, operation)
        actors = [actor if actor == '-' else actor + '*' for actor in ACTORS]
        return [self.cell(actor, method, path, body, state) for actor in actors]


def rows_of(description):
    """(method, path, what the row is called, operation, state of the record)"""
    types = description['paths']['/api/v1/records/{type}']['get']['parameters'][0]['schema']['enum']
    for path, item in description['paths'].items():
        for method, operation in item.items():
            method = method.upper()
            if path == '/api/v1/records/{type}':
                for name in types:
                    yield method, path.replace('{type}', name), path.replace('{type}', name), \
                        operation, None
            elif '{id}' in path:
                for state in ('draft', 'running'):
                    yield method, path.replace('{type}', 'annual_task'), \
                        path.replace('{type}', 'annual_task').replace('{id}', f'{{{state}}}'), \
                        operation, state
            else:
                yield method, path.replace('{type}', 'annual_task'), path, operation, None


def main():
    words = [word for word in sys.argv[1:] if not word.startswith('--')]
    program, make_workspace, fixtures, table = [os.path.abspath(word) for word in words]
    description = json.loads(subprocess.run([program, 'describe', '--openapi'], check=True,
                                            capture_output=True).stdout)
    with tempfile.TemporaryDirectory(prefix='yucheng-permissions-') as folder:
        server = Patient(program, make_workspace, folder)
        try:
            walk = Walk(server, fixtures)
            got = '\t'.join(['method', 'path', 'permission'] + ACTORS) + '\n'
            for method, path, name, operation, state in rows_of(description):
                got += '\t'.join([method, name, operation['x-permission']]
                                 + walk.row(method, path, operation, state)) + '\n'
        finally:
            server.stop()
    if '--update' in sys.argv:
        with open(table, 'w', encoding='utf8', newline='') as file:
            file.write(got)
    with open(table, encoding='utf8', newline='') as file:
        expected = file.read()
    if got != expected:
        print(''.join(difflib.unified_diff(expected.splitlines(True), got.splitlines(True), table,
                                           'met')))
        sys.exit(1)


if __name__ == '__main__':
    main()
