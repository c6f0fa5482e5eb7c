// Following the log: the service streams it, the program prints it as it grows and goes on after the service was
// started again. Read here by a second reader of server-sent events.
import child_process from 'node:child_process';
import http from 'node:http';

import {contains, environment, holds, kProgram, same, script, sleep, smallLedger} from './support.mjs';

const unit = (code) => ({
  statement: {type: 'unit.registered', stream: `unit/${code}`, as: 'procedure_coordinator'},
  content: {data: {name: `Dirección ${code}`}},
});
const record = (ledger, code) =>
    ledger.mustAs('coordinador.proc.1', ['record', '-'], {input: JSON.stringify(unit(code))});

// The messages with data up to the first marker.
function followed(ledger, target, headers = {}) {
  return new Promise((resolve, reject) => {
    const all = {Authorization: `Bearer ${ledger.tokens.get('control.interno.1')}`, ...headers};
    const request = http.get({host: '127.0.0.1', port: ledger.port, path: target, headers: all}, (response) => {
      let text = '';
      const messages = [];
      response.on('data', (piece) => {
        text += piece;
        for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
          const lines = text.slice(0, end).split('\n');
          const field = (name) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
          if (field('data') === undefined) continue;
          messages.push({id: Number(field('id')), event: field('event'), data: JSON.parse(field('data'))});
          if (messages.at(-1).event !== 'caught-up') continue;
          request.destroy();
          resolve(messages);
          return;
        }
      });
    });
    request.on('error', reject);
  });
}

// A `follow` that runs while the script goes on.
function follow(ledger, ...words) {
  const args =
      ['--lang', 'es', 'follow', '--url', ledger.url, '--token', ledger.tokens.get('control.interno.1'), ...words];
  const child = child_process.spawn(kProgram, args, {env: environment()});
  const run = {child, out: '', err: ''};
  child.stdout.on('data', (piece) => run.out += piece);
  child.stderr.on('data', (piece) => run.err += piece);
  run.ended = new Promise((resolve) => child.on('close', (status, signal) => resolve(status ?? signal)));
  run.lines = () => run.out.split('\n').filter((line) => line !== '');
  return run;
}

async function until(what, condition) {
  for (let waited = 0; !condition() && waited < 30_000; waited += 20) await sleep(20);
  holds(what, condition());
}

await script(async (directory) => {
  const ledger = await smallLedger(directory);
  const {size} = await ledger.head();
  const {items} = await ledger.get('control.interno.1', '/v1/events');
  const messages = await followed(ledger, '/v1/follow?from=0');
  same('every event, then the marker', messages.map((one) => one.id), [...items.keys(), size - 1]);
  same('what is told is what lists show', messages.slice(0, -1).map((one) => one.data), items);
  same('under the name of its type', messages.slice(0, -1).map((one) => one.event), items.map((row) => row.type));
  same('the marker', messages.at(-1).data, {position: size - 1, size});
  const rest = await followed(ledger, '/v1/follow', {'Last-Event-ID': '1'});
  same('Last-Event-ID: what comes after it', rest[0].id, 2);

  const printed = (await ledger.mustAs('control.interno.1', ['follow', '--from', '0', '--until-caught-up'])).trim();
  same('follow --until-caught-up: a line each', printed.split('\n').length, size);
  contains('follow: position, type, stream, author', printed, '0  20', '  Libro fundado  ledger  administrador.1');
  const json = await ledger.mustAs('control.interno.1', ['--json', 'follow', '--from', '0', '--until-caught-up']);
  same('follow --json: what the service sends', json.trim().split('\n').map((line) => JSON.parse(line)), items);
  const refused = await ledger.as('control.interno.1', ['follow', '--type', 'unit.registred']);
  same('follow: what is refused is told', [refused.status, /\?type/.test(refused.err)], [1, true]);

  const running = follow(ledger, '--type', 'unit.registered', '--from', String(size));
  await record(ledger, 'uno');
  await until('an event is printed as it is recorded', () => running.lines().length === 1);
  contains('its line', running.lines()[0], 'unit/uno', 'coordinador.proc.1');
  const port = ledger.port;
  await ledger.stop();
  await until('a lost connection is told', () => running.err.includes('sin conexión'));
  await ledger.serve('--listen', `127.0.0.1:${port}`);
  await record(ledger, 'dos');
  await until('it goes on after the service was started again', () => running.lines().length === 2);
  contains('without repeating anything', running.lines()[1], 'unit/dos');
  running.child.kill('SIGINT');
  same('Ctrl-C ends it well', await running.ended, 0);
  await ledger.stop();
});
