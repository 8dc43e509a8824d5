"""A running yucheng serve and its clients, for the tests and figures of this folder."""
import http.client, json, os, re, signal, subprocess, uuid


class Server:
    """One data folder; start() and stop() or kill() as often as wanted."""

    def __init__(self, program, folder, settings=''):
        self.program, self.folder, self.process, self.port = program, folder, None, 0
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, 'yucheng.conf'), 'a', encoding='utf8') as file:
            file.write('request_log = no\n' + settings)
        self.log = open(os.path.join(folder, '..', 'serve.log'), 'ab')

    def command(self, *words):
        return subprocess.run([self.program, *words, '--data', self.folder], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)

    def start(self):
        self.process = subprocess.Popen(
            [self.program, 'serve', '--data', self.folder, '--listen', '127.0.0.1:0'],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        if not re.search(r'\d+\s*$', line):
            raise SystemExit(f'did not start: {line!r}, exit {self.process.wait()}')
        self.port = int(line.split()[-1])

    def end(self, number):
        self.process.send_signal(number)
        status = self.process.wait(timeout=60)
        self.process.stdout.close()
        return status

    def kill(self):
        self.end(signal.SIGKILL)

    def stop(self):
        return self.end(signal.SIGTERM)

    def passwords(self):
        """login -> one-time password, as `yucheng demo` leaves them."""
        with open(os.path.join(self.folder, 'demo-accounts.txt'), encoding='utf8') as file:
            rows = [line.split('\t') for line in file if '\t' in line and not line.startswith('#')]
        return {row[0]: row[1] for row in rows}

    def token(self, login, password):
        """Changes the one-time password and makes a token that may do what its owner may."""
        secret = 'Kill-Nine-' + uuid.uuid4().hex
        for known in (password, secret):
            client = Client(self.port)
            answer = client.ask('POST', '/api/v1/session', {'login': login, 'password': known})
            client.headers['X-CSRF-Token'] = answer['csrf']
            if known == password:
                client.ask('PUT', '/api/v1/session/password', {'old': password, 'new': secret})
        return client.ask('POST', '/api/v1/tokens', {'name': 'test', 'scopes': '*', 'days': 30})[
            'token']


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f'{status} {body[:300]!r}')
        self.status = status


class Client:
    """One keep-alive connection. Raises Refused for 4xx and 5xx, OSError or HTTPException when the
    server goes away."""

    def __init__(self, port, token=None):
        self.connection = http.client.HTTPConnection('127.0.0.1', port, timeout=30)
        self.headers = {'Authorization': 'Bearer ' + token} if token else {}

    def send(self, method, path, body=None, headers=None):
        self.connection.request(method, path, body, {**self.headers, **(headers or {})})
        answer = self.connection.getresponse()
        data = answer.read()
        cookie = answer.getheader('Set-Cookie')
        if cookie:
            self.headers['Cookie'] = cookie.split(';')[0]
        if answer.status >= 400:
            raise Refused(answer.status, data)
        return data

    def ask(self, method, path, value=None):
        body = None if value is None else json.dumps(value)
        data = self.send(method, path, body, {'Content-Type': 'application/json'} if body else {})
        return json.loads(data) if data else None

    def upload(self, path, fields, name, content):
        mark = uuid.uuid4().hex
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
                 for key, value in fields.items()]
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"'
                     f'\r\nContent-Type: application/octet-stream\r\n\r\n')
        body = ''.join(parts).encode() + content + f'\r\n--{mark}--\r\n'.encode()
        return json.loads(self.send('POST', path, body, {
            'Content-Type': f'multipart/form-data; boundary={mark}'}))

    def close(self):
        self.connection.close()
