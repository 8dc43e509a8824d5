#!/usr/bin/env python3
"""Works the targets T1 to T4 out a second time: check_indicators.py YUCHENG DATA_OF_THE_RULES

Makes the demo workspace as of a day, reads its tables with sqlite3, and computes every method of
every target for the six centres on several days, from the definitions of docs/indicators.md alone.
`yucheng indicators --centre … --json` must give the same value, numerator, denominator and lists of
records. What each centre is to show (STORIES) is asserted, and printed as a table.
"""
import collections, csv, datetime, json, os, sqlite3, subprocess, sys, tempfile

TODAY = '2026-11-01'
DAYS = ['2023-12-31', '2024-12-31', '2025-12-31', '2026-06-30', TODAY]
METHODS = {'T1': ['cagr', 'mean_yoy', 'vs_base_avg'],
           'T2': ['concluded', 'decided', 'cohort', 'gross'],
           'T3': ['broad', 'strict', 'industrialised'],
           'T4': ['products', 'filings']}
TARGETS = {'T1': 0.20, 'T2': 0.65, 'T3': 0.70, 'T4': 10}
# What the demo tells of each centre on TODAY, by every method in the order of METHODS:
# + met, - missed, 0 not computable.
STORIES = [
    ('meets all four', '+++', '++--', '++-', '++'),
    ('growth by the mean of years, not compounded', '-+-', '++--', '++-', '++'),
    ('grants fall out of the denominator: methods differ', '+++', '-+--', '++-', '++'),
    ('many of high value, few used by itself', '+++', '++--', '+--', '++'),
    ('too few products: revoked, dead, the same', '+++', '++--', '++-', '--'),
    ('young: no whole year, few decisions', '000', '++--', '---', '--'),
]


# ---- Days.

def day(text):
    return datetime.date.fromisoformat(text) if text else None


def add_months(start, months):
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    last = ((datetime.date(year + month // 12, month % 12 + 1, 1)) - datetime.timedelta(1)).day
    return datetime.date(year, month, min(start.day, last))


def rows_of(folder, name):
    with open(os.path.join(folder, name), encoding='utf8', newline='') as file:
        lines = [line for line in file if not line.startswith('#')]
    return list(csv.DictReader(lines))


class Calendar:
    """A period does not end on a day of rest; days worked in exchange are days of rest, too."""

    def __init__(self, folder):
        self.rest = set()
        for row in rows_of(folder, 'holidays.csv'):
            first, last = (datetime.datetime.strptime(row[key], '%Y%m%d').date()
                           for key in ('!first', '!last'))
            while first <= last and row['!kind'] != 'DAY_MAKE_UP':
                self.rest.add(first)
                first += datetime.timedelta(1)

    def roll(self, when):
        while when.weekday() >= 5 or when in self.rest:
            when += datetime.timedelta(1)
        return when


# ---- Industries by IPC symbols.

class Industries:
    def __init__(self, folder):
        self.rules = collections.defaultdict(list)
        for row in rows_of(folder, 'sei.csv'):
            self.rules[row['ipc'].replace(' ', '')].append(row['keywords'] or '')
        self.moved = [(row['from'], row['to']) for row in rows_of(folder, 'ipc_legacy.csv')]

    @staticmethod
    def wider(symbol):
        """The symbol, its main group, subclass, class."""
        yield symbol
        if '/' in symbol:
            yield symbol.split('/')[0] + '/00'
            yield symbol.split('/')[0]
        yield symbol[:4]
        yield symbol[:3]

    @staticmethod
    def counts(keywords, text):
        words = [word for word in keywords.replace('，', '、').split('、') if word]
        if any(word.startswith('不包含') and word[3:] in text for word in words):
            return False
        words = [word for word in words if not word.startswith('不包含')]
        return not words or any(word in text for word in words)

    def climb(self, symbol, text):
        for wide in self.wider(symbol):
            if wide in self.rules:
                return any(self.counts(words, text) for words in self.rules[wide])
        return None

    def has(self, ipc, text):
        for symbol in (part.strip().replace(' ', '') for part in (ipc or '').split(';')):
            found = self.climb(symbol, text) if symbol else False
            for old, new in self.moved if found is None else []:
                other = new if symbol.startswith(old) else old if symbol.startswith(new) else None
                found = self.climb(other, text) if other and found is None else found
            if found:
                return True
        return False


# ---- What the tables say.

class Centre:
    def __init__(self, base, organisation):
        self.base, self.id = base, organisation
        cases = self.rows('patent_case')
        self.cases = [case for case in cases if case['office'] == 'CN']
        self.foreign = [case for case in cases if case['office'] != 'CN']
        self.products = self.rows('product')
        self.marks = [row for row in self.rows('high_value_mark')
                      if row['state'] in ('approved', 'withdrawn')]
        self.awards = [row for row in self.rows('award')
                       if row['state'] == 'won' and row['level'].startswith('national')]
        self.books = [row for row in self.rows('task_book')
                      if row['state'] in ('signed', 'superseded', 'closed')]
        self.words = dict(base.execute('SELECT case_id, words FROM case_words'))
        self.uses = collections.defaultdict(list)  # case -> (kind, from, royalty, market)
        self.read_uses()

    def rows(self, table):
        cursor = self.base.execute(f'SELECT * FROM "{table}" WHERE organisation_id = ? ORDER BY id',
                                   (self.id,))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor]

    @staticmethod
    def ids(text):
        return [int(part) for part in (text or '').split(',') if part]

    def read_uses(self):
        for product in self.products:
            for case in self.ids(product['cases']):
                self.uses[case] += [('S1', day(product['passed_on']), False, False),
                                    ('S1', day(product['sold_from']), False, True)]
        kinds = {'licence': 'S2', 'open_licence': 'S2', 'assignment': 'S3', 'contribution': 'S4'}
        paid = collections.defaultdict(list)
        for income in self.rows('deal_income'):
            if income['state'] == 'booked' and income['kind'] in ('royalty', 'lump'):
                paid[income['deal_id']].append(day(income['received_on']))
        for deal in self.rows('deal'):
            kind, start = kinds.get(deal['kind']), day(deal['starts_on'])
            if deal['state'] not in ('effective', 'ended') or not kind or not start:
                continue
            for case in self.ids(deal['cases']):
                self.uses[case].append((kind, start, False, bool(deal['on_market'])))
                if kind == 'S2' and paid[deal['id']]:
                    self.uses[case].append((kind, max(start, min(paid[deal['id']])), True,
                                            bool(deal['on_market'])))
        for standard in self.rows('standard_patent'):
            days = [day(standard[name]) for name in ('declared_on', 'published_on')
                    if standard[name]]
            if days and standard['state'] == 'confirmed':
                self.uses[standard['case_id']].append(('S5', min(days), False, False))

    def book(self, as_of):
        running = [row for row in self.books
                   if day(row['signed_on']) <= as_of and day(row['from_on']) <= as_of and
                   as_of <= day(row['until_on']) and
                   not (row['ended_on'] and day(row['ended_on']) <= as_of)]
        return max(running, key=lambda row: row['signed_on']) if running else None


# ---- A case on a day.

def came(case, name, as_of):
    when = day(case[name])
    return when if when and when <= as_of else None


def in_force(case, as_of):
    if not came(case, 'granted_on', as_of):
        return False
    known = day(case['end_known_on']) or day(case['ended_on'])
    restored = came(case, 'restored_on', as_of)
    if restored and case['ended_on'] and restored >= day(case['ended_on']):
        known = None
    ends = [known, day(case['invalidated_on'])]
    ends.append(add_months(day(case['filed_on']), 240) +
                datetime.timedelta((case['adjustment_days'] or 0) + 1))
    return as_of < min(end for end in ends if end)


def outcome(case, as_of, calendar):
    """granted, rejected, contested, withdrawn, deemed, abandoned or None; and since when."""
    granted = came(case, 'granted_on', as_of)
    if granted:
        return 'granted', granted
    for name, what in (('withdrawn_on', 'withdrawn'), ('deemed_withdrawn_on', 'deemed'),
                       ('grant_abandoned_on', 'abandoned')):
        lost, restored = came(case, name, as_of), came(case, 'restored_on', as_of)
        if lost and not (restored and restored >= lost):
            return what, lost
    rejected = came(case, 'rejected_on', as_of)
    if not rejected or came(case, 'rejection_reversed_on', as_of):
        return None, None
    upheld = came(case, 'rejection_upheld_on', as_of)
    if upheld:
        return 'rejected', upheld
    final = calendar.roll(add_months(rejected, 3)) + datetime.timedelta(1)
    if came(case, 'review_requested_on', as_of) or as_of < final:
        return 'contested', rejected
    return 'rejected', final


class Answer:
    def __init__(self):
        self.value = self.numerator = self.denominator = None
        self.counted, self.base, self.kept = set(), set(), set()

    def ratio(self):
        self.numerator, self.denominator = len(self.counted), len(self.base)
        self.value = self.numerator / self.denominator if self.denominator else None
        return self


class Worker:
    def __init__(self, base, organisation, folder):
        self.centre = Centre(base, organisation)
        self.calendar, self.industries = Calendar(folder), Industries(folder)

    @staticmethod
    def is_there(case, as_of):
        """Filed by that day, and acquired by then if it came from others."""
        return came(case, 'filed_on', as_of) and (
            not case['acquired_on'] or came(case, 'acquired_on', as_of))

    def candidates(self, as_of):
        """Chinese inventions filed by that day, each number and PCT number once."""
        seen = set()
        for case in self.centre.cases:
            if case['type'] != 'invention' or not self.is_there(case, as_of):
                continue
            keys = {case['application_number'] or f'#{case["id"]}'}
            keys |= {case['pct_number']} if case['pct_number'] else set()
            is_new = not keys & seen
            seen |= keys
            if is_new:
                yield case

    def listed(self, indicator, as_of):
        """What a list of that day may name: what came later stands in none."""
        if indicator == 'T4':
            return [row for row in self.centre.products if came(row, 'submitted_on', as_of) or
                    came(row, 'passed_on', as_of)]
        return [case for case in self.centre.cases if self.is_there(case, as_of)]

    def T1(self, method, as_of):
        answer, book = Answer(), self.centre.book(as_of)
        cases = [case for case in self.candidates(as_of) if case['key_field_id'] and
                 not came(case, 'abnormal_on', as_of) and not came(case, 'withdrawn_on', as_of)]
        filed = lambda case: day(case['filed_on']).year
        last = as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
        first = book['base_year'] or day(book['from_on']).year - 1 if book else min(
            (day(case['filed_on']).year for case in self.centre.cases
             if case['type'] == 'invention' and case['key_field_id'] and
             self.is_there(case, as_of)),
            default=None)
        if first and not book and method == 'vs_base_avg':
            first += 2  # three years that were, not years before there was anything
        if not first or last <= first:
            answer.numerator = answer.denominator = 0
            return answer
        bases = range(first - 2, first + 1) if method == 'vs_base_avg' else [first]
        count = collections.Counter(filed(case) for case in cases)
        answer.kept = {case['id'] for case in cases if first - 2 <= filed(case) <= last}
        answer.counted = {case['id'] for case in cases if filed(case) == last}
        answer.base = {case['id'] for case in cases if filed(case) in bases}
        answer.numerator = count[last]
        answer.denominator = sum(count[year] for year in bases) / len(bases)
        if book and book['baseline'] is not None:
            answer.denominator = book['baseline']
        years = [answer.denominator] + [count[year] for year in range(first + 1, last + 1)]
        if method == 'mean_yoy':
            if all(years[:-1]):
                rates = [b / a - 1 for a, b in zip(years, years[1:])]
                answer.value = sum(rates) / len(rates)
        elif answer.denominator:
            answer.value = (answer.numerator / answer.denominator) ** (1 / (last - first)) - 1
        return answer

    def T2(self, method, as_of):
        answer, book = Answer(), self.centre.book(as_of)
        start = day(book['from_on']) if book else None
        inside = lambda when: when and when <= as_of and (not start or when >= start)
        for case in self.candidates(as_of):
            what, since = outcome(case, as_of, self.calendar)
            if method == 'cohort':
                counts = inside(day(case['filed_on']))
                granted = counts and what == 'granted'
            elif method == 'gross':
                counts = inside(day(case['filed_on']))
                granted = what == 'granted' and inside(since)
            else:
                counts = what not in (None, 'contested') and inside(since)
                if counts and what in ('withdrawn', 'deemed'):
                    examined = day(case['examined_on'])
                    counts = examined and examined <= since
                if method == 'decided':
                    counts = counts and what in ('granted', 'rejected')
                granted = counts and what == 'granted'
            if counts:
                answer.base.add(case['id'])
            if granted:
                answer.counted.add(case['id'])
        answer.kept = answer.base | answer.counted
        return answer.ratio()

    def is_high(self, case, as_of):
        text = case['title'] + '\n' + self.centre.words.get(case['id'], '')
        if self.industries.has(case['ipc'], text):
            return True
        if as_of > add_months(day(case['filed_on']), 120):
            return True
        if any(award['awarded_on'] and day(award['awarded_on']) <= as_of and
               case['id'] in self.centre.ids(award['cases']) for award in self.centre.awards):
            return True
        if any(mark['case_id'] == case['id'] and day(mark['from_on']) <= as_of and
               not (mark['until_on'] and day(mark['until_on']) <= as_of)
               for mark in self.centre.marks):
            return True
        return any(other['family'] and other['family'] == case['family'] and
                   other['office'] not in ('HK', 'MO', 'TW', 'WO') and in_force(other, as_of)
                   for other in self.centre.foreign)

    def T3(self, method, as_of):
        answer = Answer()
        for case in self.candidates(as_of):
            uses = [use for use in self.centre.uses[case['id']] if use[1] and use[1] <= as_of]
            kinds = {use[0] for use in uses}
            used = {'broad': bool(kinds),
                    'strict': any(use[0] == 'S1' or use[0] == 'S2' and (use[2] or use[3])
                                  for use in uses),
                    'industrialised': any(use[3] for use in uses)}[method]
            gone = came(case, 'transferred_on', as_of)
            if not in_force(case, as_of) or not self.is_high(case, as_of):
                continue
            if gone and not (method == 'broad' and kinds & {'S3', 'S4'}):
                continue
            answer.base.add(case['id'])
            if used:
                answer.counted.add(case['id'])
        answer.kept = answer.base
        return answer.ratio()

    def T4(self, method, as_of):
        answer, cases = Answer(), {case['id']: case for case in self.centre.cases}
        filings, names = set(), set()
        for product in self.centre.products:
            linked = [cases.get(case) for case in self.centre.ids(product['cases'])]
            dead = linked and all(case and not in_force(case, as_of) for case in linked)
            name = product['name'], product['model']
            if not came(product, 'passed_on', as_of) or came(product, 'revoked_on', as_of) or dead:
                continue
            if product['filing'] in filings or (method == 'products' and name in names):
                continue
            filings.add(product['filing'])
            names.add(name)
            answer.counted.add(product['id'])
        answer.kept = answer.counted
        answer.numerator, answer.denominator = len(answer.counted), 1
        answer.value = len(answer.counted)
        return answer


# ---- Comparing.

def ask(program, data, centre, as_of, methods):
    words = [program, 'indicators', '--centre', str(centre), '--as-of', as_of.isoformat(),
             '--method', ','.join(f'{key}={value}' for key, value in methods.items()),
             '--json', '--data', data, '--quiet']
    answer = subprocess.run(words, capture_output=True, text=True, timeout=120)
    if answer.returncode not in (0, 1):
        sys.exit(f'{" ".join(words)}: {answer.returncode}\n{answer.stderr}')
    return {item['id']: item for item in json.loads(answer.stdout)['indicators']}


def same_number(left, right):
    if left is None or right is None:
        return left is right
    return abs(left - right) <= 1e-9 * max(1, abs(right))


def sign_of(value, indicator):
    if value is None:
        return '0'
    return '+' if value >= TARGETS[indicator] - 1e-9 else '-'


STATUS = {'+': 'met', '-': 'missed', '0': 'not_computable'}


def differences(item, answer, indicator, all_ids):
    for name in ('value', 'numerator', 'denominator'):
        if not same_number(item[name], getattr(answer, name)):
            yield f'{name} {item[name]} here {getattr(answer, name)}'
    if item['status'] != STATUS[sign_of(answer.value, indicator)]:
        yield f'status {item["status"]}'
    lists = {'counted': {row['id'] for row in item['counted']},
             'base': {row['id'] for row in item['base']},
             'excluded': {row['record']['id'] for row in item['excluded']}}
    wanted = {'counted': answer.counted, 'base': answer.base, 'excluded': all_ids - answer.kept}
    if answer.value is None and not answer.kept and indicator == 'T1':
        return  # nothing is looked at without a whole year
    for name, ids in lists.items():
        if ids != wanted[name]:
            yield f'{name}: only there {sorted(ids - wanted[name])}, ' \
                  f'only here {sorted(wanted[name] - ids)}'


def check_centre(program, data, worker, name, as_of, failures):
    signs = {}
    for turn in range(max(map(len, METHODS.values()))):
        methods = {key: values[min(turn, len(values) - 1)] for key, values in METHODS.items()}
        items = ask(program, data, worker.centre.id, as_of, methods)
        for indicator, method in methods.items():
            if turn >= len(METHODS[indicator]):
                continue
            answer = getattr(worker, indicator)(method, as_of)
            rows = worker.listed(indicator, as_of)
            signs[indicator] = signs.get(indicator, '') + sign_of(answer.value, indicator)
            for text in differences(items[indicator], answer, indicator,
                                    {row['id'] for row in rows}):
                failures.append(f'{name} {as_of} {indicator} {method}: {text}')
            if as_of.isoformat() == TODAY:
                value = '—' if answer.value is None else f'{answer.value:.4g}'
                print(f'  {indicator} {method:<15}{answer.numerator:>8.4g} / '
                      f'{answer.denominator:<8.4g}{value:>10}  '
                      f'{STATUS[sign_of(answer.value, indicator)]}')
    return tuple(signs[indicator] for indicator in METHODS)


def make_demo(program, data):
    subprocess.run([program, 'demo', '--as-of', TODAY, '--data', data, '--quiet'], check=True,
                   stdout=subprocess.DEVNULL, timeout=500)
    base = sqlite3.connect(os.path.join(data, 'yucheng.db'))
    centres = base.execute("SELECT id, name FROM organisation WHERE kind = 'centre' ORDER BY id")
    return base, list(centres)


def main():
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    failures = []
    with tempfile.TemporaryDirectory(prefix='yucheng-indicators-') as data:
        base, centres = make_demo(program, data)
        for (organisation, name), story in zip(centres, STORIES, strict=True):
            worker = Worker(base, organisation, folder)
            print(f'{name}: {story[0]}')
            for as_of in DAYS:
                signs = check_centre(program, data, worker, name, day(as_of), failures)
                if as_of == TODAY and signs != story[1:]:
                    failures.append(f'{name}: {signs}, the story says {story[1:]}')
        base.close()
    print('\n'.join(failures))
    sys.exit(1 if failures else 0)


if __name__ == '__main__':
    main()
