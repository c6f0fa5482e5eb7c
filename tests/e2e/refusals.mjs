// What the service refuses, how it says so, and that none of it moves the log's head but the record of an attempt
// without the right.
import fs from 'node:fs';
import path from 'node:path';

import {
  asAdmin, contains, differs, entity, holds, must, newId, now, revision, same, script, signed, smallLedger
} from './support.mjs';

const kCoordinator = 'coordinador.proc.1';
const kKeeper = 'coordinador.proc.2';  // has a key of his own
const kReader = 'control.interno.1';

let ledger, head;

// A problem of that status and type, with these members; it is documented; and the head has not moved. With `attempted`
// it has, by the record of the attempt.
async function refused(what, answer, status, type, members = {}, attempted = status === 403) {
  const problem = answer.json ?? {};
  same(
      `${what}: ${status} ${type}`, [answer.status, problem.type, problem.status],
      [status, `/v1/problems/${type}`, status]);
  contains(`${what}: told as a problem`, answer.headers['content-type'], 'application/problem+json');
  for (const [name, value] of Object.entries(members)) same(`${what}: ${name}`, problem[name], value);
  holds(`${what}: in a sentence`, problem.title?.length > 3 && problem.detail?.length > 10, problem);
  const documented = await ledger.get(null, problem.type);
  same(`${what}: documented`, [documented.name, documented.status], [type, status]);
  if (attempted) return recordedAttempt(what, type);
  same(`${what}: the head has not moved`, await ledger.head(), head);
}

// What is refused at the door is recorded after the answer.
async function recordedAttempt(what, type) {
  const size = head.size;
  for (let tries = 0; tries < 100 && head.size === size; ++tries) {
    head = await ledger.head();
    if (head.size === size) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  same(`${what}: one event more`, head.size, size + 1);
  const {statement: {stream, type: recordedType, actor, open}} = await ledger.get(kReader, `/v1/events/${size}`);
  same(
      `${what}: the attempt is recorded`, [stream.split('/')[0], recordedType, actor, open.reason],
      ['attempts', 'attempt.refused', 'ledger', type.replaceAll('-', '_')]);
}

async function recorded(what, answer, count = 1) {
  same(`${what}: 201`, answer.status, 201);
  head = await ledger.head();
  const last = answer.json.events?.at(-1) ?? answer.json;
  same(`${what}: at the end of the log`, last.position, head.size - 1);
  return answer.json;
}

async function versions() {
  await recorded('an entity is registered', await ledger.record(kCoordinator, entity('e1', {version: 1})));
  const wrong = await ledger.record(kCoordinator, revision('e1', 'Otra', {version: 7}));
  await refused(
      'a statement with the wrong version', wrong, 412, 'version-conflict',
      {actual: 1, expected: 7, stream: 'entity/e1'});
  const ifMatch = (tag) => ledger.record(kCoordinator, revision('e1', 'Otra'), {'If-Match': tag});
  await refused(
      'If-Match with the wrong version', await ifMatch('"5"'), 412, 'version-conflict', {actual: 1, expected: 6});
  await refused('If-Match with no version', await ifMatch('"uno"'), 400, 'field-invalid');
  const right = await ifMatch('"1"');
  await recorded('If-Match with the present version', right);
  same('and ETag is the new one', right.headers.etag, '"2"');
  const contradicts = await ledger.record(kCoordinator, revision('e1', 'Tercera', {version: 9}), {'If-Match': '"2"'});
  await refused(
      'If-Match against the statement\'s own version', contradicts, 400, 'field-invalid',
      {pointer: '/statement/version'});
}

async function repetitions() {
  const record = entity('e2', {name: 'Nombre reservado de la primera'});
  const first = await recorded('a statement', await ledger.record(kCoordinator, record));
  const again = await ledger.record(kCoordinator, record);
  same(
      'repeated: 200, the same position, hash and time',
      [again.status, again.json.position, again.json.hash, again.json.recorded_at],
      [200, first.position, first.hash, first.recorded_at]);
  same('repeated: the first event in the receipt', again.json.receipt.event, first.receipt.event);
  same('repeated: the head has not moved', await ledger.head(), head);

  const other = entity('e2', {id: record.statement.id, name: 'Otro contenido', at: record.statement.at});
  const taken = await ledger.record(kCoordinator, other);
  await refused('the same id with other content', taken, 409, 'id-taken');
  contains('and the id is named', taken.json.detail, record.statement.id);
  holds('and nothing of the first is shown', !/reservado|position|recorded_at|receipt/.test(taken.text), taken.text);
  const elsewhere = entity('e2b', {id: record.statement.id});
  await refused('the same id in another stream', await ledger.record(kCoordinator, elsewhere), 409, 'id-taken');
  const stranger = await ledger.record('directora.ddo', record);
  await refused('the same statement by another actor', stranger, 409, 'id-taken');
  holds('to whom nothing of it is shown', !/reservado|position|receipt/.test(stranger.text), stranger.text);
}

async function authority() {
  const plan = {
    statement: {type: 'plan.approved', stream: 'plan/2026/ddo', as: 'procedure_coordinator', id: newId(), at: now()},
    content: {data: {act: 'Ninguno'}}
  };
  const wrong = await ledger.record(kCoordinator, plan);
  await refused(
      'a role that may not', wrong, 403, 'role-not-allowed',
      {role: 'procedure_coordinator', allowed: 'committee, director, subdirection', pointer: '/as'});
  contains('and the rule names who may', wrong.json.detail, 'procedure_coordinator', 'plan.approved', 'director');
  plan.statement.as = 'director@ddo';
  await refused(
      'a role he has not got', await ledger.record(kCoordinator, plan), 403, 'role-not-in-force', {pointer: '/as'});
  await refused('an actor nobody registered', await ledger.record('directora.ddo', plan), 403, 'actor-unknown', {}, false);
  const forOther = entity('e3', {actor: 'directora.ddo'});
  await refused('a session for another actor', await ledger.record(kCoordinator, forOther), 403, 'session-for-other');
  const own = await ledger.record(kKeeper, entity('e3'));
  await refused('a session of an actor who has a key', own, 403, 'own-key-required', {actor: kKeeper});
  const granted = {
    statement: {type: 'actor.registered', stream: 'actor/nadie', as: 'administrator', id: newId(), at: now()},
    content: {data: {kind: 'person'}}
  };
  await refused(
      'the administrator by session', await ledger.record('administrador.1', granted), 403, 'own-key-required');
  await refused('a coordinator as administrator', await ledger.record(kCoordinator, granted), 403, 'own-key-required');
}

async function signatures(keeper) {
  const good = signed(entity('e4'), keeper);
  await recorded('a statement signed by its author', await ledger.record(kKeeper, good));
  const again = await ledger.record(kKeeper, good);
  same('repeated: 200', again.status, 200);

  const flipped = signed(entity('e5'), keeper);
  const signature = Buffer.from(flipped.envelope.signatures[0].sig, 'base64');
  signature[40] ^= 1;
  flipped.envelope.signatures[0].sig = signature.toString('base64');
  await refused('a flipped signature', await ledger.record(kKeeper, flipped), 403, 'signature-invalid');
  const altered = signed(entity('e5'), keeper);
  const payload = Buffer.from(altered.envelope.payload, 'base64').toString().replace('entity/e5', 'entity/e6');
  altered.envelope.payload = Buffer.from(payload).toString('base64');
  await refused('a signature over another payload', await ledger.record(kKeeper, altered), 403, 'signature-invalid');
  const otherContent = signed(entity('e5'), keeper);
  otherContent.content.data.value.name = 'Otra';
  await refused(
      'content that was not committed to', await ledger.record(kKeeper, otherContent), 400, 'commitment-mismatch');
  const elsewhere = signed(entity('e5'), {...keeper, ledger: 'libro.ejemplo.gov.co#0123456789abcdef'});
  await refused('an envelope of another ledger', await ledger.record(kKeeper, elsewhere), 400, 'other-ledger');
  const stranger = signed(entity('e5'), {...keeper, keyFile: ledger.adminKey});
  await refused('signed by somebody else\'s key', await ledger.record(kKeeper, stranger), 403, 'key-not-in-force');
  const carried = await ledger.record(kCoordinator, signed(entity('e5'), keeper));
  await refused('carried by another\'s session', carried, 403, 'session-for-other');
  const unseen = signed(entity('e5', {seen: {root: '00'.repeat(32), size: 2}}), keeper);
  await refused('that saw another log', await ledger.record(kKeeper, unseen), 409, 'seen-not-of-this-log');
}

async function forms() {
  const post = (text) => ledger.record(kCoordinator, text);
  await refused('malformed JSON', await post('{"statement": {"type": x'), 400, 'malformed-json', {offset: 23});
  await refused('a duplicate name', await post('{"statement":{},"statement":{}}'), 400, 'malformed-json');
  await refused('no object', await post('[]'), 400, 'field-invalid');
  const unknown = entity('e7');
  unknown.content.data.color = 'azul';
  await refused(
      'an unknown field', await post(JSON.stringify(unknown)), 400, 'field-unknown', {pointer: '/data/color'});
  const stranger = entity('e7', {colour: 'azul'});
  await refused('an unknown member', await post(JSON.stringify(stranger)), 400, 'field-unknown', {pointer: '/colour'});
  const missing = entity('e7');
  delete missing.content.data.name;
  await refused('a field missing', await post(JSON.stringify(missing)), 400, 'field-missing', {pointer: '/data/name'});
  await refused(
      'an unknown type', await ledger.record(kCoordinator, entity('e7', {type: 'entity.painted'})), 400,
      'unknown-type');
  await refused(
      'a stream of another kind', await ledger.record(kCoordinator, entity('e7', {stream: 'unit/e7'})), 400,
      'wrong-stream');
  await refused(
      'a future time', await ledger.record(kCoordinator, entity('e7', {at: now(3600)})), 422, 'in-the-future',
      {pointer: '/at'});
  await refused(
      'an unknown cause', await ledger.record(kCoordinator, entity('e7', {cause: newId()})), 422, 'cause-unknown',
      {pointer: '/cause'});
  await refused('an entity that is there', await ledger.record(kCoordinator, entity('e1')), 409, 'already-registered');
}

async function limits() {
  const large = entity('e8');
  large.content.data.name = 'x'.repeat(1_200_000);
  await refused(
      'a content part over 1 MiB', await ledger.record(kCoordinator, large), 413, 'too-large', {limit: 1_048_576});
  large.content.data.name = 'x'.repeat(1_700_000);
  await refused('a body over the limit', await ledger.record(kCoordinator, large), 413, 'payload-too-large');
  const many = Array.from({length: 5001}, () => '{}').join('\n');
  await refused(
      'a batch of 5,001', await ledger.recordBatch(kCoordinator, many), 413, 'batch-too-large', {limit: 5000});
  const body = Buffer.alloc(18 * 1024 * 1024, 0x20);
  const answer =
      await ledger.http(kCoordinator, 'POST', '/v1/batches', {body, headers: {'Content-Type': 'application/x-ndjson'}});
  await refused('a batch over the limit', answer, 413, 'payload-too-large');
  const wordy = await ledger.http(kReader, 'GET', '/v1/ledger', {headers: {'X-Wordy': 'x'.repeat(20_000)}});
  await refused('a header over the limit', wordy, 431, 'header-fields-too-large');
}

async function exchanges() {
  const ask = (method, target, actor = kReader, options) => ledger.http(actor, method, target, options);
  await refused('an unknown route', await ask('GET', '/v1/nada'), 404, 'not-found');
  await refused('an event beyond the log', await ask('GET', `/v1/events/${head.size}`), 404, 'not-found');
  const wrong = await ask('PUT', '/v1/events');
  await refused('a wrong method', wrong, 405, 'method-not-allowed');
  same('with Allow', wrong.headers.allow.split(/, */).sort(), ['GET', 'HEAD', 'OPTIONS', 'POST']);
  const read = await ask('DELETE', '/v1/plans/2026/ddo');
  await refused('a wrong method on a plan', read, 405, 'method-not-allowed');
  same('with Allow for it', read.headers.allow.split(/, */).sort(), ['GET', 'HEAD', 'OPTIONS']);
  for (const [what, token] of [
           ['no token', null],
           [
             'a token nobody issued',
             'fdt_' +
                 'A'.repeat(43)
           ],
           ['no token at all', 'hola']]) {
    const answer = await ask('GET', '/v1/events', token);
    await refused(what, answer, 401, 'unauthorized');
    contains(`${what}: WWW-Authenticate`, answer.headers['www-authenticate'], 'Bearer');
    await refused(`${what}, to record`, await ledger.record(token, entity('e9')), 401, 'unauthorized');
  }
  const typed = await ask('POST', '/v1/batches', kCoordinator, {body: '{}', headers: {'Content-Type': 'text/plain'}});
  await refused('a batch of another media type', typed, 415, 'unsupported-media-type');
}

// A dry run answers as the real one would, and records nothing.
async function dryRuns() {
  const dry = (path, body, headers = {}) => ledger.http(kCoordinator, 'POST', `${path}?dry_run=true`, {body, headers});
  const record = entity('seco1');
  const alone = await dry('/v1/events', JSON.stringify(record));
  same(
      'a dry run says what would stand', [alone.status, alone.json.dry_run, alone.json.events],
      [200, true, [{id: record.statement.id, stream: 'entity/seco1', version: 1, flags: []}]]);
  const lines = [record, revision('seco1', 'Otra')].map((one) => JSON.stringify(one)).join('\n');
  const batch = await dry('/v1/batches', lines, {'Content-Type': 'application/x-ndjson'});
  same('so does that of a batch', batch.json.events.map((event) => event.version), [1, 2]);
  same('the head has not moved', await ledger.head(), head);
  await refused(
      'a dry run is refused as the real one', await dry('/v1/events', JSON.stringify(entity('seco2', {as: 'director@ddo'}))),
      403, 'role-not-in-force', {}, false);
  const late = await dry('/v1/events', JSON.stringify(entity('seco3', {at: '2026-01-05T09:00:00-05:00'})));
  same(
      'what is recorded long after it is declared is flagged, not refused',
      [late.status, late.json.events[0].flags.map(({flag, limit, pointer}) => [flag, limit, pointer])],
      [200, [['recorded_late', '5', '/at']]]);
  contains('and told in a sentence', late.json.events[0].flags[0].detail, 'días hábiles');
  const odd = await ledger.http(kCoordinator, 'POST', '/v1/events?dry_run=1', {body: JSON.stringify(record)});
  await refused('neither dry nor not', odd, 400, 'field-invalid', {pointer: '?dry_run'});
}

async function batches() {
  const batch = (...records) => ledger.recordBatch(kCoordinator, records);
  const bad = entity('b3', {as: 'director@ddo'});
  await refused(
      'a batch with a line refused', await batch(entity('b1'), entity('b2'), bad, entity('b4')), 403,
      'role-not-in-force', {line: 3});
  const unread = entity('b2');
  unread.content.data.color = 'azul';
  await refused('a batch with an unknown field', await batch(entity('b1'), unread), 400, 'field-unknown', {line: 2});
  const broken = `${JSON.stringify(entity('b1'))}\n{"statement": \n`;
  await refused(
      'a batch with malformed JSON', await ledger.recordBatch(kCoordinator, broken), 400, 'malformed-json', {line: 2});
  await refused('an empty batch', await ledger.recordBatch(kCoordinator, '\n'), 400, 'batch-empty');
  await refused(
      'nothing of them was recorded', await ledger.http(kReader, 'GET', '/v1/streams/entity/b1'), 404, 'not-found');

  const records = [entity('b1'), entity('b2'), entity('b3')];
  const first = await recorded('a batch', await batch(...records));
  const again = await batch(...records);
  same('repeated: 200 and the same events', [again.status, again.json.events],
      [200, first.events.map(({flags, ...event}) => event)]);
  same('repeated: the head has not moved', await ledger.head(), head);
  await refused('partly repeated', await batch(...records, entity('b4')), 409, 'batch-partly-recorded');
  await refused('partly repeated, the other way', await batch(entity('b4'), records[0]), 409, 'batch-partly-recorded');

  const id = newId();
  await refused(
      'two statements of one id in a batch', await batch(entity('c1', {id}), entity('c2', {id})), 409, 'id-taken',
      {line: 2});
  await recorded('an entity', await batch(entity('d1')));
  const twice = revision('d1', 'Otra');
  const answer = await batch(twice, twice);
  holds('a statement twice in a batch is refused', answer.status >= 400 && answer.status < 500, answer.text);
  same('a statement twice in a batch: the head has not moved', await ledger.head(), head);
}

// Every batch is either recorded or refused as such, and the log is what was acknowledged.
async function fullQueue(directory) {
  const small = await smallLedger(path.join(directory, 'cola'), '--queue', '1');
  const before = await small.head();
  const acknowledged = new Map();
  let turnedAway = 0;
  const writers = Array.from({length: 48}, async (_, writer) => {
    for (let round = 0; round < 6; ++round) {
      const records = Array.from({length: 40}, (_, i) => entity(`w${writer}-${round}-${i}`));
      const answer = await small.recordBatch(kCoordinator, records);
      if (answer.status === 201) {
        for (const event of answer.json.events) acknowledged.set(event.id, event.position);
      } else {
        if (answer.status !== 503 || answer.json.type !== '/v1/problems/overloaded' ||
            !(Number(answer.headers['retry-after']) >= 1))
          differs('with the queue full', '201, or 503 overloaded with Retry-After', [answer.status, answer.text]);
        ++turnedAway;
      }
    }
  });
  await Promise.all(writers);
  holds(`a full queue: ${turnedAway} batches were told 503 with Retry-After`, turnedAway > 0);
  holds(`a full queue: ${acknowledged.size / 40} batches were recorded`, acknowledged.size > 0);
  const after = await small.head();
  same('the log grew by what was acknowledged', after.size - before.size, acknowledged.size);
  same('each at a place of its own', new Set(acknowledged.values()).size, acknowledged.size);
  await small.stop();
  const report = await small.verify();
  same('verify: good', [report.findings, report.size], [[], after.size]);
}

await script(async (directory) => {
  ledger = await smallLedger(path.join(directory, 'uno'));
  const people = path.join(directory, 'personas.ndjson');
  fs.writeFileSync(
      people,
      [
        {statement: {type: 'actor.registered', stream: `actor/${kKeeper}`}, content: {data: {kind: 'person'}}},
        {
          statement: {
            type: 'actor.role.granted',
            stream: `actor/${kKeeper}`,
            open: {role: 'procedure_coordinator', title: 'encargo', act: 'resolucion-0500-de-2025', from: '2025-12-01'}
          }
        },
      ].map((one) => JSON.stringify(one))
          .join('\n'));
  await asAdmin(ledger, '--batch', people);
  const keyFile = path.join(directory, 'propia.pem');
  const shown = await must(['key', 'new', keyFile]);
  const enrolled = path.join(directory, 'inscripcion.json');
  fs.writeFileSync(enrolled, JSON.stringify({
    statement: {
      type: 'actor.key.enrolled',
      stream: `actor/${kKeeper}`,
      open: {ground: 'first', public_key: /pública: +([0-9a-f]{64})/.exec(shown)[1]}
    }
  }));
  await asAdmin(ledger, '--second-key', keyFile, enrolled);
  await ledger.issueTokens(kKeeper);
  const {ledger: name} = await ledger.get(kReader, '/v1/ledger');
  head = await ledger.head();

  await versions();
  await repetitions();
  await authority();
  await signatures({ledger: name, actor: kKeeper, keyFile});
  await forms();
  await limits();
  await exchanges();
  await dryRuns();
  await batches();
  await ledger.stop();
  const report = await ledger.verify();
  same('verify: good', [report.findings, report.size], [[], head.size]);
  await fullQueue(directory);
});
