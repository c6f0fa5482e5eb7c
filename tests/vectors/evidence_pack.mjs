// Packs as ledger/EVIDENCE.md says, of a ledger that evidence_ledger.mjs made: the files, the bag, the zip. A pack is a
// Map of the files' names to bytes until it is zipped, so that a forger can change any.
import zlib from 'node:zlib';

import * as format from './format.mjs';
import {kKeys, kOrigin} from './evidence_ledger.mjs';

const {hex, jcs, sha256, utf8} = format;
const lines = (texts) => utf8(texts.map((text) => `${text}\n`).join(''));

// ---- The name tree (section 4) --------------------------------------------------------------------------------------

const keyOf = (name) => utf8(`${name}\0`);
const bit = (bytes, d) => (bytes[d >> 3] >> (7 - (d & 7))) & 1;
const bitsOf = (bytes, count) =>
    Array.from({length: Math.min(count, bytes.length * 8)}, (_, d) => bit(bytes, d)).join('');

const hashName = (name, {version, hash}) => format.hashLeaf(utf8(jcs({hash: hex(hash), stream: name, version})));

function pack(bits) {
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  [...bits].forEach((one, d) => { bytes[d >> 3] |= Number(one) << (7 - (d & 7)); });
  return bytes;
}

// Of [name, head] pairs, in any order.
export function nameTree(entries) {
  if (entries.length === 1) return {name: entries[0][0], head: entries[0][1], hash: hashName(...entries[0])};
  const keys = entries.map(([name]) => keyOf(name));
  let d = 0;
  while (keys.every((key) => bit(key, d) === bit(keys[0], d))) ++d;
  const [left, right] = [0, 1].map((side) => nameTree(entries.filter((_, i) => bit(keys[i], d) === side)));
  const bits = bitsOf(keys[0], d);
  const hash = sha256(Buffer.of(1, d >> 8, d & 255), pack(bits), left.hash, right.hash);
  return {d, bits, left, right, hash};
}

export const rootOfNames = (heads) => nameTree([...heads]).hash;

// In pre-order, cut where nothing wanted can be; `wanted` are keys or beginnings of keys.
function writeNames(node, wanted, prefix) {
  const could = prefix === undefined || wanted.some((want) => {
    const bits = bitsOf(want, prefix.length);
    return prefix.startsWith(bits);
  });
  if (!could) return [`h ${hex(node.hash)}`];
  if (node.name) return [`s ${node.head.version} ${hex(node.head.hash)} ${node.name}`];
  return [`n ${node.d} ${node.d === 0 ? '-' : hex(pack(node.bits))}`, ...writeNames(node.left, wanted, `${node.bits}0`),
          ...writeNames(node.right, wanted, `${node.bits}1`)];
}

// ---- The files ------------------------------------------------------------------------------------------------------

const isIn = (what, stream) => 'stream' in what ? stream === what.stream :
    stream === `plan/${what.plan}` || stream.startsWith(`intervention/${what.plan}/`);

const isSubject = (what, {says, position}) =>
    'actor' in what ? position >= what.first && position <= what.last : isIn(what, says.stream);

// Subjects and, until no more come, the streams of all whom a leaf names.
function choose(ledger, what, below, size) {
  const actors = new Set();
  const isHeld = (event) => event.says.stream === 'ledger' ? event.position < size : event.position < below &&
      (isSubject(what, event) || actors.has(event.says.stream));
  for (let known = -1; known !== actors.size;) {
    known = actors.size;
    for (const {says} of ledger.events.filter(isHeld))
      for (const name of [says.actor, says.for].filter((name) => name && name !== 'ledger'))
        actors.add(`actor/${name}`);
  }
  return {events: ledger.events.filter(isHeld), actors};
}

export function writeTree(ledger, size, positions) {
  const held = new Set(positions);
  const walk = (from, count) => {
    if (!positions.some((position) => position >= from && position < from + count))
      return [hex(format.root(ledger.events.slice(from, from + count).map((event) => event.hash)))];
    if (count === 1) return held.has(from) ? [] : undefined;
    const k = 2 ** Math.ceil(Math.log2(count) - 1);
    return [...walk(from, k), ...walk(from + k, count - k)];
  };
  return walk(0, size);
}

const isStamp = ({says}) => says.type === 'timestamp.obtained' || says.type === 'timestamp.renewed';

function disclose({position, content}, shown) {
  const line = {position};
  if (content.data) line.data = content.data.door;
  if (shown && content.personal.length > 0)
    line.personal = content.personal.map(({door, commitment}, i) => shown.includes(i) ? door : {commitment});
  return line;
}

function cosign(text, origin, key, seconds = 1775000000n) {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(seconds);
  const id = sha256(utf8(`${kWitness}\n`), Buffer.of(4), key.public).subarray(0, 4);
  const signature = key.sign(utf8(`cosignature/v1\ntime ${seconds}\n${text}`));
  return `\u2014 ${kWitness} ${Buffer.concat([id, time, signature]).toString('base64')}\n`;
}

export const kWitness = 'testigo.control.example';
export const witnessVkey = (key) => {
  const id = sha256(utf8(`${kWitness}\n`), Buffer.of(4), key.public).subarray(0, 4);
  return `${kWitness}+${hex(id)}+${Buffer.concat([Buffer.of(4), key.public]).toString('base64')}`;
};

export function noteOf(ledger, size, key, {cosigned, text} = {}) {
  const made = format.makeCheckpoint(kOrigin, size, ledger.root(size), key);
  return cosigned ? made.note + cosign(text ?? made.text, kOrigin, kKeys.witness) : made.note;
}

// `what` the pack is of; `heads`: name of the event it is as of; `size`; `key` that signs the head; `personal`: by the
// event's name, the personal parts that are shown; `without`: positions left out; `hide`: names nobody is told of.
export function makePack(ledger, {
  what,
  heads = 'heads 2',
  size = ledger.events.length,
  key = kKeys.checkpoint2,
  personal = {},
  without = [],
  cosigned = false,
  hide = [],
  destroyed = []
}) {
  const at = ledger.at(heads);
  const {open} = ledger.events[at].says;
  const chosen = choose(ledger, what, open.size, size);
  const held = chosen.events.filter(({position}) => !without.includes(position));
  const wanted = ['ledger', ...chosen.actors].map(keyOf);
  if ('stream' in what) wanted.push(keyOf(what.stream));
  if ('plan' in what) wanted.push(keyOf(`plan/${what.plan}`), utf8(`intervention/${what.plan}/`));
  const shown = new Map(Object.entries(personal).map(([name, parts]) => [ledger.at(name), parts]));
  const disclosed = held.filter((event) => event.position < open.size && isSubject(what, event) || isStamp(event))
      .filter((event) => !destroyed.includes(event.position))
      .map((event) => disclose(event, shown.get(event.position))).filter((line) => line.data || line.personal);
  const stamps = new Map(held.filter(isStamp).map(({says}) => [says.open.size, says.open.root]));
  const hashes = ledger.events.slice(0, size).map((event) => event.hash);
  const names = writeNames(nameTree([...ledger.heads(open.size)]), wanted);
  return new Map([
    ['data/evidence.json', utf8(jcs({format: 'fedatario.evidence.v1', heads: at, ledger: ledger.name, size, what}))],
    ['data/leaves.jsonl', lines(held.map((event) => event.text))],
    ['data/tree.txt', lines(writeTree(ledger, size, held.map((event) => event.position)))],
    ['data/checkpoint.txt', utf8(noteOf(ledger, size, key, {cosigned}))],
    ['data/streams.txt', lines(hide.length > 0 ? writeNames(nameTree([...ledger.heads(open.size)]),
        wanted.filter((want) => !hide.includes(want.toString().replace(/\0$/, '')))) : names)],
    ['data/content.jsonl', lines(disclosed.map(jcs))],
    ['data/consistency.jsonl', lines([...stamps].sort(([a], [b]) => a - b).map(
        ([from, root]) => jcs({path: format.consistency(from, hashes).map(hex), root, size: from})))],
    ['data/LEAME.txt', utf8('Legajo de prueba de Fedatario. Lo que vale como prueba está en los otros archivos.\n')],
  ]);
}

// ---- The bag and the zip --------------------------------------------------------------------------------------------

const manifestOf = (files, isListed) =>
    lines([...files].filter(([name]) => isListed(name)).map(([name, bytes]) => `${hex(sha256(bytes))}  ${name}`));

// Adds what makes a bag of the payload.
export function bag(files) {
  const out = new Map(files);
  out.set('bagit.txt', utf8('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'));
  const octets = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  out.set('bag-info.txt', utf8(`Payload-Oxum: ${octets}.${files.size}\n`));
  out.set('manifest-sha256.txt', manifestOf(files, () => true));
  out.set('tagmanifest-sha256.txt', manifestOf(out, (name) => !name.startsWith('data/')));
  return out;
}

const kCrcTable = Array.from({length: 256}, (_, byte) => {
  for (let i = 0; i < 8; ++i) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});
const crc32 = (bytes) => (bytes.reduce((crc, byte) => kCrcTable[(crc ^ byte) & 255] ^ (crc >>> 8), -1) ^ -1) >>> 0;

// `members` are [name, bytes] pairs; a forger may give more names than a bag has. `flags` are the zip's own.
export function zip(members, {stored = false, flags = 0} = {}) {
  const bodies = [], directory = [];
  let at = 0;
  for (const [text, bytes] of members) {
    const name = Buffer.from(text, 'latin1');
    const body = stored ? bytes : zlib.deflateRawSync(bytes);
    const fixed = Buffer.alloc(26);  // what both headers have
    [[0, 20], [2, flags], [4, stored ? 0 : 8], [8, 0x5c21], [22, name.length]].forEach(
        ([place, value]) => fixed.writeUInt16LE(value, place));
    [[10, crc32(bytes)], [14, body.length], [18, bytes.length]].forEach(
        ([place, value]) => fixed.writeUInt32LE(value, place));
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fixed, place, name);
    const local = [Buffer.from('PK\x03\x04', 'latin1'), fixed, name, body];
    bodies.push(...local);
    at += local.reduce((sum, piece) => sum + piece.length, 0);
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  [[8, members.length], [10, members.length]].forEach(([place, value]) => end.writeUInt16LE(value, place));
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, listed, end]);
}

export const kTop = 'legajo';
export const inFolder = (files, top = kTop) => [...files].map(([name, bytes]) => [`${top}/${name}`, bytes]);
export const finish = (files, how) => zip(inFolder(bag(files)), how);
