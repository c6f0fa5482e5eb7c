// The server is killed (SIGKILL) under load at a random moment, five times over: what it acknowledged is there
// afterwards, at its place; what it did not may be, and repeating it gives exactly one event; and the log verifies.
import {differs, entity, holds, same, script, sleep, smallLedger} from './support.mjs';

const kRounds = 5;
const kWriters = 12;
const kActor = 'coordinador.proc.1';

let made = 0;

// Writes until the server is gone: single statements and batches by turns. What was acknowledged goes into
// `acknowledged` (id → {position, hash}); requests without an answer are returned.
async function write(ledger, writer, acknowledged, stopped) {
  const unanswered = [];
  for (let turn = 0; !stopped(); ++turn) {
    const records =
        Array.from({length: (writer + turn) % 3 === 0 ? 1 + (turn * 7) % 30 : 1}, () => entity(`carga-${++made}`));
    const asBatch = (writer + turn) % 3 === 0;
    let answer;
    try {
      answer = asBatch ? await ledger.recordBatch(kActor, records) : await ledger.record(kActor, records[0]);
    } catch {
      unanswered.push({records, asBatch});
      continue;
    }
    if (answer.status !== 201) differs('under load', 201, [answer.status, answer.text]);
    const events = asBatch ? answer.json.events : [answer.json];
    if (events.length !== records.length)
      throw new Error(`a batch of ${records.length} answered with ${events.length} events`);
    events.forEach((event, i) => {
      if (event.id !== records[i].statement.id) throw new Error('an answer for another statement');
      acknowledged.set(event.id, {position: event.position, hash: event.hash});
    });
  }
  return unanswered;
}

// In groups, so that not all connections are opened at a time.
async function each(items, work) {
  const list = [...items];
  for (let i = 0; i < list.length; i += 32) await Promise.all(list.slice(i, i + 32).map(work));
}

async function round(ledger, number, acknowledged) {
  let over = false;
  const before = acknowledged.size;
  const writers = Array.from({length: kWriters}, (_, writer) => write(ledger, writer, acknowledged, () => over));
  const ms = 150 + Math.floor(Math.random() * 1200);
  await sleep(ms);
  for (let waited = 0; acknowledged.size === before && waited < 20_000; waited += 50) await sleep(50);
  const killed = ledger.kill();
  over = true;
  const unanswered = (await Promise.all(writers)).flat();
  await killed;
  const fresh = acknowledged.size - before;
  holds(`round ${number}: killed with ${fresh} acknowledged and ${unanswered.length} requests unanswered`, fresh > 0);

  await ledger.serve();
  const head = await ledger.head();
  const wrong = [];
  await each(acknowledged, async ([id, {position, hash}]) => {
    const answer = await ledger.http(kActor, 'GET', `/v1/events/${position}`);
    if (answer.status !== 200 || answer.json.hash !== hash || answer.json.statement.id !== id)
      wrong.push({id, position});
  });
  same(
      `round ${number}: all ${acknowledged.size} acknowledged events are at their places with their hashes`, wrong, []);

  const statuses = {200: 0, 201: 0};
  let added = 0;
  await each(unanswered, async ({records, asBatch}) => {
    const again = () => (asBatch ? ledger.recordBatch(kActor, records) : ledger.record(kActor, records[0]));
    const first = await again(), second = await again();
    if (!(first.status in statuses) || second.status !== 200)
      differs('repeating what was not answered', '200 or 201, then 200', [first.status, second.status, first.text]);
    ++statuses[first.status];
    if (first.status === 201) added += records.length;
    const places = (answer) =>
        (asBatch ? answer.json.events : [answer.json]).map(({position, hash, id}) => ({position, hash, id}));
    if (JSON.stringify(places(first)) !== JSON.stringify(places(second)))
      throw new Error('repeated, it is at another place');
    for (const {id, position, hash} of places(first)) acknowledged.set(id, {position, hash});
  });
  holds(
      `round ${number}: repeated, ${statuses[200]} were there already and ${statuses[201]} were recorded`,
      statuses[200] + statuses[201] === unanswered.length);
  same(`round ${number}: exactly one event of each`, (await ledger.head()).size, head.size + added);
  const positions = new Set([...acknowledged.values()].map((event) => event.position));
  same(`round ${number}: each at a place of its own`, positions.size, acknowledged.size);
}

await script(async (directory) => {
  const ledger = await smallLedger(directory);
  const start = (await ledger.head()).size;
  const acknowledged = new Map();
  for (let number = 1; number <= kRounds; ++number) await round(ledger, number, acknowledged);
  const head = await ledger.head();
  same('in all: the log is what was recorded and nothing else', head.size, start + acknowledged.size);
  await ledger.stop();
  const report = await ledger.verify();
  same('verify: good', [report.status, report.findings], [0, []]);
  same('verify: of the whole log, every part opened', [report.size, report.parts_opened], [head.size, report.parts]);
  await ledger.serve();
  await ledger.kill();
  same('killed while idle, it verifies', (await ledger.verify()).findings, []);
});
