// `import plan`: every fault of a file is told with its line and column and nothing is recorded; a file imported twice
// adds nothing, a changed one only its differences; separators, byte order mark and line ends do not matter.
import fs from 'node:fs';
import path from 'node:path';

import {asAdmin, contains, data, holds, ledgerForPlans, same, script} from './support.mjs';

// Line, column, and a piece of what is said.
const kFaults = [
  [2, 'Fecha inicio', '31/02/2026'],
  [3, 'Fecha fin', '01/01/2026'],
  [4, 'Código DIVIPOLA', '05999'],
  [5, 'NIT', '899999001'],
  [6, 'Servicio', 'AT-XXX-99'],
  [7, 'Norma', ''],
  [8, 'Presupuesto (COP)', '-500.000'],
  [9, 'Línea', '0007'],
  [10, 'Vigencia', '2025'],
  [11, 'Presupuesto (COP)', '12,5 millones'],
  [12, 'Hito 1', ''],
  [13, 'Hito 2', '30/12/2027'],
  [14, 'Modalidad', 'Híbrida remota'],
];

const kWriter = 'profesional.ddo.1';
const planWords = (file, unit = 'ddo') => ['import', 'plan', file, '--as', `professional@${unit}`];

async function faulty(ledger) {
  const file = data('plan-2026-dep-con-errores.csv');
  const head = await ledger.head();
  const done = await ledger.as('profesional.dep.1', planWords(file, 'dep'));
  same('a file with faults ends with 1', done.status, 1);
  const lines = done.out.trimEnd().split('\n');
  same('13 lines are told', lines.length, 13);
  kFaults.forEach(([line, column, piece], i) => {
    const begin = `línea ${line}, columna «${column}»: `;
    holds(
        `fault ${i + 1}: ${begin}…${piece}…`,
        lines[i].startsWith(begin) && lines[i].includes(piece) && lines[i].length > begin.length + 10, lines[i]);
  });
  contains('and how many there are', done.err, '13 fallas', 'no se importó nada');
  const json = await ledger.as('profesional.dep.1', ['--json', ...planWords(file, 'dep')]);
  same('--json: the same, exit status 1', json.status, 1);
  const told = JSON.parse(json.out);
  same(
      '--json: line and column of each', told.faults.map(({line, column}) => [line, column]),
      kFaults.map(([line, column]) => [line, column]));
  const english = await ledger.as('profesional.dep.1', ['--lang', 'en', ...planWords(file, 'dep')]);
  contains('in English too', english.out, 'line 2, column «Fecha inicio»: ', 'line 14, column «Modalidad»: ');
  same('nothing was recorded', await ledger.head(), head);
  const plans = await ledger.get(kWriter, '/v1/plans');
  same('and there is no such plan', plans.items, []);
}

// The codes of the national entities of a plan file.
function nationalsOf(file) {
  const rows = fs.readFileSync(file, 'utf8').replace('\uFEFF', '').trimEnd().split('\r\n').map((row) => row.split(';'));
  const nits = rows.slice(1).map((row) => row[rows[0].indexOf('NIT')]).filter(Boolean);
  return [...new Set(nits.map((nit) => `entity/nit-${nit.replace(/\D/g, '').slice(0, -1)}`))].sort();
}

const nationalsKnown = async (ledger) =>
    (await ledger.get(kWriter, '/v1/names?prefix=entity/nit-&limit=1000')).items.map((row) => row.stream);

const lineRows = async (ledger, unit, ...options) =>
    (await ledger.get(kWriter, `/v1/plans/2026/${unit}/lines?limit=1000${options.join('')}`)).items;

// What a line says, without where it was recorded.
const said = ({last_change, ...row}) => row;

async function twice(ledger) {
  const file = data('plan-2026-ddo.csv');
  const checked = JSON.parse(await ledger.mustAs(kWriter, ['--json', ...planWords(file), '--dry-check']));
  const head = await ledger.head();
  same('--dry-check records nothing', [checked.recorded, checked.added], [0, 60]);
  const known = await nationalsKnown(ledger);
  const missing = nationalsOf(file).filter((stream) => !known.includes(stream)).length;
  const first = JSON.parse(await ledger.mustAs(kWriter, ['--json', ...planWords(file)]));
  same(
      'the first import opens the plan, adds 60 lines and the national entity that was missing',
      [missing, first.entities, first.opened, first.added, first.recorded], [1, 1, 1, 60, 62]);
  const after = await ledger.head();
  same('62 events more', after.size, head.size + 62);
  const second = JSON.parse(await ledger.mustAs(kWriter, ['--json', ...planWords(file)]));
  same(
      'the second adds nothing', [second.opened, second.added, second.changed, second.unchanged, second.recorded],
      [0, 0, 0, 60, 0]);
  same('and the head does not move', await ledger.head(), after);
  contains('it says so', await ledger.mustAs(kWriter, planWords(file)), 'Nada por asentar');
}

async function written(ledger, directory) {
  const text = fs.readFileSync(data('plan-2026-ddo.csv'), 'utf8');
  const head = await ledger.head();
  const asCommas = (all) =>
      all.split('\r\n')
          .map(
              (row) =>
                  row.split(';').map((cell) => /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell).join(','))
          .join('\r\n');
  const backwards = (all) =>
      all.split('\r\n').map((row) => row.replace('\uFEFF', '').split(';').reverse().join(';')).join('\r\n');
  for (const [name, make] of [
           ['without byte order mark', (all) => all.replace('\uFEFF', '')],
           ['with LF', (all) => all.replaceAll('\r\n', '\n')],
           ['with commas', asCommas],
           ['with commas, LF and no mark', (all) => asCommas(all).replace('\uFEFF', '').replaceAll('\r\n', '\n')],
           ['without a last line end', (all) => all.trimEnd()],
           ['with its columns the other way round', backwards],
  ]) {
    const file = path.join(directory, 'otro.csv');
    fs.writeFileSync(file, make(text));
    const told = JSON.parse(await ledger.mustAs(kWriter, ['--json', ...planWords(file)]));
    same(`${name}: the same plan`, [told.recorded, told.unchanged], [0, 60]);
  }
  same('the head has not moved', await ledger.head(), head);
}

async function changed(ledger, directory) {
  const before = await lineRows(ledger, 'ddo');
  const rows = fs.readFileSync(data('plan-2026-ddo.csv'), 'utf8').trimEnd().split('\r\n');
  const columns = rows[0].replace('\uFEFF', '').split(';');
  const edit = (row, column, value) => {
    const cells = rows[row].split(';');
    cells[columns.indexOf(column)] = value;
    rows[row] = cells.join(';');
  };
  edit(1, 'Presupuesto (COP)', '13.000.000');
  edit(2, 'Modalidad', 'Virtual');
  const last = rows.pop().split(';');
  const added = [...last];
  added[columns.indexOf('Línea')] = '0061';
  rows.push(added.join(';'));
  const file = path.join(directory, 'corregido.csv');
  fs.writeFileSync(file, rows.join('\r\n') + '\r\n');
  const head = await ledger.head();
  const done =
      await ledger.as(kWriter, ['--json', ...planWords(file), '--reason', 'Corrección pedida por la Subdirección.']);
  const told = JSON.parse(done.out);
  same(
      'a changed file: one line added, two changed',
      [done.status, told.added, told.changed, told.dropped, told.unchanged], [0, 1, 2, 0, 57]);
  same('the line it has not got is named and stays', told.missing, ['0060']);
  same('3 events', (await ledger.head()).size, head.size + 3);
  const after = await lineRows(ledger, 'ddo');
  const different = after.filter(
      (row) => JSON.stringify(said(row)) !== JSON.stringify(said(before.find((one) => one.line === row.line) ?? {})));
  same('exactly those lines are different', different.map((row) => row.line), ['0001', '0002', '0061']);
  same('and hold what the file says', [different[0].budget_cop, different[1].modality], [13_000_000, 'online']);
  const history = (await ledger.get(kWriter, '/v1/plans/2026/ddo/lines/0001/history')).items.at(-1);
  same(
      'the change tells from, to and why', [history.changes, history.reason],
      [[{field: 'budget_cop', from: '12750000', to: '13000000'}], 'Corrección pedida por la Subdirección.']);
  const dropping = JSON.parse(await ledger.mustAs(kWriter, ['--json', ...planWords(file), '--drop-missing']));
  same('--drop-missing drops it', [dropping.dropped, dropping.recorded], [1, 1]);
}

async function nationals(ledger) {
  const file = data('plan-2026-dgdi.csv');
  const nits = nationalsOf(file);
  const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\r\n').length - 1;
  same(
      'the file has three national entities and none is registered', [nits.length, await nationalsKnown(ledger)],
      [3, []]);
  const head = await ledger.head();
  const words = ['--json', ...planWords(file, 'dgdi'), '--batch-size', '5000'];
  const told = JSON.parse(await ledger.mustAs('profesional.dgdi.1', words));
  same(
      'the import registers them, opens the plan and adds its lines', [told.entities, told.opened, told.added],
      [nits.length, 1, lines]);
  same('they are the file\'s', await nationalsKnown(ledger), nits);
  const events = (await ledger.get(kWriter, `/v1/events?from=${head.size}&limit=1000`)).items;
  same('all in one batch: recorded at one time', [...new Set(events.map((event) => event.recorded_at))].length, 1);
  same('and nothing else', events.length, nits.length + 1 + lines);
  const again = JSON.parse(await ledger.mustAs('profesional.dgdi.1', words));
  same('a second import adds nothing', [again.recorded, again.unchanged], [0, lines]);
}

await script(async (directory) => {
  const ledger = await ledgerForPlans(directory);
  const more = ['dep', 'dgdi'].flatMap(
      (unit) =>
          [{
            statement: {type: 'actor.registered', stream: `actor/profesional.${unit}.1`},
            content: {data: {kind: 'person'}}
          },
           {
             statement: {
               type: 'actor.role.granted',
               stream: `actor/profesional.${unit}.1`,
               open: {role: 'professional', unit, title: 'titular', act: 'resolucion-0078-de-2023', from: '2025-12-01'}
             }
           },
  ]);
  const file = path.join(directory, 'personas.ndjson');
  fs.writeFileSync(file, more.map((one) => JSON.stringify(one)).join('\n'));
  await asAdmin(ledger, '--batch', file);
  await ledger.issueTokens('profesional.dep.1', 'profesional.dgdi.1');

  await faulty(ledger);
  await nationals(ledger);
  await twice(ledger);
  await written(ledger, directory);
  await changed(ledger, directory);
  await ledger.stop();
  same('verify: good', (await ledger.verify()).findings, []);
});
