// What format.json holds: a ledger of six events made with the rules in format.mjs, and every value on the way. All
// inputs are fixed; what the format takes from chance (ids, commitment, part and group keys) is hashed from a label.
import crypto from 'node:crypto';

import * as format from './format.mjs';
import {accepted, refused} from './format_statements.mjs';

const {ensure, hex, jcs, sha256, utf8} = format;
const kOrigin = 'ledger.example/audit';
const kInterventionStream = 'intervention/2026/ddo/0042';
const kFile = '2026-ddo-0042';

const label = (text) => sha256(utf8(text));
const range = (first, count) => Array.from({length: count}, (_, i) => first + i);
const seedFrom = (first) => format.makeKey(Buffer.from(range(first, 32)));
const kKeys = {
  checkpoint: seedFrom(0x00),
  service: seedFrom(0x60),
  administrator: seedFrom(0x40),
  professional: seedFrom(0x80),
};

// The id's time is `recorded`'s millisecond; the rest of it, but for version and variant, is hashed from the position.
function makeId(position, recorded) {
  const time = Date.parse(recorded).toString(16).padStart(12, '0');
  const rest = hex(label(`id ${position}`));
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

// Each: who signs, when it is recorded, what it says. `so_far` are the events before it.
const kEvents = [
  {
    signers: ['administrator', 'service'],
    recorded_at: '2026-01-02T13:00:00.000001Z',
    says: () => ({
      actor: 'administrador.1',
      as: 'administrator',
      at: '2026-01-02T08:00:00-05:00',
      open: {
        administrator: 'administrador.1',
        administrator_key: hex(kKeys.administrator.public),
        agency: 'ente-de-ejemplo',
        checkpoint_key: hex(kKeys.checkpoint.public),
        origin: kOrigin,
        public_entries: false,
        service_key: hex(kKeys.service.public),
      },
      schema: 1,
      stream: 'ledger',
      type: 'ledger.founded',
    }),
  },
  {
    signers: ['administrator'],
    recorded_at: '2026-01-02T13:05:00.250000Z',
    says: () => ({
      actor: 'administrador.1',
      as: 'administrator',
      at: '2026-01-02T08:04:59-05:00',
      schema: 1,
      stream: 'actor/profesional.ddo.1',
      type: 'actor.registered',
    }),
    data: {kind: 'person', unit: 'ddo'},
    personal: [{name: 'María Ñáñez'}],
  },
  {
    signers: ['administrator'],
    recorded_at: '2026-01-02T13:05:00.250000Z',
    says: () => ({
      actor: 'administrador.1',
      as: 'administrator',
      at: '2026-01-02T08:05:00-05:00',
      open: {act: 'resolucion-12-2026', from: '2026-01-02', role: 'professional', title: 'titular', unit: 'ddo'},
      schema: 1,
      stream: 'actor/profesional.ddo.1',
      type: 'actor.role.granted',
      version: 2,
    }),
  },
  {
    signers: ['administrator', 'professional'],
    recorded_at: '2026-01-02T13:10:59.999999Z',
    says: () => ({
      actor: 'administrador.1',
      as: 'administrator',
      at: '2026-01-02T13:10:58+00:00',
      open: {public_key: hex(kKeys.professional.public)},
      schema: 1,
      stream: 'actor/profesional.ddo.1',
      type: 'actor.key.enrolled',
    }),
  },
  {
    signers: ['professional'],
    recorded_at: '2026-03-04T15:00:01.123456Z',
    says: (so_far) => ({
      actor: 'profesional.ddo.1',
      as: 'professional@ddo',
      at: '2026-03-04T15:00:00+00:00',
      cause: so_far[2].id,
      file: kFile,
      schema: 1,
      seen: {root: hex(format.root(so_far.slice(0, 3).map((event) => event.hash))), size: 3},
      source: {row: 17, sha256: hex(label('sesiones.csv'))},
      stream: kInterventionStream,
      type: 'session.held',
      version: 1,
    }),
    // Names and values where writers of canonical JSON go apart: order by UTF-16 unit, escapes, the bounds of integers.
    data: {
      attendance: {men: 0, undeclared: -1, women: 23},
      'código "interno"': 'C:\\actas\\2026/ddo',
      date: '2026-03-04',
      hours: [8, [12, 30], []],
      largest: 9007199254740991,
      least: -9007199254740991,
      notes: 'línea 1\nlínea 2\ttabulada\r\b\f\u0001\u001f\u007f\u2028 fin',
      platform: false,
      topics: ['Gestión del riesgo de desastres', 'Año: niñez y pingüinos', '\u{1F602} y \u{10FFFF}', ''],
      '\u{1F602}': 'before U+FB33',
      '\uFB33': 'after U+1F602',
      '': {},
    },
    personal: [
      {document: 'CC 1000000001', email: 'jose.pena@ente.example', name: 'José Peña Ibáñez'},
      {document: 'CC 1000000002', name: 'Zoë “la Ñata” Güiza'},
    ],
  },
  {
    signers: ['service'],
    recorded_at: '2026-03-06T05:00:00.000000Z',
    says: () => ({
      actor: 'profesional.ddo.2',
      as: 'professional@ddo',
      at: '2026-03-05T23:59:59-05:00',
      file: kFile,
      for: 'profesional.ddo.1',
      schema: 1,
      source: {number: '20252060174492', system: 'orfeo'},
      stream: kInterventionStream,
      type: 'session.held',
      version: 2,
    }),
    data: {date: '2026-03-05', hours: 2, place: 'Bogotá, D. C.'},
  },
];

function makePart(position, compartment, part, value) {
  const key = sha256(utf8(`commitment key ${position}/${compartment}/${part}`));
  const text = jcs(value);
  const commitment = format.commit(key, value);
  return {compartment, part, commitment_key: hex(key), jcs: text, commitment, door: jcs({key: hex(key), value})};
}

function makeContent(position, data, personal = []) {
  const ofData = data ? [makePart(position, 'data', 0, data)] : [];
  const ofPersons = personal.map((value, part) => makePart(position, 'personal', part, value));
  const content = {parts: [...ofData, ...ofPersons]};
  if (data) content.data = ofData[0].commitment;
  if (personal.length > 0) {
    content.personal_list = jcs(ofPersons.map((part) => part.commitment));
    content.personal = `sha256:${hex(sha256(utf8(content.personal_list)))}`;
  }
  return content;
}

// An event as format.json tells it (`row`), and beside it what later ones need: its id, statement and leaf hash.
function makeEvent(input, so_far) {
  const position = so_far.length;
  const id = makeId(position, input.recorded_at);
  const content = makeContent(position, input.data, input.personal);
  const ledger = position === 0 ? kOrigin : `${kOrigin}#${hex(so_far[0].hash).slice(0, 16)}`;
  const says = {...input.says(so_far), id, key: kKeys[input.signers[0]].id, ledger};
  if (content.data) says.data = content.data;
  if (content.personal) says.personal = content.personal;

  const payload = utf8(jcs(says));
  ensure(format.faults(payload).length === 0, `event ${position}: ${format.faults(payload)}`);
  const signed = format.pae(payload);
  const signatures = input.signers.map((signer) => kKeys[signer].sign(signed));
  signatures.forEach((signature, i) => ensure(
      format.verifySignature(kKeys[input.signers[i]].public, signed, signature), `event ${position}: signature`));
  const envelope = format.makeEnvelope(payload, signatures);

  const before = so_far.filter((event) => event.says.stream === says.stream);
  const version = before.length + 1;
  ensure(version === (says.version ?? version), `event ${position}: version`);
  const leaf = {envelope, position, recorded_at: input.recorded_at, version};
  if (version > 1) leaf.prev = hex(before.at(-1).hash);
  const hash = format.hashLeaf(utf8(jcs(leaf)));

  const row = {
    position,
    version,
    id,
    statement: jcs(says),
    content,
    pae: {length: signed.length, sha256: hex(sha256(signed))},
    signatures: input.signers.map((signer, i) => ({signer, signature: hex(signatures[i])})),
    envelope: jcs(envelope),
    leaf: jcs(leaf),
    leaf_hash: hex(hash),
  };
  if (position === 0) row.pae.hex = hex(signed);
  return {id, says, hash, row};
}

function makeTree(hashes) {
  const pairs = range(0, 7).flatMap((size) => range(0, size).map((below) => [below, size]));
  return {
    roots: range(0, 7).map((size) => ({size, root: hex(format.root(hashes.slice(0, size)))})),
    inclusion: pairs.map(
        ([position, size]) => ({position, size, proof: format.inclusion(position, hashes.slice(0, size)).map(hex)})),
    consistency: pairs.filter(([from]) => from > 0).map(
        ([from, to]) => ({from, to, proof: format.consistency(from, hashes.slice(0, to)).map(hex)})),
  };
}

function makeCheckpoint(size, hashes) {
  const root = format.root(hashes.slice(0, size));
  const {text, signature, note} = format.makeCheckpoint(kOrigin, size, root, kKeys.checkpoint);
  return {size, root: hex(root), text, signature: hex(signature), note};
}

function makeReceipt(position, size, events, hashes) {
  const receipt = jcs({
    checkpoint: makeCheckpoint(size, hashes).note,
    event: format.parseJson(events[position].row.leaf),
    format: 'fedatario.receipt.v1',
    proof: format.inclusion(position, hashes.slice(0, size)).map(hex),
  });
  format.verifyReceipt(utf8(receipt), format.formatVkey(kOrigin, kKeys.checkpoint.public), () => {});
  return {position, size, receipt};
}

// ---- Section 6: sealing ---------------------------------------------------------------------------------------------

function wrap(key, under) {
  const cipher = crypto.createCipheriv('id-aes256-wrap', under, Buffer.alloc(8, 0xa6));
  return Buffer.concat([cipher.update(key), cipher.final()]);
}

function groupOf(compartment, says) {
  if (compartment === 'personal') return says.file ? `personal/file/${says.file}` : `personal/stream/${says.stream}`;
  const [kind, second = ''] = says.stream.split('/');
  const isYear = /^[0-9]{4}$/.test(second) && Number(second) >= 1990 && Number(second) <= 2199;
  return `trail/${kind}/${isYear ? second : says.at.slice(0, 4)}`;
}

function sealPart(event, {compartment, part, commitment_key, jcs: text}, kek) {
  const group = groupOf(compartment, event.says);
  const groupKey = label(`group key ${group}`);
  const partKey = label(`part key ${event.row.position}/${compartment}/${part}`);
  const aad = jcs({compartment, id: event.id, ledger: event.says.ledger, part});
  const plain = Buffer.concat([format.unhex(commitment_key), utf8(text)]);
  const cipher = crypto.createCipheriv('aes-256-gcm', partKey, Buffer.alloc(12));
  cipher.setAAD(utf8(aad));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return {
    position: event.row.position,
    compartment,
    part,
    group,
    group_key: hex(groupKey),
    part_key: hex(partKey),
    aad,
    plaintext: hex(plain),
    ciphertext: hex(ciphertext),
    wrapped_part_key: hex(wrap(partKey, groupKey)),
    wrapped_group_key: hex(wrap(groupKey, kek)),
  };
}

// ---- The whole ------------------------------------------------------------------------------------------------------

function makeStatements(says) {
  const refusedRows = refused(says);
  const acceptedRows = accepted(says);
  for (const row of [...refusedRows, ...acceptedRows]) {
    const found = format.faults(row.encoding === 'base64' ? Buffer.from(row.payload, 'base64') : utf8(row.payload));
    const wanted = refusedRows.includes(row) ? 1 : 0;
    ensure(found.length === wanted, `${row.name}: ${wanted} faults wanted, found: ${found.join('; ') || 'none'}`);
  }
  const names = [...refusedRows, ...acceptedRows].map((row) => row.name);
  ensure(new Set(names).size === names.length, 'two statements have one name');
  return {refused: refusedRows, accepted: acceptedRows};
}

export function makeVectors() {
  const events = [];
  for (const input of kEvents) events.push(makeEvent(input, events));
  const hashes = events.map((event) => event.hash);
  const kek = label('key-encryption key');
  const {checkpoint} = kKeys;
  const keys = Object.entries(kKeys).map(
      ([name, key]) => [name, {seed: hex(key.seed), public: hex(key.public), spki: hex(key.spki), id: key.id}]);
  return {
    format: 'ledger/FORMAT.md, version 1',
    origin: kOrigin,
    ledger: events[1].says.ledger,
    keys: Object.fromEntries(keys),
    vkey: format.formatVkey(kOrigin, checkpoint.public),
    events: events.map((event) => event.row),
    tree: makeTree(hashes),
    checkpoints: range(1, 6).map((size) => makeCheckpoint(size, hashes)),
    receipts: [[4, 6], [0, 1]].map(([position, size]) => makeReceipt(position, size, events, hashes)),
    sealing: {
      kek: hex(kek),
      parts: events.flatMap((event) => event.row.content.parts.map((part) => sealPart(event, part, kek))),
    },
    ...makeStatements(events[5].says),
  };
}
