// The format of the ledger (ledger/FORMAT.md) written a second time, from that page alone, in JavaScript with Node 18
// or newer and nothing else. It makes format.json, the vectors the program is held to, and verifies a receipt alone.
//
//   node format.mjs                              writes format.json beside this file
//   node format.mjs --check                      makes it anew and compares; names the first difference
//   node format.mjs --receipt FILE --key VKEY    verifies a receipt (section 5); this file alone is enough
//
// Exit status: 0 it holds, 1 it does not, 2 the call is wrong. The vectors' own inputs are in format_vectors.mjs and
// format_statements.mjs; what the members of format.json mean is in README.md.
import crypto from 'node:crypto';
import fs from 'node:fs';
import url from 'node:url';

export const utf8 = (text) => Buffer.from(text, 'utf8');
export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const unhex = (text) => Buffer.from(text, 'hex');
export const sha256 = (...parts) => crypto.createHash('sha256').update(Buffer.concat(parts)).digest();
export const ensure = (holds, what) => {
  if (!holds) throw new Error(what);
};

// ---- Section 1: JSON ------------------------------------------------------------------------------------------------

export const kMaxDepth = 16;  // containers within one another, the outermost counted

// Strict: no number but integers, no null, no duplicate names, no lone surrogates, at most kMaxDepth deep.
// White space and the order of members are free.
export function parseJson(text) {
  let at = 0;
  const take = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const need = (holds, what) => ensure(holds, `${what} at ${at}`);
  const mark = (char) => {
    take(/[ \t\n\r]*/y);
    if (text[at] !== char) return false;
    return ++at > 0;
  };
  const string = () => {
    const token = take(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y);
    need(token !== undefined, 'no string');
    const value = JSON.parse(token);
    need(!/\p{Surrogate}/u.test(value), 'lone surrogate before');
    return value;
  };
  const list = (end, item) => {
    if (mark(end)) return;
    do item();
    while (mark(','));
    need(mark(end), `no ${end}`);
  };
  const value = (depth) => {
    const open = mark('{') ? '{' : mark('[') ? '[' : '';
    need(open === '' || depth <= kMaxDepth, 'too deep');
    if (open === '[') {
      const items = [];
      list(']', () => items.push(value(depth + 1)));
      return items;
    }
    if (open === '{') {
      const members = new Map();
      list('}', () => {
        take(/[ \t\n\r]*/y);
        const name = string();
        need(!members.has(name), 'duplicate name before');
        need(mark(':'), 'no :');
        members.set(name, value(depth + 1));
      });
      return Object.fromEntries(members);
    }
    if (text[at] === '"') return string();
    const word = take(/[-+.\w]+/y);
    if (word === 'true' || word === 'false') return word === 'true';
    const number = /^(0|-?[1-9][0-9]{0,15})$/.test(word ?? '') ? Number(word) : NaN;
    need(Number.isSafeInteger(number), `not an integer: ${word}, before`);
    return number;
  };
  const result = value(1);
  take(/[ \t\n\r]*/y);
  need(at === text.length, 'more text');
  return result;
}

export function jcs(value) {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    ensure(!/\p{Surrogate}/u.test(value), 'lone surrogate');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    ensure(Number.isSafeInteger(value), `not an integer: ${value}`);
    return String(value);
  }
  ensure(typeof value === 'object' && value !== null, 'no JSON value');
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  // sort() compares UTF-16 code units, as RFC 8785 asks.
  const members = Object.keys(value).sort().map((name) => `${jcs(name)}:${jcs(value[name])}`);
  return `{${members.join(',')}}`;
}

function decodeUtf8(bytes) {
  return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
}

function decodeBase64(text) {
  const bytes = Buffer.from(text, 'base64');
  ensure(bytes.toString('base64') === text, 'no es base64 en su única grafía');
  return bytes;
}

// ---- Section 2: statement, envelope, signatures ---------------------------------------------------------------------

const kPayloadType = 'application/vnd.fedatario.statement.v1+json';
export const kMaxStatementBytes = 16384;
export const kMaxOpenBytes = 8192;
export const kMaxOriginBytes = 128;

const matches = (pattern) => (value) => typeof value === 'string' && pattern.test(value);
const kSegment = '[a-z0-9][a-z0-9._-]{0,63}';
const isSegment = matches(new RegExp(`^${kSegment}$`));
const isSpeaker = matches(new RegExp(`^[a-z][a-z_]{0,31}(@${kSegment})?$`));
const isName = (value) => matches(new RegExp(`^${kSegment}(/${kSegment})*$`))(value) && value.length <= 200;
const isType = (value) => typeof value === 'string' && value.split('.').every(isSegment) && value.length <= 64;
const kNoteName = '[^\\p{White_Space}\\p{Cc}+]+';
const isOrigin = (value) =>
    matches(new RegExp(`^${kNoteName}$`, 'u'))(value) && !value.includes('#') && utf8(value).length <= kMaxOriginBytes;
const isHash = matches(/^[0-9a-f]{64}$/);
const isUuid7 = matches(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const isFrom1 = (value) => Number.isSafeInteger(value) && value >= 1;
const isObject = (value) => typeof value === 'object' && !Array.isArray(value);
const isExactly = (shape) => (value) => isObject(value) &&
    jcs(Object.keys(value).sort()) === jcs(Object.keys(shape).sort()) &&
    Object.keys(shape).every((name) => shape[name](value[name]));

function isAt(value) {
  const found = typeof value === 'string' &&
      /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)([+-])(\d\d):(\d\d)$/.exec(value);
  if (!found) return false;
  const [year, month, day, hour, minute, second, , offsetHours, offsetMinutes] = found.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const offset = offsetHours * 60 + offsetMinutes;
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 &&
      second < 60 && offsetMinutes < 60 && offset <= 14 * 60 && !(offset === 0 && found[7] === '-');
}

// In the founding the origin alone; else the origin, `#` and the first 16 digits of the founding's hash.
function isLedger(value, type) {
  if (typeof value !== 'string') return false;
  const founding = type === 'ledger.founded' ? '' : value.slice(-17);
  return matches(type === 'ledger.founded' ? /^$/ : /^#[0-9a-f]{16}$/)(founding) &&
      isOrigin(value.slice(0, value.length - founding.length));
}

const isFileRow = isExactly({row: isFrom1, sha256: isHash});
const isNumbered = isExactly({number: matches(/^[\x20-\x7e]{1,64}$/), system: isSegment});

// name: [must stand, its rule]
const kMembers = {
  actor: [true, isSegment],
  as: [true, isSpeaker],
  at: [true, isAt],
  cause: [false, isUuid7],
  data: [false, matches(/^hs256:[0-9a-f]{64}$/)],
  file: [false, isSegment],
  for: [false, isSegment],
  id: [true, isUuid7],
  key: [true, isHash],
  ledger: [true, isLedger],
  open: [false, (value) => isObject(value) && utf8(jcs(value)).length <= kMaxOpenBytes],
  personal: [false, matches(/^sha256:[0-9a-f]{64}$/)],
  schema: [true, isFrom1],
  seen: [false, isExactly({root: isHash, size: isFrom1})],
  source: [false, (value) => isFileRow(value) || isNumbered(value)],
  stream: [true, isName],
  type: [true, isType],
  version: [false, isFrom1],
};

// Everything wrong with a payload by sections 1 and 2, as far as it can be known without the type's own content. What
// is over the limit is not read.
export function faults(payload) {
  if (payload.length > kMaxStatementBytes) return ['over 16384 bytes'];
  const found = [];
  try {
    const text = decodeUtf8(payload);
    const statement = parseJson(text);
    if (!isObject(statement)) return [...found, 'no object'];
    if (jcs(statement) !== text) found.push('not canonical');
    for (const name of Object.keys(statement))
      if (!Object.hasOwn(kMembers, name)) found.push(`unknown ${name}`);
    for (const [name, [must, holds]] of Object.entries(kMembers)) {
      if (!Object.hasOwn(statement, name)) {
        if (must) found.push(`no ${name}`);
      } else if (!holds(statement[name], statement.type)) {
        found.push(`wrong ${name}`);
      }
    }
  } catch (error) {
    found.push(error.message);
  }
  return found;
}

export function pae(payload) {
  return Buffer.concat([utf8(`DSSEv1 ${kPayloadType.length} ${kPayloadType} ${payload.length} `), payload]);
}

export function makeKey(seed) {
  const secret = crypto.createPrivateKey(
      {key: Buffer.concat([unhex('302e020100300506032b657004220420'), seed]), format: 'der', type: 'pkcs8'});
  const spki = crypto.createPublicKey(secret).export({format: 'der', type: 'spki'});
  const sign = (bytes) => crypto.sign(null, bytes, secret);
  return {seed, spki, public: spki.subarray(12), id: hex(sha256(spki)), sign};
}

// The y of the points of order 1, 2, 4 and 8 of edwards25519, and the field's prime.
const kPrime = 2n ** 255n - 19n;
const kOrder8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
const kSmallOrder = [0n, 1n, kPrime - 1n, kOrder8, kPrime - kOrder8];
const readY = (point) => BigInt(`0x${hex(Buffer.from(point).reverse())}`) & (2n ** 255n - 1n);

// OpenSSL already refuses an S not below the group order, and compares R byte by byte without cofactor.
export function verifySignature(publicKey, bytes, signature) {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  if (readY(publicKey) >= kPrime || kSmallOrder.includes(readY(publicKey))) return false;
  if (kSmallOrder.includes(readY(signature.subarray(0, 32)))) return false;
  const spki = Buffer.concat([unhex('302a300506032b6570032100'), publicKey]);
  return crypto.verify(null, bytes, crypto.createPublicKey({key: spki, format: 'der', type: 'spki'}), signature);
}

export function makeEnvelope(payload, signatures) {
  return {
    payload: payload.toString('base64'),
    payloadType: kPayloadType,
    signatures: signatures.map((sig) => ({sig: sig.toString('base64')})),
  };
}

// ---- Section 3: content ---------------------------------------------------------------------------------------------

export function commit(key, part) {
  return `hs256:${crypto.createHmac('sha256', key).update(utf8(jcs(part))).digest('hex')}`;
}

// ---- Sections 4 and 5: tree, checkpoint, receipt --------------------------------------------------------------------

export const hashLeaf = (leaf) => sha256(Buffer.of(0), leaf);
const hashNode = (left, right) => sha256(Buffer.of(1), left, right);
const split = (size) => 2 ** Math.ceil(Math.log2(size) - 1);  // the largest power of two below size

export function root(leaves) {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  const k = split(leaves.length);
  return hashNode(root(leaves.slice(0, k)), root(leaves.slice(k)));
}

export function inclusion(position, leaves) {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return position < k ? [...inclusion(position, leaves.slice(0, k)), root(leaves.slice(k))] :
                        [...inclusion(position - k, leaves.slice(k)), root(leaves.slice(0, k))];
}

export function consistency(from, leaves, whole = true) {
  if (from === leaves.length) return whole ? [] : [root(leaves)];
  const k = split(leaves.length);
  return from <= k ? [...consistency(from, leaves.slice(0, k), whole), root(leaves.slice(k))] :
                     [...consistency(from - k, leaves.slice(k), false), root(leaves.slice(0, k))];
}

// Where `proof` leads from a leaf's hash in a tree of `size`; null where its length is wrong (RFC 9162, 2.1.3.2).
function climb(leafHash, position, size, proof) {
  let node = leafHash;
  let last = size - 1;
  for (const sibling of proof) {
    if (last === 0) return null;
    if (position % 2 === 1 || position === last) {
      node = hashNode(sibling, node);
      for (; position % 2 === 0 && position > 0; position /= 2) last = Math.floor(last / 2);
    } else {
      node = hashNode(node, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? node : null;
}

const kVkey = new RegExp(`^(${kNoteName})\\+([0-9a-f]{8})\\+(.+)$`, 'u');
const kSignatureLine = new RegExp(`^\u2014 (${kNoteName}) (\\S+)$`, 'u');

export const keyId = (name, publicKey) => sha256(utf8(`${name}\n`), Buffer.of(1), publicKey).subarray(0, 4);

export function formatVkey(name, publicKey) {
  return `${name}+${hex(keyId(name, publicKey))}+${Buffer.concat([Buffer.of(1), publicKey]).toString('base64')}`;
}

function parseVkey(text) {
  const [, name, id, encoded] = kVkey.exec(text) ?? [];
  ensure(name !== undefined, 'la clave no tiene la forma nombre+identificador+base64');
  const bytes = decodeBase64(encoded);
  ensure(bytes.length === 33 && bytes[0] === 1, 'la clave no es Ed25519 (tipo 0x01)');
  ensure(hex(keyId(name, bytes.subarray(1))) === id, 'el identificador de la clave no es el suyo');
  return {name, id, publicKey: bytes.subarray(1)};
}

export function makeCheckpoint(origin, size, rootHash, key) {
  const text = `${origin}\n${size}\n${rootHash.toString('base64')}\n`;
  const signature = key.sign(utf8(text));
  const line = Buffer.concat([keyId(origin, key.public), signature]).toString('base64');
  return {text, signature, note: `${text}\n\u2014 ${origin} ${line}\n`};
}

// The note's origin, size and root, once one of its signatures is known to be `key`'s. Others' signatures may stand.
function openCheckpoint(note, key) {
  ensure(!/[\u0000-\u0009\u000b-\u001f]/.test(note), 'la nota tiene caracteres de control');
  const end = note.lastIndexOf('\n\n');
  ensure(end >= 0 && note.endsWith('\n') && end + 2 < note.length, 'la nota no tiene texto y firmas');
  const text = note.slice(0, end + 1);
  let verified = false;
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, name, encoded] = kSignatureLine.exec(line) ?? [];
    ensure(name !== undefined, 'la nota tiene una línea de firma mal formada');
    const bytes = decodeBase64(encoded);
    ensure(bytes.length >= 5, 'la nota tiene una firma demasiado corta');
    if (name !== key.name || hex(bytes.subarray(0, 4)) !== key.id) continue;
    ensure(verifySignature(key.publicKey, utf8(text), bytes.subarray(4)), 'la firma de la nota no es de esta clave');
    verified = true;
  }
  ensure(verified, 'la nota no lleva firma de esta clave');
  const [, origin, size, rootText] = /^([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]+)\n$/.exec(text) ?? [];
  ensure(origin === key.name, 'el origen no es el nombre de la clave');
  ensure(Number.isSafeInteger(Number(size)), 'el tamaño es demasiado grande');
  const rootHash = decodeBase64(rootText);
  ensure(rootHash.length === 32, 'la raíz no mide 32 bytes');
  return {origin, size: Number(size), root: rootHash};
}

// Throws, saying why, when the receipt does not hold; else calls `say` with each thing it found to hold.
export function verifyReceipt(bytes, vkey, say) {
  const key = parseVkey(vkey);
  const receipt = parseJson(decodeUtf8(bytes));
  const isReceipt = isExactly({
    checkpoint: (value) => typeof value === 'string',
    event: (value) => isObject(value) && Number.isSafeInteger(value.position) && value.position >= 0,
    format: (value) => value === 'fedatario.receipt.v1',
    proof: (value) => Array.isArray(value) && value.every(isHash),
  });
  ensure(isReceipt(receipt), 'no es un recibo fedatario.receipt.v1');
  say('forma: fedatario.receipt.v1');
  const head = openCheckpoint(receipt.checkpoint, key);
  say(`cabeza: ${head.origin}, tamaño ${head.size}, raíz ${hex(head.root)}, firmada por ${key.name}+${key.id}`);
  const {position} = receipt.event;
  ensure(position < head.size, `la posición ${position} no está en un árbol de tamaño ${head.size}`);
  const leafHash = hashLeaf(utf8(jcs(receipt.event)));
  say(`hecho: posición ${position}, hash ${hex(leafHash)}`);
  const reached = climb(leafHash, position, head.size, receipt.proof.map(unhex));
  ensure(reached?.equals(head.root), 'el camino no lleva del hecho a la raíz');
  say(`camino: ${receipt.proof.length} hashes, del hecho a la raíz`);
}

// ---- The call -------------------------------------------------------------------------------------------------------

// The path of the first place where two JSON values differ; undefined where they are equal.
function firstDifference(old, made, path = '') {
  const both = [old, made].every((value) => typeof value === 'object' && value !== null);
  if (!both) return old === made ? undefined : path || '/';
  for (const name of new Set([...Object.keys(old), ...Object.keys(made)])) {
    const found = firstDifference(old[name], made[name], `${path}/${name}`);
    if (found) return found;
  }
  return undefined;
}

function check(file, made) {
  const old = fs.readFileSync(file, 'utf8');
  if (old === made) return 'equal';
  return `differs at ${firstDifference(JSON.parse(old), JSON.parse(made)) ?? 'its spacing or order of members'}`;
}

async function main(args) {
  if (args.length === 4 && args[0] === '--receipt' && args[2] === '--key') {
    try {
      verifyReceipt(fs.readFileSync(args[1]), args[3], (line) => console.log(line));
    } catch (error) {
      console.error(`El recibo no vale: ${error.message}`);
      return 1;
    }
    console.log('El recibo vale.');
    return 0;
  }
  if (args.length > 1 || (args.length === 1 && args[0] !== '--check')) {
    console.error('format.mjs [--check | --receipt FILE --key VKEY]');
    return 2;
  }
  const {makeVectors} = await import('./format_vectors.mjs');
  const file = url.fileURLToPath(new URL('format.json', import.meta.url));
  const made = `${JSON.stringify(makeVectors(), null, 2)}\n`;
  if (args.length === 0) {
    fs.writeFileSync(file, made);
    return 0;
  }
  const result = check(file, made);
  console.log(`format.json: ${result}`);
  return result === 'equal' ? 0 : 1;
}

// Not awaited here: format_vectors.mjs imports this module and waits for it to be whole.
if (process.argv[1] && fs.realpathSync(process.argv[1]) === url.fileURLToPath(import.meta.url))
  main(process.argv.slice(2)).then((status) => process.exitCode = status);
