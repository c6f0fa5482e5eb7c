// The whole line, as ops/run tells it: a plan file becomes events, a line of it changes, and its history, how it stood
// before, its receipts and the verification say so; as tables, JSON and CSV.
import fs from 'node:fs';
import path from 'node:path';

import {
  carryOutPlan, command, contains, formatProgram, holds, ledgerForPlans, must, now, same, script, sleep
} from './support.mjs';

const kReader = 'control.interno.1';
const kLine = '/v1/plans/2026/ddo/lines/0001';
const kHistory = `${kLine}/history`;
const kCliLine = ['line', '2026', 'ddo', '0001'];

// The day in Colombia of a time of recording, and the days before it.
const dayOf = (recorded, daysBefore = 0) =>
    new Date(Date.parse(recorded) - 5 * 3600_000 - daysBefore * 86_400_000).toISOString().slice(0, 10);

const kChanges = [
  {field: 'end', from: '2026-04-03', to: '2026-04-24'},
  {field: 'milestone.h3', from: '2026-03-19', to: '2026-04-10'},
  {field: 'milestone.h4', from: '2026-04-03', to: '2026-04-24'},
];
const kReason = 'El estudio técnico no cabe en el plazo, y el último hito caía en Viernes Santo.';

function parseCsv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1).push(quoted !== undefined ? quoted.replaceAll('""', '"') : plain);
    if (end === '\r\n') rows.push([]);
  }
  rows.pop();
  const [columns, ...cells] = rows;
  return {columns, rows: cells.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i], cell])))};
}

async function audited(ledger, change) {
  const trail = JSON.parse(await ledger.mustAs(kReader, ['--json', 'audit', ...kCliLine])).items;
  same(
      'audit --json tells the line\'s events in order', trail.map((row) => row.type),
      ['plan.line.added', 'intervention.scheduled', 'session.held', 'milestone.reached', 'action.taken']);
  const row = trail.at(-1);
  same(
      'the change: position, id and time of recording are those of its receipt', [row.position, row.id, row.recorded],
      [change.position, change.id, change.recorded_at]);
  same('the change: who', [row.actor, row.as], ['directora.ddo', 'director@ddo']);
  same('the change: declared', row.declared, '2026-03-10T16:20:00-05:00');
  same('the change: from → to', row.changes, kChanges);
  same('the change: why', row.reason, kReason);
  same(
      'the change: the action', [row.action.kind, row.action.matter, row.action.communication],
      ['corrective', 'dates', '2026-IE-0387']);
  same('the change: signed by the service for the session', row.signed_by_author, false);
  same('a line added names its file\'s row', trail[0].source.row, 2);

  const text = await ledger.mustAs(kReader, ['audit', ...kCliLine]);
  const local = new Date(Date.parse(change.recorded_at) - 5 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');
  contains(
      'audit as text: who, role, declared, recorded, from → to, why', text.replace(/\n +/g, '\n'),
      'directora.ddo, como director técnico de ddo', 'Declarado     2026-03-10 16:20', `Asentado      ${local}`,
      'Fecha fin: 2026-04-03 → 2026-04-24', 'Hito h3: 2026-03-19 → 2026-04-10', 'Hito h4: 2026-04-03 → 2026-04-24',
      kReason, '2026-IE-0387', 'registrado en sesión autenticada de directora.ddo');
  contains(
      'audit in English', await ledger.mustAs(kReader, ['--lang', 'en', 'audit', ...kCliLine]), 'Declared', 'Recorded',
      'as technical director', '2026-04-03 → 2026-04-24');
  const streamed =
      JSON.parse(await ledger.mustAs(kReader, ['--json', 'audit', 'stream', 'intervention/2026/ddo/0001']));
  same('audit stream tells the intervention\'s own', streamed.items.map((one) => one.version), [1, 2, 3, 4]);
}

async function shownAsOf(ledger, before, change) {
  const at = async (...asOf) => JSON.parse(await ledger.mustAs(kReader, ['--json', 'show', ...kCliLine, ...asOf]));
  const dates = (line) => [line.end, ...line.milestones.map((milestone) => milestone.due)];
  const old = ['2026-04-03', '2026-02-18', '2026-03-05', '2026-03-19', '2026-04-03'];
  const fresh = ['2026-04-24', '2026-02-18', '2026-03-05', '2026-04-10', '2026-04-24'];
  same('show line: the dates in force', dates(await at()), fresh);
  same('as of the position before the change', dates(await at('--as-of', String(before.position))), old);
  same('as of the change\'s position', dates(await at('--as-of', String(change.position))), fresh);
  same('as of the time of the event before it', dates(await at('--as-of', before.recorded)), old);
  same('as of a second between the two', dates(await at('--as-of', before.second)), old);
  same(
      'as of the change\'s own second, written with an offset',
      dates(await at('--as-of', change.recorded_at.slice(0, 19) + '+00:00')), fresh);
  same('as of the day of the change', dates(await at('--as-of', dayOf(change.recorded_at))), fresh);
  const earlier = await ledger.as(kReader, ['show', ...kCliLine, '--as-of', dayOf(change.recorded_at, 3)]);
  same('as of a day before the ledger: no such line', [earlier.status, earlier.out], [3, '']);
  const text = await ledger.mustAs(kReader, ['show', ...kCliLine, '--as-of', String(before.position)]);
  contains('show line as text, as it stood', text, '2026-04-03', 'Hito', 'Concepto');
  holds('and nothing of what came later', !text.includes('2026-04-24'), text);

  const stream = async (asOf) =>
      JSON.parse(
              await ledger.mustAs(kReader, ['--json', 'show', 'stream', 'intervention/2026/ddo/0001', '--as-of', asOf]))
          .items.length;
  same('show stream as of the position before', await stream(String(before.position)), 3);
  same(
      'show stream as of the change\'s own second, like show line',
      await stream(change.recorded_at.slice(0, 19) + '+00:00'), 4);
}

// All rows of a list, page after page.
async function walk(ledger, target, limit) {
  const rows = [];
  const join = target.includes('?') ? '&' : '?';
  for (let cursor = ''; cursor !== undefined;) {
    const more = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page = await ledger.get(kReader, `${target}${join}limit=${limit}${more}`);
    if (page.items.length > limit) throw new Error(`a page of ${page.items.length} rows where ${limit} were asked`);
    rows.push(...page.items);
    cursor = page.next;
  }
  return rows;
}

async function paged(ledger) {
  for (const [target, limit, least] of [
           ['/v1/plans/2026/ddo/lines', 7, 60], ['/v1/plans/2026/ddo/history', 11, 60], [kHistory, 2, 5],
           ['/v1/plans', 1, 1], ['/v1/streams/plan/2026/ddo', 9, 60], ['/v1/names?prefix=entity/', 333, 1100],
           ['/v1/events', 97, 1200], ['/v1/events?type=plan.line.added', 13, 60],
           ['/v1/actors/profesional.ddo.1/history', 10, 60]]) {
    const small = await walk(ledger, target, limit);
    const large = await walk(ledger, target, 1000);
    holds(`${target}: at least ${least} rows`, large.length >= least, large.length);
    same(`${target}: pages of ${limit} make the same list`, small, large);
  }
}

async function asCsv(ledger) {
  for (const target
           of ['/v1/plans', '/v1/plans/2026/ddo/lines', kHistory, '/v1/streams/plan/2026/ddo',
               '/v1/events?type=action.taken', '/v1/names?prefix=service/']) {
    const answer = await ledger.http(kReader, 'GET', target, {headers: {Accept: 'text/csv'}});
    same(`${target} as CSV`, [answer.status, answer.headers['content-type'].split(';')[0]], [200, 'text/csv']);
    const {items} = await ledger.get(kReader, target);
    const {columns, rows} = parseCsv(answer.text);
    same(`${target}: as many rows as in JSON`, rows.length, items.length);
    const cells = (item) => Object.fromEntries(columns.map((column) => {
      const value = item[column] ?? '';
      return [column, typeof value === 'object' ? JSON.stringify(value) : String(value)];
    }));
    same(`${target}: the same values as in JSON`, rows, items.map(cells));
  }
  const types = new Set();
  let rows = 0;
  for (let target = '/v1/events?type=plan.line.added&limit=25'; target;) {
    const page = await ledger.http(kReader, 'GET', target, {headers: {Accept: 'text/csv'}});
    const parsed = parseCsv(page.text).rows;
    rows += parsed.length;
    for (const row of parsed) types.add(row.type);
    target = /<([^>]+)>; rel="next"/.exec(page.headers.link ?? '')?.[1];
  }
  same('CSV: the next page that Link names keeps what was asked', [[...types], rows], [['plan.line.added'], 60]);
}

async function tagged(ledger) {
  for (const target of [kLine, '/v1/plans/2026/ddo', '/v1/events/3', `${kLine}?as_of=1200`]) {
    const first = await ledger.http(kReader, 'GET', target);
    holds(`${target} has an ETag`, /^"[^"]+"$/.test(first.headers.etag), first.headers.etag);
    const again = await ledger.http(kReader, 'GET', target, {headers: {'If-None-Match': first.headers.etag}});
    same(`${target}: 304 while it is the same`, [again.status, again.text], [304, '']);
    const other = await ledger.http(kReader, 'GET', target, {headers: {'If-None-Match': '"otra"'}});
    same(`${target}: 200 for another tag`, [other.status, other.text], [200, first.text]);
    const csv = await ledger.http(kReader, 'GET', target, {headers: {Accept: 'text/csv'}});
    holds(
        `${target}: another representation has another strong ETag`, csv.headers.etag !== first.headers.etag,
        csv.headers.etag);
  }
}

async function waited(ledger, change) {
  const line = await ledger.get(kReader, `${kLine}?min_position=${change.position}`);
  same('min_position: the answer is that far', line.last_change, change.position);
  const head = await ledger.head();
  const beyond = await ledger.http(kReader, 'GET', `${kLine}?min_position=${head.size}`);
  same('min_position beyond the log is refused', [beyond.status, beyond.json.pointer], [400, '?min_position']);
}

async function worded(ledger) {
  const ask = (language) => ledger.http(kReader, 'GET', '/v1/events/999999', {headers: {'Accept-Language': language}});
  const [es, en] = [await ask('es-CO,es;q=0.9'), await ask('en-GB,en;q=0.8,es;q=0.1')];
  same('problems in Spanish', [es.status, es.json.title, es.headers['content-language']], [404, 'No existe', 'es']);
  same('problems in English', [en.status, en.json.title, en.headers['content-language']], [404, 'Not found', 'en']);
  same('and the same type', es.json.type, en.json.type);
  const other = await ask('fr');
  same('another language gets Spanish', other.json.title, 'No existe');
}

async function receipts(ledger, directory, change) {
  const {checkpoint_vkey: vkey, size} = await ledger.get(kReader, '/v1/ledger');
  const file = path.join(directory, 'recibo.json');
  const check = (key = vkey) => command([formatProgram, '--receipt', file, '--key', key], {program: process.execPath});
  fs.writeFileSync(file, JSON.stringify(change.receipt));
  contains('the change\'s receipt holds, by the second program', (await check()).out, 'El recibo vale.');
  for (const position of [0, 1, 2, change.position - 1, change.position, size - 1]) {
    const answer = await ledger.http(kReader, 'GET', `/v1/events/${position}/receipt`);
    fs.writeFileSync(file, answer.text);
    same(`the receipt of position ${position} holds`, (await check()).status, 0);
  }
  const kept = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.writeFileSync(file, JSON.stringify({...kept, event: {...kept.event, recorded_at: '2026-01-01T00:00:00.000000Z'}}));
  same('a receipt with another time does not', (await check()).status, 1);
  fs.writeFileSync(file, JSON.stringify(kept));
  same('nor under another key', (await check(vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+'))).status, 1);

  const evaluated = {
    statement:
        {type: 'satisfaction.evaluated', stream: 'intervention/2026/ddo/0001', as: 'professional@ddo', at: now()},
    content: {
      data: {
        anonymous: true,
        attendees: 14,
        date: dayOf(change.recorded_at),
        instrument: 'Encuesta',
        respondents: 9,
        scale_hundredths: 500,
        score_hundredths: 450
      }
    },
  };
  await ledger.mustAs('profesional.ddo.1', ['record', '-', '--receipt', file], {input: JSON.stringify(evaluated)});
  contains('record --receipt keeps one that holds', (await check()).out, 'El recibo vale.');
}

async function verified(ledger, directory, head) {
  const report = await ledger.verify();
  same('verify: good', [report.status, report.good, report.findings], [0, true, []]);
  same('verify: of the whole log', [report.size, report.checkpoint_size], [head.size, head.size]);
  same('verify: the signed root', Buffer.from(report.root, 'hex').toString('base64'), head.root);
  same('verify: every sealed part opened', report.parts_opened, report.parts);
  holds('verify: there are sealed parts', report.parts > 1000, report.parts);
  const closed = await ledger.verify('--no-kek');
  same(
      'verify --no-kek: good, all parts there, none opened', [closed.status, closed.parts, closed.parts_opened],
      [0, report.parts, 0]);
  const copy = ledger.copy(path.join(directory, 'sin-claves'));
  fs.rmSync(path.join(copy.folder, 'keys'), {recursive: true});
  const keyless = await copy.verify();
  same('verify without any key file: good, none opened', [keyless.status, keyless.parts_opened], [0, 0]);
  const text = await must(['verify', ledger.folder]);
  contains('verify as text', text, `${head.size} en `, 'Todo en orden.');
  const other = await ledger.verify('--vkey', 'otro.ejemplo+00000000+AStc512/2I9kOhyWo84+ORtieFqmkkDkIWBbro768rO6');
  same('verify --vkey with another key: not good', other.status, 1);
}

await script(async (directory) => {
  const ledger = await ledgerForPlans(directory);
  const before = {};
  let earlierPage;
  const change = await carryOutPlan(ledger, async () => {
    const {items} = await ledger.get(kReader, kHistory);
    before.position = items.at(-1).position;
    before.recorded = items.at(-1).recorded;
    earlierPage = await ledger.get(kReader, `${kHistory}?limit=3`);
    await sleep(2100);
    before.second = new Date(Date.parse(before.recorded) + 1000).toISOString().slice(0, 19) + '+00:00';
    const refused = await ledger.as('profesional.ddo.1', ['record', '-'], {
                      input: JSON.stringify({
                        statement: {type: 'plan.approved', stream: 'plan/2026/ddo', as: 'professional@ddo'},
                        content: {data: {act: 'Ninguno'}}
                      })
                    });
    same('a professional cannot approve a plan', refused.status, 1);
    contains('and is told who can', refused.err, 'professional@ddo', 'director');
  });
  await audited(ledger, change);
  await shownAsOf(ledger, before, change);
  const rest = await ledger.get(kReader, `${kHistory}?limit=3&cursor=${earlierPage.next}`);
  same(
      'a cursor keeps its moment: what was recorded since is not there', rest.items.map((row) => row.type),
      ['milestone.reached']);
  await paged(ledger);
  await waited(ledger, change);
  await worded(ledger);
  await receipts(ledger, directory, change);
  await asCsv(ledger);
  await tagged(ledger);
  const head = await ledger.head();
  await ledger.stop();
  await verified(ledger, directory, head);
});
