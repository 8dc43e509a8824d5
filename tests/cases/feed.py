#!/usr/bin/env python3
"""feed.py YUCHENG MAKE_WORKSPACE FIXTURES: the secret address of the calendar, read as clients do.

The iCalendar is parsed by python3-icalendar and shown by khal (each where it is installed), and compared with the calendar of
the API. Skipped (77) without python3-icalendar.
"""
import datetime, json, os, shutil, subprocess, sys, tempfile

sys.path.append('/usr/lib/python3/dist-packages')  # Debian's, for a Python from elsewhere
try:
    import icalendar
except ImportError:
    sys.exit(77)

from run import CHINA
from server import Server

TODAY = datetime.datetime.now(CHINA).date()


def day(offset):
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


def make(server, actor, type_name, **fields):
    answer = server.ask(actor, 'POST', f'/api/v1/records/{type_name}', json.dumps({'fields': fields}))
    assert answer.status == 201, answer.body
    return answer.json()['id']


def step(server, actor, type_name, number, name):
    answer = server.ask(actor, 'POST', f'/api/v1/records/{type_name}/{number}/steps/{name}', '{}')
    assert answer.status == 200, answer.body


def check_lines(body):
    assert body.endswith(b'\r\n') and b'\n' not in body.replace(b'\r\n', b'')
    for line in body.split(b'\r\n'):
        assert len(line) <= 75, line
        line.decode('utf8')  # no character is cut in two


def check_events(server, actor, calendar):
    """What a client sees is what the API says to the owner of the address."""
    asked = server.ask(actor, 'GET', f'/api/v1/calendar?from={day(-60)}&until={day(400)}').json()['events']
    seen = {}
    for event in calendar.walk('VEVENT'):
        assert event['UID'] not in seen
        seen[event['UID']] = event
        assert isinstance(event['DTSTART'].dt, datetime.date) and 'DTSTAMP' in event
        triggers = sorted(alarm['TRIGGER'].dt.days for alarm in event.walk('VALARM'))
        assert triggers == [-30, -14, -7, -1], triggers
    assert len(seen) == len(asked) > 0, (len(seen), len(asked))
    for event in asked:
        found = [e for uid, e in seen.items() if uid.startswith(f'{event["type"]}-{event["id"]}-')]
        assert event['on'] in [e['DTSTART'].dt.isoformat() for e in found]
        assert any(event['title'] in str(e['SUMMARY']) for e in found), event


def check_khal(folder, body):
    if not shutil.which('khal'):
        return
    path = os.path.join(folder, 'feed.ics')
    with open(path, 'wb') as file:
        file.write(body)
    with open(os.path.join(folder, 'khal.conf'), 'w', encoding='utf8') as file:
        file.write(f'[calendars]\n[[a]]\npath = {folder}/khal\n[locale]\nlocal_timezone = UTC\n'
                   'default_timezone = UTC\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n'
                   'timeformat = %H:%M\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n'
                   f'[default]\n[sqlite]\npath = {folder}/khal.db\n')
    shown = subprocess.run(['khal', '-c', f'{folder}/khal.conf', 'printics', path], check=True, capture_output=True,
                           text=True, env={**os.environ, 'LC_ALL': 'C.UTF-8'}).stdout
    assert '期限：' in shown and 'AJ-1' in shown, shown


def run(server, folder):
    case = make(server, 'manager', 'patent_case', docket='AJ-1', type='invention', office='CN', owner_id=2,
                title='一种复合电解质膜，具有;分号、逗号,反斜杠\\以及很长的名称，用来核对折行：' + '电解质' * 20)
    step(server, 'manager', 'patent_case', case, 'submit')
    for base in (-20, -10):
        make(server, 'manager', 'deadline', case_id=case, rule='D17', base_on=day(base), owner_id=2,
             service='electronic')
    address = server.ask('manager*', 'POST', '/api/v1/calendar/feed', '{}')
    assert address.status == 201, address.body
    old = address.json()['token']
    token = server.ask('manager*', 'POST', '/api/v1/calendar/feed', '{}').json()['token']
    assert server.ask('-', 'GET', f'/api/v1/calendar/feed/{old}.ics').status == 404
    answer = server.ask('-', 'GET', f'/api/v1/calendar/feed/{token}.ics')
    assert answer.status == 200 and answer.media_type == 'text/calendar', answer.body
    check_lines(answer.body)
    calendar = icalendar.Calendar.from_ical(answer.body)
    assert calendar['METHOD'] == 'PUBLISH' and calendar['VERSION'] == '2.0'
    check_events(server, 'manager', calendar)
    check_khal(folder, answer.body)
    # the token is good for nothing else, and the address for nobody without it
    bearer = {'Authorization': f'Bearer {token}'}
    assert server.send('GET', '/api/v1/records/patent_case', None, bearer).status == 403
    assert server.ask('-', 'GET', f'/api/v1/calendar/feed/{token}').status == 404
    assert server.ask('-', 'GET', f'/api/v1/calendar/feed/{server.tokens["manager"]}.ics').status == 404
    # who may read nothing of it has a calendar without it
    other = server.ask('manager4*', 'POST', '/api/v1/calendar/feed', '{}').json()['token']
    assert b'AJ-1' not in server.ask('-', 'GET', f'/api/v1/calendar/feed/{other}.ics').body
    assert server.ask('manager*', 'DELETE', '/api/v1/calendar/feed').status == 204
    assert server.ask('-', 'GET', f'/api/v1/calendar/feed/{token}.ics').status == 404
    assert token not in server.errors() and other not in server.errors()


with tempfile.TemporaryDirectory() as folder:
    server = Server(sys.argv[1], sys.argv[2], folder)
    try:
        run(server, folder)
    except AssertionError:
        print(server.errors())
        raise
    finally:
        server.stop()
