"""A server on the workspace of make_workspace.c, for run_http.py and permissions.py."""
import base64, hmac, http.client, json, os, re, struct, subprocess, sys, time, urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from run import Databases

BOUNDARY = 'boundary-of-the-cases'
WAIT_SECONDS = 60
PASSWORD = 'Nobody-logs-in-1'  # of everybody in the workspace


def totp(secret):
    """The six digits of now (RFC 6238)."""
    counter = struct.pack('>Q', int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret + '=' * (-len(secret) % 8)), counter, 'sha1')
    at = digest[-1] & 15
    return f'{(struct.unpack(">I", digest[at:at + 4])[0] & 0x7fffffff) % 1000000:06}'


def form(fields, files):
    """A multipart/form-data body: fields {name: text}, files {name: (file name, bytes)}."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
             for name, text in fields.items()]
    for name, (file_name, content) in files.items():
        parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; '
                     f'filename="{file_name}"\r\n'
                     'Content-Type: application/octet-stream\r\n\r\n'.encode()
                     + content + b'\r\n')
    return b''.join(parts) + f'--{BOUNDARY}--\r\n'.encode()


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()
        self.media_type = (response.headers['Content-Type'] or '').partition(';')[0]

    def json(self):
        return json.loads(self.body)


class Server:
    """yucheng serve on a fresh workspace in folder/data; server: a PostgreSQL, or None."""

    def __init__(self, program, make_workspace, folder, server=None):
        self.databases = Databases(server, folder)
        data = os.path.join(folder, 'data')
        if server:
            self.databases.configure(data)
        made = subprocess.run([make_workspace, data], check=True, capture_output=True)
        self.tokens, self.sessions = json.loads(made.stdout), {}
        self.process = subprocess.Popen(
            [os.path.abspath(program), 'serve', '--data', data, '--listen', '127.0.0.1:0'], cwd=folder,
            stdout=subprocess.PIPE, stderr=open(os.path.join(folder, 'log'), 'wb'), text=True)
        self.log = os.path.join(folder, 'log')
        found = re.search(r'(\d+)\s*$', self.process.stdout.readline())
        if not found:
            self.process.wait()
            raise RuntimeError('the server does not start: ' + self.errors())
        self.port = int(found.group(1))
        self.connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=WAIT_SECONDS)

    def errors(self):
        with open(self.log, encoding='utf8', errors='replace') as file:
            return file.read()

    def ask(self, actor, method, path, body=None, headers=None):
        """
        body: text of JSON, or the bytes of a form. actor '-': nobody; 'manager*': with a session,
        which begins with the first request.
        """
        headers = {**(headers or {}), **self.proof(actor)}
        if isinstance(body, bytes):
            headers['Content-Type'] = f'multipart/form-data; boundary={BOUNDARY}'
        elif body is not None:
            headers['Content-Type'] = 'application/json'
            body = body.encode()
        path = urllib.parse.quote(path, safe='/?&=%:,;+*!()[]{}#@$\'~.-_"').replace('#', '%23') \
            .replace('"', '%22').replace('{', '%7B').replace('}', '%7D')
        answer = self.send(method, path, body, headers)
        if actor in self.sessions and answer.headers['Set-Cookie']:
            self.take_up(actor, answer.headers['Set-Cookie'])
        return answer

    def take_up(self, actor, cookie):
        """A new cookie for a session, and the CSRF token that goes with it."""
        self.sessions[actor] = {'Cookie': cookie.partition(';')[0]}
        answer = self.send('GET', '/api/v1/session', None, self.sessions[actor])
        self.sessions[actor]['X-CSRF-Token'] = \
            answer.json()['csrf'] if answer.status == 200 else ''

    def send(self, method, path, body, headers):
        try:
            self.connection.request(method, path, body, headers)
            return Answer(self.connection.getresponse())
        except (http.client.HTTPException, ConnectionError):
            # an answer before the end of the body closes the connection
            self.connection.close()
            self.connection.request(method, path, body, headers)
            return Answer(self.connection.getresponse())

    def proof(self, actor):
        if actor == '-':
            return {}
        if not actor.endswith('*'):
            return {'Authorization': 'Bearer ' + self.tokens[actor]}
        if actor not in self.sessions:
            body = json.dumps({'login': actor[:-1], 'password': PASSWORD})
            answer = self.ask('-', 'POST', '/api/v1/session', body)
            self.take_up(actor, answer.headers['Set-Cookie'])
        return self.sessions[actor]

    def wait(self, actor, path):
        """Asks for a job until it has ended."""
        until = time.monotonic() + WAIT_SECONDS
        while True:
            answer = self.ask(actor, 'GET', path)
            if answer.status != 200 or answer.json()['state'] not in ('queued', 'running'):
                return answer
            if time.monotonic() > until:
                raise RuntimeError(f'{path} does not end')
            time.sleep(0.02)

    def stop(self):
        self.connection.close()
        self.process.terminate()
        status = self.process.wait(WAIT_SECONDS)
        self.databases.drop()
        if status:
            raise RuntimeError(f'the server ended with {status}: ' + self.errors())
