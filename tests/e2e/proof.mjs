// What holds without us: packs of evidence, checked by both verifiers; times that an authority vouches for; a monitor
// that follows by tiles; and the operator who rewrites the past with all his keys, convicted by each of them.
import fs from 'node:fs';
import path from 'node:path';

import {jcs} from '../vectors/format.mjs';
import {Authority} from './authority.mjs';
import {command, contains, entity, holds, must, renamed, same, script, sleep, smallLedger} from './support.mjs';

const kActor = 'coordinador.proc.1';
const kVerifier = new URL('../../tools/evidence/verify.mjs', import.meta.url).pathname;
const sizeOf = (note) => Number(note.split('\n')[1]);

async function recorded(ledger, code) {
  const answer = await ledger.record(kActor, entity(code));
  if (answer.status !== 201) throw new Error(`${code} was not recorded: ${answer.text}`);
  return answer.json.position;
}

// What both verifiers say of a pack.
async function judged(file, ...options) {
  const ours = await command(['--json', 'verify', file, ...options]);
  const verdict = JSON.parse(ours.out);
  const known = options[0] === '--authorities' ? [] : options;
  const second = await command([kVerifier, file, ...known], {program: process.execPath});
  const other = JSON.parse(second.out);
  return {
    ours: ours.status === 0 ? 'good' : verdict.findings[0].code,
    second: second.status === 0 ? 'good' : other.code,
    verdict,
  };
}

await script(async (directory) => {
  const ledger = await smallLedger(path.join(directory, 'a'));
  const {checkpoint_vkey: vkey} = await ledger.get(kActor, '/v1/ledger');
  await recorded(ledger, 'uno');

  // ---- Receipts ----
  const receipts = [];
  for (const position of [1, 2]) receipts.push(await ledger.get(kActor, `/v1/events/${position}/receipt`));
  await ledger.stop();
  const receiptFile = path.join(directory, 'recibo.json');
  const judgeReceipt = async (text, key = vkey) => {
    fs.writeFileSync(receiptFile, text);
    const done = await command(['--json', 'verify', receiptFile, '--vkey', key]);
    return done.status === 0 ? 'good' : JSON.parse(done.out).findings[0].code;
  };
  const texts = receipts.map((receipt) => jcs(receipt));
  same('receipts verify offline', [await judgeReceipt(texts[0]), await judgeReceipt(texts[1])], ['good', 'good']);
  same('one spliced from two events does not', await judgeReceipt(jcs({...receipts[0], event: receipts[1].event})), 'tree');
  same('nor under another key', await judgeReceipt(texts[0], renamed(vkey, 'otro.gov.co')), 'ledger');
  contains('and people are told', await must(['verify', receiptFile, '--vkey', vkey]), 'recibo de:', 'Todo en orden.');

  // ---- A pack ----
  const pack = path.join(directory, 'uno.zip');
  const exported = ['export', 'evidence', ledger.folder, '--stream', 'entity/uno', '--out', pack, '--by', kActor];
  contains('a pack is exported', await must(exported), 'Evidencia: historia entity/uno', vkey);
  const good = await judged(pack, '--vkey', vkey);
  same('and both verifiers find it in order', [good.ours, good.second], ['good', 'good']);
  same('it holds the one event, recorded in a session', [good.verdict.subjects, good.verdict.by_session], [1, 1]);
  contains('people are told too', await must(['verify', pack]), 'historia entity/uno', 'Todo en orden.');
  const unknown = await judged(pack, '--vkey', renamed(vkey, 'otro.gov.co'));
  same('under another key than its own it does not hold', [unknown.ours, unknown.second], ['checkpoint', 'checkpoint']);
  const bytes = fs.readFileSync(pack);
  let caught = 0;
  for (let at = 40; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
    const broken = Buffer.from(bytes);
    broken[at] ^= 1;
    const file = path.join(directory, 'roto.zip');
    fs.writeFileSync(file, broken);
    const done = await command(['--json', 'verify', file]);
    if (done.status !== 0 && done.status !== 1) throw new Error(`verify ended with ${done.status} at byte ${at}`);
    caught += done.status;
  }
  holds('bytes changed in the file are told', caught > 40, caught);
  const range = path.join(directory, 'actor.zip');
  const today = new Date(Date.now() - 5 * 3600_000).toISOString().slice(0, 10);
  await must([
    'export', 'evidence', ledger.folder, '--actor', kActor, '--from', today, '--to', today, '--out', range, '--by', kActor
  ]);
  const byActor = await judged(range);
  same('what an actor did on a day', [byActor.ours, byActor.second], ['good', 'good']);
  const none = await command(['export', 'evidence', ledger.folder, '--stream', 'entity/nada', '--out', range, '--by', kActor]);
  same('of what there is not there is no pack', none.status, 1);

  // ---- Time ----
  const authority = new Authority(path.join(directory, 'autoridad'));
  await authority.start();
  await ledger.serve('--timestamp-authority', `tsa=${authority.url}`, '--timestamp-every', '1440');
  let stamped;
  for (let waited = 0; waited < 20_000 && !stamped; waited += 200) {
    await sleep(200);
    stamped = (await ledger.get(kActor, '/v1/events?type=timestamp.obtained')).items[0];
  }
  holds('the service has its head stamped', stamped?.open.authority === 'tsa', [stamped, ledger.server.said]);
  await recorded(ledger, 'dos');
  await ledger.stop();
  const times = await ledger.verify('--authorities', authority.caFile);
  same('verify finds the ledger in order, its times bounded', [times.status, times.times.vouched, times.times.untrusted], [0, 1, 0]);
  holds('up to what was stamped', times.times.bounded === stamped.open.size, times.times);
  const foreign = new Authority(path.join(directory, 'otra-autoridad'));
  await foreign.start();
  same('a token of an authority one does not trust bounds nothing',
      (await ledger.verify('--authorities', foreign.caFile)).times, {vouched: 0, bounded: 0, widest_micros: 0, untrusted: 1});
  contains('a stopped ledger too', await must(['timestamp', 'obtain', ledger.folder, '--authority', `otra=${foreign.url}`]),
      'por otra');
  contains('stamps are renewed', await must(['timestamp', 'renew', ledger.folder, '--authority', `tsa=${authority.url}`]),
      'Estampas renovadas: 2');
  same('and the ledger is in order', (await ledger.verify()).status, 0);
  for (const mode of ['refuse', 'wrong-digest', 'garbage']) {
    authority.mode = mode;
    const refused = await command(['timestamp', 'obtain', ledger.folder, '--authority', `tsa=${authority.url}`]);
    holds(`an authority that answers with ${mode} stamps nothing`, refused.status === 1, refused);
  }
  authority.mode = 'good';
  const timed = path.join(directory, 'tiempo.zip');
  await must(['export', 'evidence', ledger.folder, '--stream', 'entity/dos', '--out', timed, '--by', kActor, '--fresh']);
  const withTime = await judged(timed, '--authorities', authority.caFile);
  same('a pack carries the times', [withTime.ours, withTime.verdict.timestamps.length], ['good', 4]);
  holds('and says whose are trusted', withTime.verdict.timestamps.some((time) => time.trusted) &&
      withTime.verdict.timestamps.some((time) => !time.trusted), withTime.verdict.timestamps);
  await authority.end();
  await foreign.end();

  // ---- A monitor ----
  await ledger.serve();
  const monitor = (state, ...words) =>
    command(['monitor', ledger.url, '--vkey', vkey, '--state', path.join(directory, state), ...words]);
  const withToken = ['--token', ledger.tokens.get(kActor)];
  const first = await monitor('m', ...withToken);
  contains('a monitor follows the log', first.out + first.err, 'en orden:');
  same('and ends well', first.status, 0);
  const hashes = await monitor('h', '--hashes');
  same('without a token by its hashes', hashes.status, 0);
  const denied = await monitor('x');
  same('entries are not public', denied.status, 3);
  for (let i = 0; i < 600; i += 100)
    await ledger.recordBatch(kActor, Array.from({length: 100}, (_, k) => entity(`m-${i + k}`)));
  contains('it goes on from what it verified', (await monitor('m', ...withToken)).out, 'nuevos 600');
  same('by hashes too', (await monitor('h', '--hashes')).status, 0);
  contains('and there is nothing new', (await monitor('m', ...withToken)).out, 'nuevos 0');

  // ---- A ledger at work is verified as it stands, and later only what is new ----
  const state = path.join(directory, 'verificado');
  const writing = (async () => {
    for (let i = 0; i < 10; ++i)
      await ledger.recordBatch(kActor, Array.from({length: 50}, (_, k) => entity(`v-${i}-${k}`)));
  })();
  const live = await ledger.verify('--state', state);
  same('while it is written to', [live.status, live.findings], [0, []]);
  await writing;
  const more = await ledger.verify('--state', state);
  same('then from there', [more.status, more.from], [0, live.size]);
  holds('to its end', more.size > live.size && more.size === (await ledger.head()).size, more);
  const {size} = await ledger.head();
  await ledger.stop();
  contains('what was verified is told', await must(['verify', ledger.folder, '--state', state]),
      `desde la posición ${more.size}`);

  // ---- The operator rewrites the past, with all the ledger's keys ----
  const copy = ledger.copy(path.join(directory, 'b'));
  await ledger.serve();
  const told = await recorded(ledger, 'lo-que-fue');
  const receipt = await ledger.get(kActor, `/v1/events/${told}/receipt`);
  same('the monitor saw it', (await monitor('m', ...withToken)).status, 0);
  await monitor('h', '--hashes');
  const {url} = ledger;
  await ledger.stop();
  await copy.serve('--listen', new URL(url).host);
  await recorded(copy, 'otra-cosa');
  await recorded(copy, 'y-otra');
  for (const [state, words] of [['m', withToken], ['h', ['--hashes']]]) {
    const convicted = await monitor(state, ...words);
    same(`the monitor fails (${state})`, convicted.status, 1);
    contains('and says why', convicted.out, 'FALLA', 'NO es el que era');
    const proof = path.join(directory, state, 'proof-1');
    const [before, now] = ['verified-before', 'read-now'].map((name) => fs.readFileSync(path.join(proof, name), 'utf8'));
    holds('both heads are kept, of the same log', before.split('\n')[0] === now.split('\n')[0] && before !== now);
  }
  await copy.stop();
  const seen = path.join(directory, 'recibo.txt');
  fs.writeFileSync(seen, receipt.checkpoint);
  const refused = await copy.tryToServe('--seen', seen);
  contains('a receipt from before convicts', refused?.said ?? 'it started', `los primeros ${sizeOf(receipt.checkpoint)} hechos`);
  holds('of the size it had', sizeOf(receipt.checkpoint) === size + 1, [sizeOf(receipt.checkpoint), size]);
  same('the other history is in order by itself: only what others hold convicts it', (await copy.verify()).status, 0);
});
