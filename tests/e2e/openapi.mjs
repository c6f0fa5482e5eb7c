// The interface by its own description: a public validator and a public linter find no fault in it, and a client that
// knows nothing else asks every question in it of a made fiscal year and gets answers of the shape it says. Its
// examples are what the service answered; FEDATARIO_WRITE_PAGES=1 writes them down anew (api/examples.inc).
import fs from 'node:fs';
import path from 'node:path';
import url from 'node:url';

import {createConfig, lintFromString} from '@redocly/openapi-core';
import {Validator} from '@seriousme/openapi-schema-validator';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import {holds, Ledger, must, same, script} from './support.mjs';

const kReader = 'control.1';
const kExamples = url.fileURLToPath(new URL('../../api/examples.inc', import.meta.url));
const kMaxExampleBytes = 2500;

const ajv = addFormats(new Ajv2020({strict: false, allErrors: true}));
// Every integer of ours is one, and JavaScript reads them as numbers.
const faultsOf = (schema, value) => {
  const validate = ajv.compile(schema);
  return validate(value) ? [] : validate.errors.map((fault) => `${fault.instancePath || '/'} ${fault.message}`);
};

// Rows seen so far, whose columns fill in the parameters of other paths.
class Pool {
  rows = [{fiscal_year: '2026', year: '2026', position: '3'}];
  add(item) {
    const row = {};
    for (const [name, value] of Object.entries(item))
      if (typeof value === 'string' || typeof value === 'number') row[name] = String(value);
    this.rows.push(row);
  }
  // All values that these names have together in one row, the newest first.
  * find(names) {
    for (const row of [...this.rows].reverse())
      if (names.every((name) => row[name] !== undefined && row[name] !== ''))
        yield Object.fromEntries(names.map((name) => [name, row[name]]));
  }
}

function targetOf(template, values, operation) {
  const filled = template.replace(
      /\{([^}]+)\}/g, (_, name) => name === 'stream' ? values[name] : encodeURIComponent(values[name]));
  const query = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required)
                    .map((one) => `${one.name}=${encodeURIComponent(one.example)}`);
  return query.length ? `${filled}?${query.join('&')}` : filled;
}

async function askEverything(ledger, description) {
  const pool = new Pool();
  const answered = new Map();
  const open = Object.entries(description.paths)
                   .filter(([, methods]) => methods.get?.responses['200']?.content['application/json']?.schema)
                   .map(([template, methods]) => ({template, operation: methods.get}));
  for (let progress = true; progress && open.length;) {
    progress = false;
    for (const question of [...open]) {
      const {template, operation} = question;
      const names = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name);
      let tries = 0;
      for (const values of names.length ? pool.find(names) : [{}]) {
        if (++tries > 25) break;
        const target = targetOf(template, values, operation);
        const answer = await ledger.http(kReader, 'GET', target, {headers: {'Accept-Language': 'en'}});
        if (answer.status === 404) continue;
        if (answer.status !== 200) throw new Error(`GET ${target} answered ${answer.status}: ${answer.text}`);
        const faults = faultsOf(operation.responses['200'].content['application/json'].schema, answer.json);
        if (faults.length) throw new Error(`GET ${target} is not what the description says: ${faults.slice(0, 5)}`);
        const items = answer.json.items ?? [answer.json];
        items.slice(0, 200).forEach((item) => pool.add(item));
        const kept = answered.get(template);
        if (!kept || (!kept.items && items.length)) {
          answered.set(template, {target, items: items.length});
          if (!kept) open.splice(open.indexOf(question), 1);
          progress = true;
        }
        if (items.length) break;
      }
    }
  }
  return {answered, missing: open.map((question) => question.template)};
}

// As the description has it, with the answer cut to one item where it is a list.
async function exampleOf(ledger, template, target) {
  const separator = target.includes('?') ? '&' : '?';
  const asked = `${target}${separator}limit=1`;
  let answer = await ledger.http(kReader, 'GET', asked, {headers: {'Accept-Language': 'en'}});
  if (answer.status !== 200) answer = await ledger.http(kReader, 'GET', target, {headers: {'Accept-Language': 'en'}});
  const body = answer.json;
  if (body?.items) body.items = body.items.slice(0, 1);
  return body;
}

// What differs from one made year to the next: hashes, keys, signatures, cursors.
const masked = (value) => JSON.stringify(value, (name, inner) => {
  if (name === 'next' || name === 'checkpoint') return '…';
  return typeof inner === 'string' ? inner.replace(/\b[0-9a-f]{16,}\b|[0-9a-f-]{36}|[A-Za-z0-9+/=]{60,}/g, '…') : inner;
});

function writeExamples(examples) {
  const lines = examples.map(({pattern, target, body}) => `{"${pattern}", "${target.replaceAll('"', '\\"')}", R"json(${JSON.stringify(body)})json"},`);
  fs.writeFileSync(kExamples, `// Written by tests/e2e/openapi.mjs.\n${lines.join('\n')}\n`);
}

// Whether there is a licence is for the owner of the service to say, not for its description.
const kRules = {extends: ['recommended'], rules: {'info-license': 'off'}};

async function lint(text) {
  const problems = await lintFromString({source: text, absoluteRef: 'openapi.json', config: await createConfig(kRules)});
  return problems.map(({ruleId, message, location}) => [ruleId, message, location[0].pointer]);
}

await script(async (directory) => {
  const ledger = new Ledger(directory);
  await must(['demo', ledger.folder, '--fiscal-year', '2026', '--entities', '60', '--seed', '7', '--until', '2027-06-30']);
  await ledger.issueTokens(kReader);
  await ledger.serve();

  const descriptions = {};
  for (const language of ['es', 'en']) {
    const answer = await ledger.http(null, 'GET', '/openapi.json', {headers: {'Accept-Language': language}});
    same(`/openapi.json is answered without a token (${language})`, answer.status, 200);
    const result = await new Validator().validate(JSON.parse(answer.text));
    holds(`a public validator finds the description in order (${language})`, result.valid, result.errors);
    same(`a public linter neither (${language})`, await lint(answer.text), []);
    descriptions[language] = answer.json;
  }
  const ids = Object.values(descriptions.en.paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId));
  same('operation ids are unique', new Set(ids).size, ids.length);
  holds('in Spanish the words are others', descriptions.es.paths['/v1/alerts'].get.summary !== descriptions.en.paths['/v1/alerts'].get.summary);

  const {answered, missing} = await askEverything(ledger, descriptions.en);
  same('every question of the description could be asked', missing, []);
  const empty = [...answered].filter(([, {items}]) => items === 0).map(([template]) => template);
  console.log(`    ${answered.size} questions; lists without an item in this year: ${empty.join(', ') || 'none'}`);

  const examples = [];
  for (const [template, {target, items}] of [...answered].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (items === 0) continue;
    const body = await exampleOf(ledger, template, target);
    if (JSON.stringify(body).length > kMaxExampleBytes) continue;
    examples.push({pattern: template.replace('{stream}', '{stream...}'), target, body});
  }
  if (process.env.FEDATARIO_WRITE_PAGES) writeExamples(examples);
  const described = Object.entries(descriptions.en.paths)
                        .flatMap(([template, methods]) => {
                          const example = methods.get?.responses['200']?.content['application/json']?.example;
                          return example === undefined ? [] : [[template, masked(example)]];
                        })
                        .sort(([a], [b]) => (a < b ? -1 : 1));
  const real = examples.map(({pattern, body}) => [pattern.replace('...}', '}'), masked(body)]);
  if (!process.env.FEDATARIO_WRITE_PAGES) {
    same('the description has an example for each question that has an answer', described.map(([template]) => template), real.map(([template]) => template));
    for (const [i, [template, body]] of real.entries())
      if (described[i][1] !== body) holds(`the example of ${template} is what the service answers`, false, `${described[i][1]}\n  but    ${body}`);
    holds('its examples are what the service answers', true);
  }
  await ledger.stop();
});
