// openapi.mjs YUCHENG MODULES ANSWERS…: the description of the API is valid OpenAPI 3.1 by an independent
// validator, every route of it is answered in the golden cases (run_http.py), and every golden answer
// with JSON is what the description says of its route and status.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [program, modules, ...files] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'x'));
const { Validator } = await import(require.resolve('@seriousme/openapi-schema-validator'));
const Ajv = require('ajv/dist/2020').default;

// Whether a job can still be cancelled is a matter of moments: tests/unit/test_api.c does it. The secret
// address of a calendar is another each time: feed.py reads it.
const unshown = ['POST /api/v1/jobs/{job}/cancel', 'GET /api/v1/calendar/feed/{feed}'];
const problems = [];
const text = execFileSync(program, ['describe', '--openapi'], { encoding: 'utf8', maxBuffer: 1 << 26 });
const description = JSON.parse(text);

const result = await new Validator({ strict: false }).validate(JSON.parse(text));
if (!result.valid) problems.push(`openapi.json: ${JSON.stringify(result.errors, null, 1)}`);

for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
  if (!description.components.schemas[name]) problems.push(`openapi.json: no schema ${name}`);

// Values of golden answers stand for others of the same form ("TODAY"): formats say nothing of them.
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(description, 'api');

const operations = Object.entries(description.paths).flatMap(([template, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    method: method.toUpperCase(), template, operation, answered: new Set(),
    pattern: new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/?]+')}$`),
  })));

function findOperation(method, target) {
  const wanted = target.split('?')[0];
  return operations
    .filter(o => o.method === method && o.pattern.test(wanted))
    .sort((a, b) => a.template.split('{').length - b.template.split('{').length)[0];
}

function resolve(object) {
  return object?.$ref ? object.$ref.slice(2).split('/').reduce((at, part) => at[part], description) : object;
}

function check(place, actor, method, target, status, media, body) {
  const operation = findOperation(method === 'WAIT' ? 'GET' : method, target);
  if (!operation) return; // what there is no route for
  operation.answered.add(Number(status) < 400 ? 'done' : 'refused');
  const { responses } = operation.operation;
  const key = status in responses ? status : 'default';
  if (key === 'default' && Number(status) < 400)
    problems.push(`${place}: ${status} is not described`);
  const content = resolve(responses[key])?.content;
  if (!content) {
    if (body) problems.push(`${place}: an answer without content was described`);
    return;
  }
  const described = Object.keys(content)[0];
  if (described !== '*/*' && described !== media)
    problems.push(`${place}: ${media}, described as ${described}`);
  if (!body || !/json$/.test(media) || media.endsWith('ndjson') || described === '*/*') return;
  const ref = content[described].schema.$ref;
  const validate = ajv.getSchema(`api${ref}`);
  if (!validate(JSON.parse(body)))
    problems.push(`${place}: ${JSON.stringify(validate.errors.slice(0, 6), null, 1)}`);
}

for (const file of files)
  for (const block of readFileSync(file, 'utf8').split(/^> /m).slice(1)) {
    const [request, head, ...rest] = block.split('\n');
    const [actor, method, target] = request.split(' ');
    // a path may hold blanks in its query
    const [status, media = ''] = head.split(' ');
    const at = rest.findIndex(line => line === '{' || line === '[' || line.startsWith('{}'));
    check(`${path.basename(file)}: ${request}`, actor, method, target, status, media,
      at < 0 ? '' : rest.slice(at).join('\n'));
  }
for (const { method, template, answered } of operations)
  if (!answered.has('done') && !unshown.includes(`${method} ${template}`)) problems.push(`${method} ${template}: no golden case shows its answer`);

if (problems.length) {
  console.log(problems.join('\n'));
  process.exit(1);
}
