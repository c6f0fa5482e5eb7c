// A witness of the control office beside the ledger: what it cosigns is what the ledger publishes; it is killed and
// comes back; and the operator's attacks (a ledger put back, another history) are told by it, with the proof.
import fs from 'node:fs';
import path from 'node:path';

import {contains, cosignedAt, entity, holds, same, script, sleep, smallLedger, Witness} from './support.mjs';

const kActor = 'coordinador.proc.1';
const kOrigin = 'libro.ejemplo.gov.co';
const sizeOf = (note) => Number(note.split('\n')[1]);
const toBase64 = (hex) => Buffer.from(hex, 'hex').toString('base64');

async function recorded(ledger, code) {
  const answer = await ledger.record(kActor, entity(code));
  if (answer.status !== 201) throw new Error(`${code} was not recorded: ${answer.text}`);
  return answer.json.position;
}

// The published checkpoint once it covers so many events; it fails after 20 s.
async function published(ledger, size) {
  for (let waited = 0; waited < 20_000; waited += 100) {
    const answer = await ledger.http(null, 'GET', '/checkpoint');
    if (answer.status === 200 && sizeOf(answer.text) >= size) return answer.text;
    await sleep(100);
  }
  throw new Error(`no checkpoint of ${size} events was published`);
}

await script(async (directory) => {
  // ---- A ledger that publishes what its witness cosigned ----
  const ledger = await smallLedger(path.join(directory, 'a'));
  const {checkpoint_vkey: vkey} = await ledger.get(kActor, '/v1/ledger');
  await ledger.stop();
  const witness = await Witness.init(path.join(directory, 'w'), 'testigo.control.gov.co', vkey);
  await witness.serve();
  const policy = path.join(directory, 'politica.txt');
  fs.writeFileSync(policy, `log ${vkey}\nwitness control ${witness.vkey} ${witness.url}\nquorum control\n`);
  await ledger.serve('--witness-policy', policy);
  const first = await recorded(ledger, 'uno');
  const note = await published(ledger, first + 1);
  const seconds = cosignedAt(note, witness.vkey);
  holds('the published checkpoint carries the witness\'s cosignature, of now',
      Math.abs(seconds - Date.now() / 1000) < 60, seconds);
  const info = JSON.parse((await witness.get('/witness')).text);
  same('the witness tells its key and its logs', [info.vkey, info.logs.map((log) => log.origin)],
      [witness.vkey, [kOrigin]]);
  const monitored = await witness.get(info.logs[0].checkpoint);
  same('what monitors see at the witness is what was published', monitored.text, note);
  same('what it has never heard of is not found', (await witness.get(`/${'0'.repeat(64)}/checkpoint`)).status, 404);

  // ---- A witness that is down delays the publication and nothing else ----
  await witness.end();
  const second = await recorded(ledger, 'dos');
  const receipt = await ledger.get(kActor, `/v1/events/${second}/receipt`);
  holds('receipts do not wait for the witness', sizeOf(receipt.checkpoint) > second);
  await sleep(1500);
  same('without its quorum the checkpoint stays', sizeOf((await ledger.get(null, '/checkpoint'))), sizeOf(note));
  let state;
  for (let waited = 0; waited < 10_000; waited += 100) {
    state = (await ledger.http(null, 'GET', '/readyz')).json.publication;
    if (state.witnesses[0].failure) break;
    await sleep(100);
  }
  holds('and /readyz says why', state.behind_ms > 0 && Boolean(state.witnesses[0].failure), state);
  contains('and /metrics', await ledger.get(null, '/metrics'), 'fedatario_witnesses_failing 1');
  await witness.serve();
  await published(ledger, second + 1);
  holds('once it is back it cosigns what came meanwhile', true);

  // ---- Killed at any moment it never goes back ----
  let size = second + 1;
  for (let round = 0; round < 12; ++round) {
    const writing = recorded(ledger, `carga-${round}`);
    await sleep(Math.random() * 1200);
    const before = (await witness.get(info.logs[0].checkpoint)).text;
    await witness.end('SIGKILL');
    await writing;
    await witness.serve();
    const after = (await witness.get(info.logs[0].checkpoint)).text;
    if (sizeOf(after) < sizeOf(before)) throw new Error(`the witness went back from ${before} to ${after}`);
    size = (await writing) + 1;
  }
  holds('killed and started twelve times, the witness never went back', true);
  const cosigned = await published(ledger, size);
  await ledger.stop();

  // ---- The operator puts an older copy back ----
  const old = ledger.copy(path.join(directory, 'b'));
  await ledger.serve('--witness-policy', policy);
  const lost = await recorded(ledger, 'perdida');
  await published(ledger, lost + 1);
  const seen = path.join(directory, 'visto.txt');
  fs.writeFileSync(seen, await ledger.get(null, '/checkpoint'));
  await ledger.stop();
  const refused = await old.tryToServe('--witness-policy', policy);
  holds('a ledger put back does not start where a witness has seen more', refused && refused.status !== 0);
  contains('and says what is missing', refused.said, 'testigo control', `faltan las posiciones ${lost} a ${lost}`);
  const refusedToo = await old.tryToServe('--seen', seen);
  contains('nor where an exported checkpoint has', refusedToo?.said ?? 'it started', 'visto.txt',
      `faltan las posiciones ${lost} a ${lost}`);

  // ---- And lets it go on without asking: another history ----
  await old.serve();
  await recorded(old, 'otra-historia');
  await recorded(old, 'y-otra');
  const fork = await old.get(null, '/checkpoint');
  const {proof} = await old.get(null, `/v1/consistency?from=${sizeOf(cosigned)}&to=${lost + 1}`);
  await old.stop();
  const answer = await witness.addCheckpoint(lost + 1, proof.map(toBase64), fork);
  same('the witness does not cosign another history', answer.status, 422);
  const alarms = JSON.parse((await witness.get('/witness')).text).alarms;
  same('and raises the alarm', alarms.map((alarm) => [alarm.origin, alarm.kind]), [[kOrigin, 'inconsistent']]);
  contains('which its own log tells', witness.server.said, 'ALARMA', kOrigin);
  const forked = await old.tryToServe('--seen', seen);
  contains('with the exported checkpoint the other history does not start', forked?.said ?? 'it started',
      `los primeros ${lost + 1} hechos de este libro no son los del punto de control`);
  const kept = fs.readFileSync(path.join(witness.folder, 'logs', info.logs[0].checkpoint.split('/')[1], 'alarms',
      alarms[0].file), 'utf8');
  contains('both notes are kept, each with the ledger\'s own signature', kept, fs.readFileSync(seen, 'utf8').split('\n')[2],
      fork.split('\n')[2]);

  // ---- What a witness answers ----
  const cases = [
    ['a size that is not the last one cosigned', [0, [], fs.readFileSync(seen, 'utf8')], 409],
    ['an old size beyond the checkpoint', [lost + 5, [], fs.readFileSync(seen, 'utf8')], 400],
    ['a log it does not know', [0, [], fs.readFileSync(seen, 'utf8').replaceAll(kOrigin, 'otro.gov.co')], 404],
    ['a signature that does not hold', [lost + 1, [], fs.readFileSync(seen, 'utf8').replace(/\n\d+\n/, '\n999\n')], 403],
    ['a proof too many', [lost + 1, [toBase64('00'.repeat(32))], fs.readFileSync(seen, 'utf8')], 422],
    ['no note at all', [lost + 1, [], 'nada\n'], 400],
    ['the same again', [lost + 1, [], fs.readFileSync(seen, 'utf8')], 200],
  ];
  for (const [what, request, status] of cases) {
    const got = await witness.addCheckpoint(...request);
    same(`the witness answers ${status} to ${what}`, got.status, status);
    if (status === 409) same('with the size it has', [got.type, got.text], ['text/x.tlog.size', `${lost + 1}\n`]);
  }
  await witness.end();
});
