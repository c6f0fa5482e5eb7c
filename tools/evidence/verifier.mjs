// The second verifier of evidence packs (ledger/EVIDENCE.md) and of receipts (FORMAT.md section 5), written from those
// pages alone. It takes a pack or a receipt and says whether it is good, and why not. No imports and no network: it
// runs in a browser from a file and in Node 18 or newer. Web Crypto is all it needs (SHA, HMAC, RSA, ECDSA; Ed25519
// where it is there).
//
// To embed it in a page, `export ` is taken away at the beginnings of lines and the rest stands in one script.

// ---- Bytes ----------------------------------------------------------------------------------------------------------

const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

function join(...parts) {
  const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

// Undefined where the text is not UTF-8.
function decodeUtf8(bytes) {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    return undefined;
  }
}

// Undefined where the text is not base64 in its one spelling.
function fromBase64(text) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : undefined;
}

// ---- Refusals (EVIDENCE.md section 7) -------------------------------------------------------------------------------

// Also the order in which they are told: the first is the pack's.
export const kCodes = [
  'archive', 'manifest', 'form', 'leaf', 'ledger', 'chain', 'key', 'signature', 'content', 'tree', 'checkpoint',
  'witness', 'heads', 'whole', 'timestamp',
];
const kMaxRefusals = 1000;

class Refusal extends Error {
  constructor(code, where, es, en) {
    super(`${code}: ${en}`);
    this.entry = {code, reason: {es, en}, where};
  }
}

// Ends the stage it stands in.
function demand(holds, code, where, es, en) {
  if (!holds) throw new Refusal(code, where, es, en);
}

// Notes it and goes on.
function check(pack, holds, code, where, es, en) {
  if (!holds && pack.refusals.length < kMaxRefusals) pack.refusals.push({code, reason: {es, en}, where});
  return holds;
}

// Whether it came to its end; what it throws as a refusal is noted.
async function stage(pack, body) {
  try {
    await body();
    return true;
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    pack.refusals.push(failure.entry);
    return false;
  }
}

// ---- Hashes ---------------------------------------------------------------------------------------------------------

const digest = async (pack, name, bytes) => new Uint8Array(await pack.subtle.digest(name, bytes));
const sha256 = (pack, ...parts) => digest(pack, 'SHA-256', join(...parts));
const hashLeaf = (pack, leaf) => sha256(pack, [0], leaf);
const hashNode = (pack, left, right) => sha256(pack, [1], left, right);

// The largest power of two below size, which is at least 2.
function split(size) {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

// ---- The archive (section 1) ----------------------------------------------------------------------------------------

const kMaxTotalBytes = 512 * 2 ** 20;
const kMaxMembers = 1000;
const kMaxDeflateRatio = 1032;

const kCrcTable = Uint32Array.from({length: 256}, (_, byte) => {
  for (let i = 0; i < 8; ++i) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = kCrcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function findEnd(bytes, view) {
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 22 - 0xffff; --at)
    if (view.getUint32(at, true) === 0x06054b50 && view.getUint16(at + 20, true) === bytes.length - at - 22) return at;
  return undefined;
}

function readDirectory(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sound = (holds, es, en, where = '') => demand(holds, 'archive', where, es, en);
  const end = findEnd(bytes, view);
  sound(end !== undefined, 'no es un archivo zip', 'it is no zip archive');
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  sound(
      view.getUint32(end + 4, true) === 0 && view.getUint16(end + 8, true) === count &&
          start + view.getUint32(end + 12, true) === end,
      'el directorio del zip no está entero', 'its directory is not whole');
  sound(count <= kMaxMembers, `más de ${kMaxMembers} archivos`, `more than ${kMaxMembers} files`);
  const members = [];
  let at = start;
  for (let i = 0; i < count; ++i) {
    sound(at + 46 <= end && view.getUint32(at, true) === 0x02014b50, 'directorio mal formado', 'malformed directory');
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    sound(at + 46 + nameLength + extra + comment <= end, 'directorio mal formado', 'malformed directory');
    const [crc, packed, size] = [16, 20, 24].map((place) => view.getUint32(at + place, true));
    members.push({
      name: String.fromCharCode(...bytes.subarray(at + 46, at + 46 + nameLength)), crc, packed, size,
      flags: view.getUint16(at + 8, true), method: view.getUint16(at + 10, true), at: view.getUint32(at + 42, true),
      mode: view.getUint32(at + 38, true) >>> 16,
    });
    at += 46 + nameLength + extra + comment;
  }
  sound(at === end, 'directorio mal formado', 'malformed directory');
  members.forEach((member) => locate(bytes, view, member, start, sound));
  return members;
}

function isSafeName(name) {
  const pieces = name.replace(/\/$/, '').split('/');
  return /^[\x20-\x7e]+$/.test(name) && !/[\\:]/.test(name) &&
      pieces.every((piece) => !['', '.', '..'].includes(piece));
}

// Where the member's bytes are; the header before them must say the same as the directory.
function locate(bytes, view, member, limit, sound) {
  const {name, at} = member;
  sound(isSafeName(name), 'un nombre que no se admite', 'a name that is not admitted', JSON.stringify(name));
  sound((member.flags & 0x2041) === 0, 'cifrado', 'encrypted', name);
  sound(member.method === 0 || member.method === 8, 'compresión desconocida', 'unknown compression', name);
  sound((member.mode & 0xf000) !== 0xa000, 'es un enlace', 'it is a link', name);
  sound(at + 30 <= limit && view.getUint32(at, true) === 0x04034b50, 'sin cabecera', 'no header', name);
  const nameLength = view.getUint16(at + 26, true);
  member.start = at + 30 + nameLength + view.getUint16(at + 28, true);
  member.end = member.start + member.packed;
  sound(member.end <= limit, 'no está entero', 'it is not whole', name);
  sound(view.getUint16(at + 8, true) === member.method &&
      String.fromCharCode(...bytes.subarray(at + 30, at + 30 + nameLength)) === name,
      'la cabecera dice otra cosa que el directorio', 'its header and the directory differ', name);
}

// Within a gzip member of our own, since that is what every implementation reads; so its CRC is checked with it.
async function inflate(raw, {crc, size, name}) {
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, crc, true);
  trailer.setUint32(4, size, true);
  const parts = [Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255), raw, trailer.buffer];
  const reader = new Blob(parts).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const out = new Uint8Array(size);
  let at = 0;
  try {
    for (let got = await reader.read(); !got.done; got = await reader.read()) {
      if (at + got.value.length > size) throw new RangeError();
      out.set(got.value, at);
      at += got.value.length;
    }
    if (at !== size) throw new RangeError();
  } catch {
    reader.cancel().catch(() => {});
    demand(false, 'archive', name, 'no se puede descomprimir', 'it cannot be inflated');
  }
  return out;
}

async function readMember(bytes, member) {
  const raw = bytes.subarray(member.start, member.end);
  if (member.method === 8) return inflate(raw, member);
  demand(member.packed === member.size && crc32(raw) === member.crc, 'archive', member.name,
      'la suma CRC no es la suya', 'its CRC is another');
  return raw;
}

// The files of the one top folder, by their names in it.
async function openArchive(bytes) {
  demand(bytes.length <= kMaxTotalBytes, 'archive', '', 'demasiado grande', 'too large');
  const members = readDirectory(bytes);
  const names = new Set(members.map((member) => member.name));
  demand(names.size === members.length, 'archive', '', 'dos archivos con un mismo nombre', 'two files have one name');
  const inOrder = [...members].sort((a, b) => a.at - b.at);
  demand(inOrder.every((member, i) => i === 0 || inOrder[i - 1].end <= member.at), 'archive', '',
      'archivos que se solapan', 'files overlap');
  const total = members.reduce((sum, member) => sum + member.size, 0);
  demand(total <= kMaxTotalBytes && members.every((m) => m.size <= m.packed * kMaxDeflateRatio + 64), 'archive', '',
      'demasiado grande descomprimido', 'too large when inflated');
  const tops = new Set(members.map(({name}) => name.slice(0, name.indexOf('/') + 1)));
  demand(tops.size === 1 && !tops.has(''), 'archive', '', 'no hay una sola carpeta', 'there is not one folder');
  const [top] = tops;
  const files = new Map();
  for (const member of members)
    if (!member.name.endsWith('/')) files.set(member.name.slice(top.length), await readMember(bytes, member));
  return files;
}

// ---- The bag (section 1, RFC 8493) ----------------------------------------------------------------------------------

const kManifest = 'manifest-sha256.txt';
const kTagManifest = 'tagmanifest-sha256.txt';
const kNeeded = ['evidence.json', 'leaves.jsonl', 'tree.txt', 'checkpoint.txt', 'streams.txt', 'content.jsonl',
                 'consistency.jsonl'];

function readManifest(files, name) {
  demand(files.has(name), 'manifest', name, 'falta', 'it is missing');
  const text = decodeUtf8(files.get(name)) ?? '';
  const listed = new Map();
  for (const line of text.split(/\r?\n/).filter((line) => line !== '')) {
    const [, hash, path] = /^([0-9a-fA-F]{64})[ \t]+(\S.*)$/.exec(line) ?? [];
    demand(hash !== undefined && !listed.has(path), 'manifest', name, 'tiene una línea mal formada', 'malformed line');
    listed.set(path, hash.toLowerCase());
  }
  return listed;
}

async function checkListed(pack, manifest, isListed) {
  const listed = readManifest(pack.files, manifest);
  for (const [name, hash] of listed) {
    if (!check(pack, pack.files.has(name) && isListed(name), 'manifest', name, 'falta', 'it is missing')) continue;
    check(pack, hex(await sha256(pack, pack.files.get(name))) === hash, 'manifest', name,
        'no es lo que dice el manifiesto', 'it is not what the manifest says');
  }
  for (const name of pack.files.keys())
    check(
        pack, !isListed(name) || listed.has(name), 'manifest', name, 'no está en el manifiesto', 'not in the manifest');
}

async function checkBag(pack) {
  const bagit = decodeUtf8(pack.files.get('bagit.txt') ?? []) ?? '';
  check(
      pack, /^BagIt-Version: 1\.0\r?\nTag-File-Character-Encoding: UTF-8(\r?\n)?$/.test(bagit), 'manifest', 'bagit.txt',
      'no dice que sea BagIt 1.0', 'it does not say BagIt 1.0');
  await stage(pack, () => checkListed(pack, kManifest, (name) => name.startsWith('data/')));
  await stage(
      pack, () => checkListed(pack, kTagManifest, (name) => !name.startsWith('data/') && name !== kTagManifest));
  for (const name of kNeeded)
    demand(pack.files.has(`data/${name}`), 'manifest', `data/${name}`, 'falta', 'it is missing');
}

// ---- Strict JSON (FORMAT.md section 1) ------------------------------------------------------------------------------

const kMaxDepth = 16;
const hasSurrogate = (text) => /\p{Surrogate}/u.test(text);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function isPlain(value, depth) {
  if (typeof value === 'boolean') return true;
  if (typeof value === 'string') return !hasSurrogate(value);
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (value === null || depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth - 1));
  return Object.entries(value).every(([name, item]) => !hasSurrogate(name) && isPlain(item, depth - 1));
}

// sort() compares UTF-16 code units, as RFC 8785 asks.
function jcs(value) {
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${jcs(value[name])}`).join(',')}}`;
}

// The value whose one spelling the text is. Duplicate names, fractions and white space do not come back the same.
function parseCanonical(text, where, depth = kMaxDepth) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    demand(false, 'form', where, 'no es JSON', 'it is no JSON');
  }
  demand(
      isPlain(value, depth), 'form', where, 'tiene un valor que el formato no admite', 'a value that is not admitted');
  demand(jcs(value) === text, 'form', where, 'no es JSON en su única grafía', 'it is not canonical JSON');
  return value;
}

const hasOwn = (object, name) => Object.prototype.hasOwnProperty.call(object, name);

// The name of the first member that is wrong, unknown or wanting; `shape` is {name: rule} or, optional, {name: [rule]}.
function fault(value, shape) {
  if (!isObject(value)) return 'object';
  const unknown = Object.keys(value).find((name) => !hasOwn(shape, name));
  if (unknown !== undefined) return unknown;
  return Object.keys(shape).find((name) => {
    const optional = Array.isArray(shape[name]);
    const rule = optional ? shape[name][0] : shape[name];
    return hasOwn(value, name) ? !rule(value[name]) : !optional;
  });
}

const isExactly = (shape) => (value) => fault(value, shape) === undefined;

function demandShape(value, shape, where) {
  const wrong = fault(value, shape);
  demand(wrong === undefined, 'form', where, `«${wrong}» falta, sobra o no tiene su forma`,
      `"${wrong}" is wanting, unknown or not of its form`);
}

// ---- Statement and leaf (FORMAT.md sections 2 and 4) ----------------------------------------------------------------

const kPayloadType = 'application/vnd.fedatario.statement.v1+json';
const kMaxStatementBytes = 16384;
const kMaxOpenBytes = 8192;
const kMaxLeafBytes = 65535;

const matches = (pattern) => (value) => typeof value === 'string' && pattern.test(value);
const kSegment = '[a-z0-9][a-z0-9._-]{0,63}';
const kNoteName = '[^\\p{White_Space}\\p{Cc}+]+';
const isSegment = matches(new RegExp(`^${kSegment}$`));
const isSpeaker = matches(new RegExp(`^[a-z][a-z_]{0,31}(@${kSegment})?$`));
const isName = (value) => matches(new RegExp(`^${kSegment}(/${kSegment})*$`))(value) && value.length <= 200;
const isType = (value) => matches(/^[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*$/)(value) && value.length <= 64;
const isHash = matches(/^[0-9a-f]{64}$/);
const isCommitment = matches(/^hs256:[0-9a-f]{64}$/);
const isUuid7 = matches(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const isFrom0 = (value) => Number.isSafeInteger(value) && value >= 0;
const isFrom1 = (value) => Number.isSafeInteger(value) && value >= 1;
const isOrigin = (value) =>
    matches(new RegExp(`^${kNoteName}$`, 'u'))(value) && !value.includes('#') && utf8(value).length <= 128;
const isLedger = (value) => matches(/#[0-9a-f]{16}$/)(value) && isOrigin(value.slice(0, -17));

const isDay = (year, month, day) =>
    month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

function isAt(value) {
  const found =
      /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)([+-])(\d\d):(\d\d)$/.exec(typeof value === 'string' ? value : '');
  if (!found) return false;
  const [year, month, day, hour, minute, second, , hours, minutes] = found.slice(1).map(Number);
  const offset = hours * 60 + minutes;
  return year >= 1900 && isDay(year, month, day) && hour < 24 && minute < 60 && second < 60 && minutes < 60 &&
      offset <= 14 * 60 && !(offset === 0 && found[7] === '-');
}

const isRecordedAt = (value) =>
    matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)(value) && isAt(`${value.slice(0, 19)}+00:00`);

const isFileRow = isExactly({row: isFrom1, sha256: isHash});
const isNumbered = isExactly({number: matches(/^[\x20-\x7e]{1,64}$/), system: isSegment});

const kStatement = {
  actor: isSegment,
  as: isSpeaker,
  at: isAt,
  cause: [isUuid7],
  data: [isCommitment],
  file: [isSegment],
  for: [isSegment],
  id: isUuid7,
  key: isHash,
  ledger: (value) => isLedger(value) || isOrigin(value),
  open: [(value) => isObject(value) && utf8(jcs(value)).length <= kMaxOpenBytes],
  personal: [matches(/^sha256:[0-9a-f]{64}$/)],
  schema: isFrom1,
  seen: [isExactly({root: isHash, size: isFrom1})],
  source: [(value) => isFileRow(value) || isNumbered(value)],
  stream: isName,
  type: isType,
  version: [isFrom1],
};

const kLeaf = {
  envelope: isExactly({
    payload: (value) => typeof value === 'string' && fromBase64(value) !== undefined,
    payloadType: (value) => value === kPayloadType,
    signatures: (value) => Array.isArray(value) && value.length >= 1 && value.length <= 4 &&
        value.every(isExactly({sig: (sig) => typeof sig === 'string' && fromBase64(sig) !== undefined})),
  }),
  position: isFrom0,
  prev: [isHash],
  recorded_at: isRecordedAt,
  version: isFrom1,
};

async function readLeaf(pack, text, where) {
  const bytes = utf8(text);
  demand(bytes.length <= kMaxLeafBytes, 'form', where, 'pasa de 65.535 bytes', 'over 65,535 bytes');
  const leaf = parseCanonical(text, where);
  demandShape(leaf, kLeaf, where);
  demand(
      hasOwn(leaf, 'prev') === leaf.version > 1, 'form', where, 'falta o sobra `prev`', '`prev` wanting or too many');
  const payload = fromBase64(leaf.envelope.payload);
  demand(
      payload.length <= kMaxStatementBytes, 'form', where, 'declaración de más de 16.384 bytes', 'over 16,384 bytes');
  const says = parseCanonical(decodeUtf8(payload) ?? '', where);
  demandShape(says, kStatement, where);
  demand((says.type === 'ledger.founded' ? isOrigin : isLedger)(says.ledger), 'form', where,
      '`ledger` no tiene su forma', '`ledger` is not of its form');
  const {position, prev, recorded_at, version} = leaf;
  const signatures = leaf.envelope.signatures.map(({sig}) => fromBase64(sig));
  return {where, position, prev, recorded_at, version, says, payload, signatures, hash: await hashLeaf(pack, bytes)};
}

// ---- Ed25519 (FORMAT.md section 2) ----------------------------------------------------------------------------------

const kPrime = 2n ** 255n - 19n;
const kGroup = 2n ** 252n + 27742317777372353535851937790883648493n;
const kOrder8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
const kSmallOrder = [0n, 1n, kPrime - 1n, kOrder8, kPrime - kOrder8];  // y of the points of order 1, 2, 4 and 8

const modulo = (value, by = kPrime) => ((value % by) + by) % by;
const fromLittle = (bytes) => BigInt(`0x${hex(Array.from(bytes).reverse())}`);
const readY = (point) => fromLittle(point) & (2n ** 255n - 1n);

function power(base, exponent) {
  let out = 1n;
  for (; exponent > 0n; exponent >>= 1n, base = modulo(base * base))
    if (exponent & 1n) out = modulo(out * base);
  return out;
}

const kD = modulo(-121665n * power(121666n, kPrime - 2n));
const kBase = unhex('5866666666666666666666666666666666666666666666666666666666666666');

// Points in extended coordinates (RFC 8032 section 5.1.4).
function addPoints([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = modulo((y1 - x1) * (y2 - x2)), b = modulo((y1 + x1) * (y2 + x2));
  const c = modulo(2n * t1 * t2 * kD), d = modulo(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [modulo(e * f), modulo(g * h), modulo(f * g), modulo(e * h)];
}

function multiply(point, scalar) {
  let out = [0n, 1n, 1n, 0n];
  for (; scalar > 0n; scalar >>= 1n, point = addPoints(point, point))
    if (scalar & 1n) out = addPoints(out, point);
  return out;
}

function decodePoint(bytes) {
  const y = readY(bytes), sign = BigInt(bytes[31] >> 7);
  const u = modulo(y * y - 1n), v = modulo(kD * y * y + 1n);
  let x = modulo(u * power(v, 3n) * power(u * power(v, 7n), (kPrime - 5n) / 8n));
  if (modulo(v * x * x) === modulo(-u)) x = modulo(x * power(2n, (kPrime - 1n) / 4n));
  if (modulo(v * x * x) !== u || (x === 0n && sign === 1n)) return undefined;
  if ((x & 1n) !== sign) x = modulo(-x);
  return [x, y, 1n, modulo(x * y)];
}

function encodePoint([x, y, z]) {
  const inverse = power(z, kPrime - 2n);
  const value = modulo(y * inverse) | ((modulo(x * inverse) & 1n) << 255n);
  return unhex(value.toString(16).padStart(64, '0')).reverse();
}

// Where Web Crypto has no Ed25519: [S]B = R + [k]A, without cofactor, R compared byte by byte.
async function verifyByHand(pack, publicKey, bytes, signature) {
  const key = decodePoint(publicKey);
  if (!key) return false;
  const k = fromLittle(await digest(pack, 'SHA-512', join(signature.subarray(0, 32), publicKey, bytes)));
  const [x, y, z, t] = multiply(key, modulo(k, kGroup));
  const reached = addPoints(multiply(decodePoint(kBase), fromLittle(signature.subarray(32))), [-x, y, z, -t]);
  return equal(encodePoint(reached), signature.subarray(0, 32));
}

async function importKey(pack, publicKey) {
  const id = hex(publicKey);
  if (!pack.keys.has(id)) {
    const made = pack.subtle.importKey('raw', publicKey, {name: 'Ed25519'}, false, ['verify']).catch(() => undefined);
    pack.keys.set(id, await made);
  }
  return pack.keys.get(id);
}

// Strict: canonical and not small public key, R not small, S below the group's order.
async function verifySignature(pack, publicKey, bytes, signature) {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  if (readY(publicKey) >= kPrime || kSmallOrder.includes(readY(publicKey))) return false;
  if (kSmallOrder.includes(readY(signature.subarray(0, 32)))) return false;
  if (fromLittle(signature.subarray(32)) >= kGroup) return false;
  const key = await importKey(pack, publicKey);
  if (!key) return verifyByHand(pack, publicKey, bytes, signature);
  return pack.subtle.verify({name: 'Ed25519'}, key, signature, bytes);
}

const keyIdOf = async (pack, raw) => hex(await sha256(pack, unhex('302a300506032b6570032100'), raw));

// ---- Notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature) ----------------------------------------------------

const kTypeCheckpoint = 1;
const kTypeWitness = 4;

async function formatVkey(pack, name, type, raw) {
  const id = hex((await sha256(pack, utf8(`${name}\n`), [type], raw)).subarray(0, 4));
  return {name, id, raw, vkey: `${name}+${id}+${toBase64(join([type], raw))}`};
}

// What the reader gave; an error when it is no key.
async function parseVkey(pack, text, type) {
  const [, name, , encoded] = new RegExp(`^(${kNoteName})\\+([0-9a-f]{8})\\+(\\S+)$`, 'u').exec(text.trim()) ?? [];
  const bytes = fromBase64(encoded ?? '') ?? [];
  const made = bytes.length === 33 && bytes[0] === type && await formatVkey(pack, name, type, bytes.subarray(1));
  if (!made || made.vkey !== text.trim()) throw new TypeError(`no es una clave · it is no key: ${text}`);
  return made;
}

function readNote(bytes, where) {
  const note = decodeUtf8(bytes) ?? '\u0000';
  const sound = (holds) => demand(holds, 'form', where, 'no es una nota firmada', 'it is no signed note');
  sound(!/[\u0000-\u0009\u000b-\u001f]/.test(note) && note.length <= 65536);
  const end = note.lastIndexOf('\n\n');
  sound(end >= 0 && note.endsWith('\n') && end + 2 < note.length);
  const lines = note.slice(end + 2, -1).split('\n').map((line) => {
    const [, name, encoded] = new RegExp(`^\u2014 (${kNoteName}) (\\S+)$`, 'u').exec(line) ?? [];
    const value = fromBase64(encoded ?? '') ?? [];
    sound(name !== undefined && value.length >= 5);
    return {name, id: hex(value.subarray(0, 4)), value: value.subarray(4)};
  });
  const text = note.slice(0, end + 1);
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([^\n]+)\n/.exec(text) ?? [];
  sound(origin !== undefined && Number.isSafeInteger(Number(size)) && fromBase64(root)?.length === 32);
  return {text: utf8(text), origin, size: Number(size), root: fromBase64(root), lines};
}

const linesOf = (note, key) => note.lines.filter((line) => line.name === key.name && line.id === key.id);

async function isSignedBy(pack, note, key) {
  const lines = linesOf(note, key);
  for (const line of lines)
    if (!await verifySignature(pack, key.raw, note.text, line.value)) return false;
  return lines.length > 0;
}

// ---- The files of the pack ------------------------------------------------------------------------------------------

function linesIn(pack, name) {
  const where = `data/${name}`;
  const text = decodeUtf8(pack.files.get(where));
  demand(text !== undefined, 'form', where, 'no es UTF-8', 'it is no UTF-8');
  demand(text === '' || text.endsWith('\n'), 'form', where, 'no termina en fin de línea', 'no line end at its end');
  return text === '' ? [] : text.slice(0, -1).split('\n');
}

const kWhat = [
  {plan: matches(new RegExp(`^[0-9]{4}/${kSegment}$`))},
  {stream: isName},
  {actor: isSegment, first: isFrom0, last: isFrom0},
];

function readEvidence(pack) {
  const where = 'data/evidence.json';
  const text = (decodeUtf8(pack.files.get(where)) ?? '').replace(/\n$/, '');
  const evidence = parseCanonical(text, where);
  demandShape(evidence, {
    format: (value) => value === 'fedatario.evidence.v1',
    heads: isFrom0,
    ledger: isLedger,
    size: isFrom1,
    what: (value) => kWhat.some((shape) => isExactly(shape)(value)),
  }, where);
  const {heads, size, what} = evidence;
  demand(heads < size, 'form', where, '`heads` no es menor que `size`', '`heads` is not below `size`');
  demand(
      !('actor' in what) || what.first <= what.last, 'form', where, '`first` pasa de `last`', '`first` is over `last`');
  return evidence;
}

// As many as are of their form; each that is not is noted.
async function readLines(pack, name, read) {
  const out = [];
  let number = 0;
  for (const line of linesIn(pack, name)) {
    const where = `data/${name}:${++number}`;
    await stage(pack, async () => out.push(await read(line, where)));
  }
  return out;
}

function readHash(line, where) {
  demand(isHash(line), 'form', where, 'no es un hash', 'it is no hash');
  return unhex(line);
}

const isPart = isExactly({key: isHash, value: isObject});
const isPersonal = (value) => isPart(value) || isExactly({commitment: isCommitment})(value);
const kContent = {
  data: [isPart],
  personal: [(value) => Array.isArray(value) && value.length >= 1 && value.length <= 1000 && value.every(isPersonal)],
  position: isFrom0,
};
const kMaxPartBytes = 2 ** 20;

function readContent(line, where) {
  const content = parseCanonical(line, where, kMaxDepth + 3);
  demandShape(content, kContent, where);
  demand(content.data || content.personal, 'form', where, 'no dice nada', 'it says nothing');
  const parts = [content.data, ...(content.personal ?? [])].filter((part) => part?.value);
  demand(parts.every(({value}) => isPlain(value, kMaxDepth) && utf8(jcs(value)).length <= kMaxPartBytes), 'form', where,
      'una parte pasa de los límites', 'a part is over the limits');
  return {...content, where};
}

function readConsistency(line, where) {
  const proof = parseCanonical(line, where);
  demandShape(
      proof, {path: (value) => Array.isArray(value) && value.every(isHash), root: isHash, size: isFrom1}, where);
  return {...proof, where};
}

const isRising = (items, of) => items.every((item, i) => i === 0 || of(items[i - 1]) < of(item));

async function readFiles(pack) {
  await stage(pack, () => { pack.evidence = readEvidence(pack); });
  await stage(pack, async () => {
    pack.leaves = await readLines(pack, 'leaves.jsonl', (line, where) => readLeaf(pack, line, where));
  });
  await stage(pack, async () => { pack.tree = await readLines(pack, 'tree.txt', readHash); });
  await stage(pack, () => { pack.note = readNote(pack.files.get('data/checkpoint.txt'), 'data/checkpoint.txt'); });
  await stage(pack, () => { pack.names = readNameTree(linesIn(pack, 'streams.txt')); });
  await stage(pack, async () => {
    pack.content = await readLines(pack, 'content.jsonl', readContent);
    demand(
        isRising(pack.content, (line) => line.position), 'form', 'data/content.jsonl', 'no van por posición',
        'out of order');
  });
  await stage(pack, async () => {
    pack.proofs = await readLines(pack, 'consistency.jsonl', readConsistency);
    demand(
        isRising(pack.proofs, (proof) => proof.size), 'form', 'data/consistency.jsonl', 'no van por tamaño',
        'out of order');
  });
}

// ---- What the pack is of (section 2) --------------------------------------------------------------------------------

const kLedgerActor = 'ledger';

function isOf({what}, {says, position}) {
  if ('actor' in what) return position >= what.first && position <= what.last;
  if ('stream' in what) return says.stream === what.stream;
  return says.stream === `plan/${what.plan}` || says.stream.startsWith(`intervention/${what.plan}/`);
}

// Whom the leaf names, but for the ledger itself.
const namedBy = ({says}) => [says.actor, says.for].filter((name) => name !== undefined && name !== kLedgerActor);

function findSubjects(pack) {
  pack.byPosition = new Map(pack.leaves.map((leaf) => [leaf.position, leaf]));
  pack.heads = pack.byPosition.get(pack.evidence.heads);
  const {type, stream, open} = pack.heads?.says ?? {};
  const isHeads = type === 'heads.recorded' && stream === 'ledger' &&
      isExactly({root: isHash, size: isFrom1, streams: isFrom1})(open) && open.size <= pack.evidence.heads;
  check(pack, isHeads, 'heads', 'data/evidence.json', 'el hecho que nombra `heads` no es de cabezas de historias',
      'the event named as `heads` is none');
  // Without it nothing says how far the pack goes.
  pack.asOf = isHeads ? open : undefined;
  pack.context = new Set(pack.leaves.flatMap(namedBy).map((name) => `actor/${name}`));
  for (const leaf of pack.leaves)
    leaf.subject = isOf(pack.evidence, leaf) && leaf.position < (pack.asOf?.size ?? Infinity);
}

// ---- Leaves: order, ledger, chains (section 5) ----------------------------------------------------------------------

function checkOrder(pack) {
  pack.leaves.forEach((leaf, i) => {
    const before = pack.leaves[i - 1];
    if (!before) return;
    check(
        pack, before.position < leaf.position, 'leaf', leaf.where,
        `la posición ${leaf.position} no va después de la anterior`,
        `position ${leaf.position} is not after the one before`);
    check(
        pack, before.recorded_at <= leaf.recorded_at, 'leaf', leaf.where, 'la hora va hacia atrás',
        'its time goes back');
  });
}

const kFounding = {
  administrator: isSegment,
  administrator_key: isHash,
  agency: [isSegment],
  checkpoint_key: isHash,
  origin: isOrigin,
  public_entries: [(value) => typeof value === 'boolean'],
  service_key: isHash,
};

async function checkLedger(pack) {
  const founding = pack.leaves[0];
  const {says, position, version} = founding ?? {};
  demand(position === 0 && version === 1 && says.type === 'ledger.founded' && says.stream === 'ledger', 'ledger',
      founding?.where ?? 'data/leaves.jsonl', 'la fundación no está en la posición 0', 'the founding is not at 0');
  demandShape(says.open, kFounding, founding.where);
  const own = `${says.ledger}#${hex(founding.hash).slice(0, 16)}`;
  demand(
      says.open.origin === says.ledger, 'ledger', founding.where, 'la fundación nombra otro libro',
      'it names another ledger');
  check(
      pack, pack.evidence.ledger === own, 'ledger', 'data/evidence.json', 'nombra otro libro',
      'it names another ledger');
  for (const leaf of pack.leaves.slice(1))
    check(pack, leaf.says.ledger === own && leaf.says.type !== 'ledger.founded', 'ledger', leaf.where,
        `la declaración es de otro libro: ${leaf.says.ledger}`, `it is of another ledger: ${leaf.says.ledger}`);
  pack.founding = founding;
}

// A pack by actor may begin within a stream of others.
const mayBeginLater = ({what}, stream) => 'actor' in what && stream !== 'ledger' && !stream.startsWith('actor/');

function checkChains(pack) {
  const last = new Map();
  for (const leaf of pack.leaves) {
    const {stream, version} = leaf.says;
    const before = last.get(stream);
    last.set(stream, leaf);
    check(pack, version === undefined || version === leaf.version, 'chain', leaf.where,
        'la declaración dice otra versión', 'the statement says another version');
    if (!before && mayBeginLater(pack.evidence, stream)) continue;
    const dense = check(
        pack, leaf.version === (before?.version ?? 0) + 1, 'chain', leaf.where,
        `falta lo anterior a la versión ${leaf.version} de ${stream}`,
        `what is before version ${leaf.version} of ${stream} is wanting`);
    if (dense && before)
      check(pack, leaf.prev === hex(before.hash), 'chain', leaf.where, '`prev` es otro hash', '`prev` is another hash');
  }
}

// ---- Keys and signatures (section 5, FORMAT.md sections 2 and 5) ----------------------------------------------------

// Canonical and not of small order.
const isPublicKey = (value) =>
    isHash(value) && readY(unhex(value)) < kPrime && !kSmallOrder.includes(readY(unhex(value)));
const kKeyTypes = {
  'actor.key.enrolled': {ground: [isSegment], public_key: isPublicKey, replaces: [isHash]},
  'actor.key.revoked': {because: [isSegment], key: isHash},
  'ledger.key.rotated':
      {public_key: isPublicKey, purpose: (value) => ['checkpoint', 'service'].includes(value), replaces: isHash},
};

class Keys {
  constructor(pack) {
    this.pack = pack;
    this.actors = new Map();  // name: Map of key id to {raw, over}
    this.registered = new Set();
    this.retired = new Set();
  }

  async found({open}) {
    const raw = unhex(open.administrator_key);
    this.registered.add(open.administrator);
    this.of(open.administrator).set(await keyIdOf(this.pack, raw), {raw, over: false});
    this.service = {raw: unhex(open.service_key)};
    this.service.id = await keyIdOf(this.pack, this.service.raw);
    const checkpoint = unhex(open.checkpoint_key);
    this.checkpoints = [{raw: checkpoint, id: await keyIdOf(this.pack, checkpoint), since: 0}];  // since: position
  }

  of(actor) {
    if (!this.actors.has(actor)) this.actors.set(actor, new Map());
    return this.actors.get(actor);
  }

  inForce(purpose) {
    return purpose === 'service' ? this.service : this.checkpoints[this.checkpoints.length - 1];
  }

  // The key that signs first, and whether that is the author's own; undefined where it may not.
  signer({actor, key}) {
    if (actor === kLedgerActor) return key === this.service.id ? {raw: this.service.raw, own: false} : undefined;
    if (!this.registered.has(actor) || this.retired.has(actor)) return undefined;
    const own = this.of(actor);
    const named = own.get(key);
    if (named && !named.over) return {raw: named.raw, own: true};
    const hasOwn = [...own.values()].some(({over}) => !over);
    return key === this.service.id && !hasOwn ? {raw: this.service.raw, own: false} : undefined;
  }

  // The keys of the signatures after the first.
  further({type, open}) {
    if (type === 'ledger.founded') return [this.service.raw];
    if (type === 'actor.key.enrolled') return [unhex(open.public_key)];
    if (type === 'ledger.key.rotated') return [this.inForce(open.purpose).raw, unhex(open.public_key)];
    return [];
  }

  end(actor, id) {
    this.of(actor).set(id, {...this.of(actor).get(id), over: true});
  }

  async follow({says, position}) {
    const {type, stream, open} = says;
    const [kind, actor, ...more] = stream.split('/');
    if (type === 'ledger.key.rotated' && stream === 'ledger') {
      const raw = unhex(open.public_key);
      const begun = {raw, id: await keyIdOf(this.pack, raw), since: position};
      if (open.purpose === 'service') this.service = begun;
      else this.checkpoints.push(begun);
    }
    if (kind !== 'actor' || actor === undefined || more.length > 0) return;
    if (type === 'actor.registered') this.registered.add(actor);
    if (type === 'actor.retired') this.retired.add(actor);
    if (type === 'actor.key.revoked') this.end(actor, open.key);
    if (type !== 'actor.key.enrolled') return;
    if (open.replaces) this.end(actor, open.replaces);
    const raw = unhex(open.public_key);
    this.of(actor).set(await keyIdOf(this.pack, raw), {raw, over: false});
  }
}

function pae(payload) {
  return join(utf8(`DSSEv1 ${kPayloadType.length} ${kPayloadType} ${payload.length} `), payload);
}

async function checkLeafSignatures(pack, leaf) {
  const {says, where, signatures} = leaf;
  const signer = pack.ledgerKeys.signer(says);
  check(pack, signer !== undefined, 'key', where, `la clave que nombra no valía entonces para ${says.actor}`,
      `the key it names was not in force for ${says.actor}`);
  if (says.type === 'ledger.key.rotated') checkRotation(pack, leaf);
  leaf.signed = signer?.own ? 'author' : 'session';
  const keys = [signer?.raw, ...pack.ledgerKeys.further(says)];
  if (!check(
          pack, keys.length === signatures.length, 'signature', where,
          `lleva ${signatures.length} firmas, no ${keys.length}`,
          `it has ${signatures.length} signatures, not ${keys.length}`))
    return;
  for (let i = 0; i < keys.length; ++i)
    if (keys[i])
      check(pack, await verifySignature(pack, keys[i], pae(leaf.payload), signatures[i]), 'signature', where,
          `la firma ${i + 1} no es de su clave`, `signature ${i + 1} is not its key's`);
}

function checkRotation(pack, {says, where, position}) {
  check(pack, says.open.replaces === pack.ledgerKeys.inForce(says.open.purpose).id, 'key', where,
      'la clave que termina no era la vigente', 'the key that ends was not in force');
  check(pack, says.seen?.size === position, 'form', where, '`seen` no es la cabeza de todo lo anterior',
      '`seen` is not the head of all before it');
}

async function checkSignatures(pack) {
  pack.ledgerKeys = new Keys(pack);
  await pack.ledgerKeys.found(pack.founding.says);
  for (const leaf of pack.leaves) {
    const shape = kKeyTypes[leaf.says.type];
    if (shape && !await stage(pack, () => demandShape(leaf.says.open, shape, leaf.where))) continue;
    await checkLeafSignatures(pack, leaf);
    await pack.ledgerKeys.follow(leaf);
  }
}

// ---- Content (section 5, FORMAT.md section 3) -----------------------------------------------------------------------

const isStamp = ({says}) => says.stream === 'ledger' && ['timestamp.obtained', 'timestamp.renewed'].includes(says.type);

async function commitment(pack, {key, value}) {
  const secret = await pack.subtle.importKey('raw', unhex(key), {name: 'HMAC', hash: 'SHA-256'}, false, ['sign']);
  return `hs256:${hex(new Uint8Array(await pack.subtle.sign('HMAC', secret, utf8(jcs(value)))))}`;
}

async function checkLine(pack, line) {
  const leaf = pack.byPosition.get(line.position);
  demand(
      leaf && (leaf.subject || (isStamp(leaf) && !line.personal)), 'content', line.where,
      'no es contenido de lo que es el paquete', 'it is not content of what the pack is of');
  leaf.content = line;
  if (line.data)
    check(pack, await commitment(pack, line.data) === leaf.says.data, 'content', line.where,
        'los datos no son los comprometidos', 'the data are not what was committed to');
  if (!line.personal) return;
  const list = [];
  for (const part of line.personal) list.push(part.commitment ?? await commitment(pack, part));
  check(pack, `sha256:${hex(await sha256(pack, utf8(jcs(list))))}` === leaf.says.personal, 'content', line.where,
      'los datos personales no son los comprometidos', 'the personal parts are not what was committed to');
}

// The group under which the institutional part was sealed (FORMAT.md section 6).
function groupOf({stream, at}) {
  const [kind, second = ''] = stream.split('/');
  const year = /^[0-9]{4}$/.test(second) && second >= '1990' && second <= '2199' ? second : at.slice(0, 4);
  return `trail/${kind}/${year}`;
}

function checkDisclosed(pack) {
  const destroyed = pack.leaves.filter(({says}) => says.type === 'key.destroyed' && says.stream === 'ledger');
  const isGone = ({says, position}) =>
      destroyed.some((leaf) => leaf.position > position && leaf.says.open?.groups?.includes?.(groupOf(says)));
  for (const leaf of pack.leaves) {
    if (!leaf.says.data || leaf.content?.data || !(leaf.subject || isStamp(leaf))) continue;
    leaf.destroyed = isGone(leaf);
    check(pack, leaf.destroyed, 'content', leaf.where, `faltan los datos de la posición ${leaf.position}`,
        `the data of position ${leaf.position} are wanting`);
  }
}

async function checkContent(pack) {
  for (const line of pack.content) await stage(pack, () => checkLine(pack, line));
  checkDisclosed(pack);
}

// ---- The tree (section 3) and consistency (RFC 9162 section 2.1.4.2) ------------------------------------------------

async function walkTree(pack) {
  const {leaves} = pack;
  let used = 0;
  // The leaves in [from, from + count) are those from `low` to below `high`.
  const walk = async (from, count, low, high) => {
    if (low === high) {
      demand(used < pack.tree.length, 'tree', 'data/tree.txt', 'faltan líneas', 'lines are wanting');
      return pack.tree[used++];
    }
    if (count === 1) return leaves[low].hash;
    const k = split(count);
    let middle = low;
    while (middle < high && leaves[middle].position < from + k) ++middle;
    const left = await walk(from, k, low, middle);
    return hashNode(pack, left, await walk(from + k, count - k, middle, high));
  };
  const inside = leaves.filter((leaf) => leaf.position < pack.evidence.size).length;
  const root = await walk(0, pack.evidence.size, 0, inside);
  demand(used === pack.tree.length, 'tree', `data/tree.txt:${used + 1}`, 'sobran líneas', 'lines are left over');
  pack.root = root;
}

// Whether the tree of `size` with `root` is the beginning of that of `whole` with `wholeRoot`.
async function isConsistent(pack, size, root, whole, wholeRoot, path) {
  let steps = [...path];
  if (size === whole) return steps.length === 0 && equal(root, wholeRoot);
  if (Number.isInteger(Math.log2(size))) steps.unshift(root);
  let [at, last] = [size - 1, whole - 1];
  for (; at % 2 === 1; at = (at - 1) / 2) last = Math.floor(last / 2);
  if (steps.length === 0) return false;
  let [first, second] = [steps[0], steps[0]];
  for (const step of steps.slice(1)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      first = await hashNode(pack, step, first);
      second = await hashNode(pack, step, second);
      for (; at % 2 === 0 && at > 0; at /= 2) last = Math.floor(last / 2);
    } else {
      second = await hashNode(pack, second, step);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && equal(first, root) && equal(second, wholeRoot);
}

// ---- The checkpoint and its witnesses (section 3) -------------------------------------------------------------------

const originOf = ({evidence}) => evidence.ledger.slice(0, -17);

async function checkCheckpoint(pack, {vkey, witnesses}) {
  const where = 'data/checkpoint.txt';
  const {note, evidence} = pack;
  const origin = originOf(pack);
  const ours =
      check(pack, note.origin === origin, 'checkpoint', where, 'la nota es de otro libro', 'it is another ledger\'s');
  const sized = check(
      pack, note.size === evidence.size, 'checkpoint', where, 'la nota es de otro tamaño', 'it is of another size');
  // Another note's root has nothing to be compared with.
  if (ours && sized && pack.root)
    check(pack, equal(note.root, pack.root), 'tree', where, 'la raíz que resulta no es la de la nota',
        'the root that is made is not the note\'s');
  const keys = [];
  for (const {raw, since} of pack.ledgerKeys.checkpoints)
    keys.push({...await formatVkey(pack, origin, kTypeCheckpoint, raw), since});
  // A head that ends with a rotation may be by either.
  const inForce = keys.filter(({since}, i) => (since === 0 || since + 1 <= note.size) &&
      (i + 1 === keys.length || note.size <= keys[i + 1].since + 1));
  for (const key of inForce)
    if (!pack.headKey && await isSignedBy(pack, note, key)) pack.headKey = key.vkey;
  check(
      pack, pack.headKey, 'checkpoint', where, 'la nota no lleva la firma de su clave', 'it is not signed by its key');
  check(pack, !vkey || keys.some((key) => key.vkey === vkey.vkey), 'checkpoint', where,
      'la clave que usted conoce nunca fue de este libro', 'the key you know was never this ledger\'s');
  for (const witness of witnesses) await checkWitness(pack, note, witness, where);
}

const kEndOfTime = 253402300800n;  // the year 10000, in seconds since 1970

async function checkWitness(pack, note, witness, where) {
  for (const {value} of linesOf(note, witness)) {
    const seconds = value.length === 72 ? new DataView(value.buffer, value.byteOffset).getBigUint64(0) : -1n;
    const signed = join(utf8(`cosignature/v1\ntime ${seconds}\n`), note.text);
    const holds =
        seconds >= 0n && seconds < 2n ** 63n && await verifySignature(pack, witness.raw, signed, value.subarray(8));
    if (check(
            pack, holds, 'witness', where, `la firma del testigo ${witness.name} no vale`,
            `${witness.name}'s cosignature does not verify`) && seconds < kEndOfTime)
      pack.witnesses.push(
          {name: witness.name, vkey: witness.vkey, time: new Date(Number(seconds) * 1000).toISOString()});
  }
}

// ---- The name tree (section 4) --------------------------------------------------------------------------------------

const kMaxNameBits = 8 * 201;
const bitOf = (bytes, d) => (bytes[d >> 3] >> (7 - (d & 7))) & 1;
const keyOf = (name) => utf8(`${name}\u0000`);

// Whether the first `count` bits are alike.
function isAlike(a, b, count) {
  const bytes = count >> 3, rest = 0xff00 >> (count & 7) & 0xff;
  for (let i = 0; i < bytes; ++i)
    if (a[i] !== b[i]) return false;
  return rest === 0 || (a[bytes] & rest) === (b[bytes] & rest);
}

// The first d bits that all names below an inner node have: bytes, of which the last is filled up with zeros.
function readBits(d, text) {
  const bits = text === '-' ? unhex('') : unhex(text);
  const last = bits[bits.length - 1] ?? 0;
  return bits.length === Math.ceil(d / 8) && (d % 8 === 0 || (last & (0xff >> d % 8)) === 0) ? bits : undefined;
}

// Those bits and the bit of the side, as bytes.
function bitsOfSide({d, bits}, side) {
  const out = new Uint8Array((d >> 3) + 1);
  out.set(bits);
  out[d >> 3] |= side << (7 - (d & 7));
  return out;
}

// `above` is the inner node that the part stands under, `side` its side of it; `parts` gets all that are not inner.
function readNode(lines, parts, above, side) {
  const where = `data/streams.txt:${lines.at + 1}`;
  const line = lines.texts[lines.at++];
  demand(line !== undefined, 'form', where, 'el árbol de nombres no está entero', 'the name tree is not whole');
  const isBelow = (bits, count) =>
      !above || (count > above.d && isAlike(bits, bitsOfSide(above, side), above.d + 1));
  const [, depth, text] = /^n (0|[1-9][0-9]{0,3}) (-|(?:[0-9a-f]{2})+)$/.exec(line) ?? [];
  if (depth !== undefined) {
    const d = Number(depth);
    const bits = readBits(d, text);
    demand(
        bits && d < kMaxNameBits && (text === '-') === (d === 0), 'form', where, 'nodo mal formado', 'malformed node');
    demand(isBelow(bits, d), 'heads', where, 'el árbol de nombres no está en orden', 'the name tree is out of order');
    const node = {d, bits};
    node.sides = [readNode(lines, parts, node, 0), readNode(lines, parts, node, 1)];
    return node;
  }
  const part = readPart(line, where);
  demand(!part.name || isBelow(part.key, 8 * part.key.length), 'heads', where, 'el nombre no es de este lado',
      'the name is not of this side');
  parts.push(Object.assign(part, {above, side, where}));
  return part;
}

function readPart(line, where) {
  const [, hidden] = /^h ([0-9a-f]{64})$/.exec(line) ?? [];
  if (hidden !== undefined) return {hash: unhex(hidden)};
  const [, version, head, name] = /^s ([1-9][0-9]{0,15}) ([0-9a-f]{64}) (\S+)$/.exec(line) ?? [];
  demand(isName(name) && isFrom1(Number(version)), 'form', where, 'línea mal formada', 'malformed line');
  return {name, key: keyOf(name), version: Number(version), head};
}

function readNameTree(texts) {
  const lines = {texts, at: 0};
  const parts = [];
  const root = readNode(lines, parts);
  demand(lines.at === texts.length, 'form', `data/streams.txt:${lines.at + 1}`, 'sobran líneas', 'lines are left over');
  return {root, parts};
}

async function hashNames(pack, {hash, name, head, version, d, bits, sides}) {
  if (hash) return hash;
  if (name) return hashLeaf(pack, utf8(jcs({hash: head, stream: name, version})));
  const [left, right] = [await hashNames(pack, sides[0]), await hashNames(pack, sides[1])];
  return sha256(pack, [1, d >> 8, d & 255], bits, left, right);
}

// Names end in the 0x00 of their keys, beginnings of names do not.
function wantedNames(pack) {
  const {what} = pack.evidence;
  const context = ['ledger', ...pack.context].map(keyOf);
  if ('stream' in what) return [...context, keyOf(what.stream)];
  if ('plan' in what) return [...context, keyOf(`plan/${what.plan}`), utf8(`intervention/${what.plan}/`)];
  return context;
}

const beginsWith = (key, wanted) => key.length >= wanted.length && isAlike(key, wanted, 8 * wanted.length);

// Whether what is not shown there could hold what is wanted.
const couldHold = ({above, side}, wanted) =>
    !above || isAlike(bitsOfSide(above, side), wanted, Math.min(above.d + 1, 8 * wanted.length));

async function checkNames(pack) {
  const {root, parts} = pack.names;
  const wanted = wantedNames(pack);
  const shown = parts.filter((part) => part.name);
  const {streams} = pack.asOf;
  const counted = parts.length === shown.length ? parts.length === streams : parts.length <= streams;
  check(pack, counted && hex(await hashNames(pack, root)) === pack.asOf.root, 'heads', 'data/streams.txt',
      'la raíz de las cabezas de las historias es otra', 'the root over the streams\' heads is another');
  for (const part of parts)
    check(pack, part.name || !wanted.some((want) => couldHold(part, want)), 'whole', part.where,
        'en lo que no se muestra cabría algo del paquete', 'what is not shown could hold something of the pack');
  for (const part of shown)
    if (wanted.some((want) => beginsWith(part.key, want))) checkStream(pack, part);
  checkWhole(pack, new Set(shown.map(({name}) => name)), wanted);
}

function checkStream(pack, {name, version, head, where}) {
  const leaves = pack.leaves.filter((leaf) => leaf.says.stream === name && leaf.position < pack.asOf.size);
  const last = leaves[leaves.length - 1];
  check(pack, leaves.length === version && last.version === version && hex(last.hash) === head, 'whole', where,
      `${name} no está entera`, `${name} is not whole`);
}

function checkWhole(pack, shown, wanted) {
  for (const leaf of pack.leaves) {
    const {stream} = leaf.says;
    const isContext = stream === 'ledger' || pack.context.has(stream);
    const limit = isContext ? pack.evidence.size : pack.asOf.size;
    const isWanted = wanted.some((want) => beginsWith(keyOf(stream), want));
    check(pack, (leaf.subject || isContext) && leaf.position < limit, 'whole', leaf.where,
        `la posición ${leaf.position} no es del paquete`, `position ${leaf.position} is not of the pack`);
    check(
        pack, !isWanted || shown.has(stream), 'whole', leaf.where, `${stream} no se muestra`, `${stream} is not shown`);
  }
  const {what} = pack.evidence;
  if (!('actor' in what)) return;
  const held = pack.leaves.filter((leaf) => leaf.subject).length;
  check(pack, what.last < pack.asOf.size && held === what.last - what.first + 1, 'whole', 'data/leaves.jsonl',
      'faltan posiciones entre la primera y la última', 'positions between the first and the last are wanting');
}

// ---- DER and time stamps (section 6, RFC 3161, RFC 5652) ------------------------------------------------------------

const kOid = {
  signedData: '2a864886f70d010702', tstInfo: '2a864886f70d0109100104', contentType: '2a864886f70d010903',
  messageDigest: '2a864886f70d010904', signingCertificate: '2a864886f70d010910020c',
  signingCertificateV2: '2a864886f70d010910022f', extendedKeyUsage: '551d25', subjectKeyId: '551d0e',
  timeStamping: '2b06010505070308', rsa: '2a864886f70d010101', pss: '2a864886f70d01010a', ecKey: '2a8648ce3d0201',
};
const kHashes = {'608648016503040201': 'SHA-256', '608648016503040202': 'SHA-384', '608648016503040203': 'SHA-512'};
const kRsaHashes = {'2a864886f70d01010b': 'SHA-256', '2a864886f70d01010c': 'SHA-384', '2a864886f70d01010d': 'SHA-512'};
const kEcdsaHashes = {'2a8648ce3d040302': 'SHA-256', '2a8648ce3d040303': 'SHA-384', '2a8648ce3d040304': 'SHA-512'};
const kCurves = {'2a8648ce3d030107': ['P-256', 32], '2b81040022': ['P-384', 48], '2b81040023': ['P-521', 66]};

class Malformed extends Error {}
const need = (holds) => {
  if (!holds) throw new Malformed();
};

// One element of DER: its tag, its content and all of it.
function readDer(bytes, at = 0) {
  need(at + 2 <= bytes.length && (bytes[at] & 0x1f) !== 0x1f);
  let length = bytes[at + 1], start = at + 2;
  if (length >= 0x80) {
    const count = length - 0x80;
    need(count >= 1 && count <= 4 && start + count <= bytes.length);
    length = bytes.subarray(start, start + count).reduce((sum, byte) => sum * 256 + byte, 0);
    start += count;
    need(length >= 0x80 && length >= 256 ** (count - 1));
  }
  need(start + length <= bytes.length);
  return {tag: bytes[at], body: bytes.subarray(start, start + length), all: bytes.subarray(at, start + length)};
}

function whole(bytes) {
  const element = readDer(bytes);
  need(element.all.length === bytes.length);
  return element;
}

function children(element, tag) {
  need(element && (tag === undefined || element.tag === tag));
  const out = [];
  for (let at = 0; at < element.body.length; at += out[out.length - 1].all.length) out.push(readDer(element.body, at));
  return out;
}

function bodyOf(element, tag) {
  need(element?.tag === tag);
  return element.body;
}

const oidOf = (element) => hex(bodyOf(element, 6));
const kSeq = 0x30, kSet = 0x31;

function hashOf(algorithm) {
  const name = kHashes[oidOf(children(algorithm, kSeq)[0])];
  need(name);
  return name;
}

// UTCTime or GeneralizedTime, as milliseconds.
function timeOf(element) {
  const text = String.fromCharCode(...element.body);
  const year = element.tag === 0x17 ? (text < '5' ? '20' : '19') : '';
  need(element.tag === 0x17 || element.tag === 0x18);
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(year + text);
  need(found);
  const [, y, month, day, hour, minute, second, fraction = ''] = found;
  const time = Date.parse(`${y}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
  need(Number.isFinite(time));
  return time;
}

function readCertificate(der) {
  const [body, algorithm, signature] = children(whole(der), kSeq);
  const fields = children(body, kSeq);
  if (fields[0].tag === 0xa0) fields.shift();
  const [serial, , issuer, validity, subject, publicKey, ...optional] = fields;
  const [from, until] = children(validity, kSeq).map(timeOf);
  const last = optional.find((field) => field.tag === 0xa3);
  const extensions = new Map();
  for (const extension of last ? children(children(last)[0], kSeq) : []) {
    const [oid, ...rest] = children(extension, kSeq);
    const critical = rest.length === 2 && bodyOf(rest[0], 1)[0] === 0xff;
    extensions.set(oidOf(oid), {critical, value: whole(bodyOf(rest[rest.length - 1], 4))});
  }
  return {
    der, body: body.all, algorithm, signature: bodyOf(signature, 3).subarray(1), serial: serial.all, issuer: issuer.all,
    subject: subject.all, publicKey: publicKey.all, from, until, extensions,
  };
}

function isForTimeStampingAlone({extensions}) {
  const usage = extensions.get(kOid.extendedKeyUsage);
  if (!usage?.critical) return false;
  const uses = children(usage.value, kSeq).map(oidOf);
  return uses.length === 1 && uses[0] === kOid.timeStamping;
}

function rawEcdsa(der, width) {
  const numbers = children(whole(der), kSeq).map((number) => {
    const bytes = bodyOf(number, 2);
    const trimmed = bytes.subarray([...bytes].findIndex((byte) => byte !== 0));
    need(trimmed.length <= width);
    return join(new Uint8Array(width - trimmed.length), trimmed);
  });
  need(numbers.length === 2);
  return join(...numbers);
}

function pssOf(parameters) {
  const fields = new Map(children(parameters, kSeq).map((field) => [field.tag, children(field)[0]]));
  need(fields.has(0xa0) && fields.has(0xa1));
  const hash = hashOf(fields.get(0xa0));
  need(hashOf(children(fields.get(0xa1), kSeq)[1]) === hash);
  const salt = fields.has(0xa2) ? bodyOf(fields.get(0xa2), 2) : [20];
  return {name: 'RSA-PSS', hash, saltLength: salt.reduce((sum, byte) => sum * 256 + byte, 0)};
}

// `hash` is what a bare rsaEncryption is with.
async function verifyX509(pack, certificate, algorithm, hash, bytes, signature) {
  const [oid, parameters] = children(algorithm, kSeq);
  const named = oidOf(oid);
  const [keyType, curve] = children(children(whole(certificate.publicKey), kSeq)[0], kSeq);
  let way, value = signature;
  if (kEcdsaHashes[named]) {
    need(oidOf(keyType) === kOid.ecKey && kCurves[oidOf(curve)]);
    const [namedCurve, width] = kCurves[oidOf(curve)];
    way = {name: 'ECDSA', namedCurve, hash: kEcdsaHashes[named]};
    value = rawEcdsa(signature, width);
  } else {
    way = named === kOid.pss ? pssOf(parameters) :
        {name: 'RSASSA-PKCS1-v1_5', hash: named === kOid.rsa ? hash : kRsaHashes[named]};
    need(way.hash);
  }
  const key = await pack.subtle.importKey('spki', certificate.publicKey, way, false, ['verify']).catch(() => undefined);
  need(key);
  return pack.subtle.verify(way, key, value, bytes);
}

function readSignedAttributes(element) {
  need(element?.tag === 0xa0);
  const attributes = new Map();
  for (const attribute of children(element)) {
    const [oid, values] = children(attribute, kSeq);
    need(!attributes.has(oidOf(oid)));
    attributes.set(oidOf(oid), children(values, kSet)[0]);
  }
  return attributes;
}

async function checkEssCertificate(pack, attributes, certificate) {
  const [first, second] = [attributes.get(kOid.signingCertificate), attributes.get(kOid.signingCertificateV2)];
  need(first || second);
  if (first) {
    const [id] = children(children(first, kSeq)[0], kSeq);
    need(equal(bodyOf(children(id, kSeq)[0], 4), await digest(pack, 'SHA-1', certificate.der)));
  }
  if (second) {
    const [id] = children(children(second, kSeq)[0], kSeq);
    const fields = children(id, kSeq);
    const hash = fields[0].tag === kSeq ? hashOf(fields.shift()) : 'SHA-256';
    need(equal(bodyOf(fields[0], 4), await digest(pack, hash, certificate.der)));
  }
}

function findSigner(certificates, sid) {
  const [issuer, serial] = sid.tag === kSeq ? children(sid) : [];
  return certificates.find((certificate) => {
    if (issuer) return equal(certificate.issuer, issuer.all) && equal(certificate.serial, serial.all);
    const known = certificate.extensions.get(kOid.subjectKeyId);
    return sid.tag === 0x80 && known && equal(known.value.body, sid.body);
  });
}

// What the token says, once its signature is known to be its certificate's. Malformed where anything is not as it must.
async function openToken(pack, der) {
  const [type, content] = children(whole(der), kSeq);
  need(oidOf(type) === kOid.signedData && content?.tag === 0xa0);
  const [, , encapsulated, ...more] = children(children(content)[0], kSeq);
  const [contentType, held] = children(encapsulated, kSeq);
  need(oidOf(contentType) === kOid.tstInfo && held?.tag === 0xa0);
  const info = bodyOf(children(held)[0], 4);
  const certificates = children(more.find((field) => field.tag === 0xa0)).map(({all}) => readCertificate(all));
  const signers = children(more[more.length - 1], kSet);
  need(signers.length === 1);
  const [, sid, hashAlgorithm, signed, algorithm, signature] = children(signers[0], kSeq);
  const certificate = findSigner(certificates, sid);
  need(certificate && isForTimeStampingAlone(certificate));
  const hash = hashOf(hashAlgorithm);
  const attributes = readSignedAttributes(signed);
  need(oidOf(attributes.get(kOid.contentType)) === kOid.tstInfo);
  need(equal(bodyOf(attributes.get(kOid.messageDigest), 4), await digest(pack, hash, info)));
  await checkEssCertificate(pack, attributes, certificate);
  const bytes = join([kSet], signed.all.subarray(1));
  need(await verifyX509(pack, certificate, algorithm, hash, bytes, bodyOf(signature, 4)));
  const [version, , imprint, , time] = children(whole(info), kSeq);
  need(equal(bodyOf(version, 2), [1]) && time.tag === 0x18);
  const [imprintHash, imprinted] = children(imprint, kSeq);
  return {certificate, hash: hashOf(imprintHash), imprint: bodyOf(imprinted, 4), time: timeOf(time)};
}

// Directly by an authority the reader gave, and in the certificate's time.
async function isTrusted(pack, {certificate, time}, authorities) {
  if (time < certificate.from || time > certificate.until) return false;
  for (const authority of authorities) {
    if (equal(authority.der, certificate.der)) return true;
    if (!equal(authority.subject, certificate.issuer)) continue;
    const {algorithm, body, signature} = certificate;
    if (await verifyX509(pack, authority, algorithm, undefined, body, signature).catch(() => false)) return true;
  }
  return false;
}

const kStampOpen = {authority: isSegment, root: isHash, size: isFrom1, token_sha256: isHash};
const isToken = isExactly({token: (value) => typeof value === 'string' && (fromBase64(value)?.length ?? 0) > 0});

async function checkStamp(pack, leaf, tokens, authorities) {
  const sound = (holds, es, en) => demand(holds, 'timestamp', leaf.where, es, en);
  const {open, type} = leaf.says;
  sound(
      isExactly(kStampOpen)(open) && open.size <= leaf.position, 'el hecho no tiene su forma',
      'the event is not of its form');
  pack.stamped.set(open.size, open.root);
  if (leaf.destroyed) tokens.set(open.size, undefined);
  if (!leaf.content?.data) return;
  sound(isToken(leaf.content.data.value), 'no hay estampa', 'there is no token');
  const token = fromBase64(leaf.content.data.value.token);
  sound(hex(await sha256(pack, token)) === open.token_sha256, 'la estampa es otra', 'the token is another');
  const found = await openToken(pack, token).catch((failure) => {
    if (!(failure instanceof Malformed)) throw failure;
  });
  sound(found, 'la estampa está mal formada o no la firma su certificado', 'malformed, or not signed by its certificate');
  const text = utf8(`${originOf(pack)}\n${open.size}\n${toBase64(unhex(open.root))}\n`);
  const earlier = tokens.has(open.size) ? tokens.get(open.size) : [];
  const renewed = type === 'timestamp.renewed';
  sound(!renewed || tokens.has(open.size), 'renueva lo que no tiene estampa', 'it renews what was not stamped');
  tokens.set(open.size, earlier && [...earlier, token]);
  if (renewed && !earlier) return;  // a token before it was destroyed
  const [hash, bytes] = renewed ? ['SHA-512', join(...earlier, text)] : ['SHA-256', text];
  sound(found.hash === hash && equal(found.imprint, await digest(pack, hash, bytes)), 'la estampa es de otro resumen',
      'the token is of another digest');
  pack.stamps.push({authority: open.authority, time: new Date(found.time).toISOString(), size: open.size,
                    position: leaf.position, renewed, trusted: await isTrusted(pack, found, authorities)});
}

async function checkTime(pack, authorities) {
  const tokens = new Map();
  for (const leaf of pack.leaves.filter(isStamp)) await stage(pack, () => checkStamp(pack, leaf, tokens, authorities));
  for (const leaf of pack.leaves.filter(isStamp))
    check(pack, pack.stamped.get(leaf.says.open?.size) === leaf.says.open?.root, 'timestamp', leaf.where,
        'dos raíces para un tamaño', 'two roots for one size');
  for (const {path, root, size, where} of pack.proofs) {
    check(
        pack, pack.stamped.get(size) === root, 'timestamp', where, 'no es de una cabeza estampada',
        'no head that was stamped');
    if (pack.root)
      check(
          pack,
          size < pack.evidence.size &&
              await isConsistent(pack, size, unhex(root), pack.evidence.size, pack.root, path.map(unhex)),
          'timestamp', where, 'la cabeza estampada no es de este registro', 'the stamped head is not of this log');
  }
  for (const size of pack.stamped.keys())
    check(pack, pack.proofs.some((proof) => proof.size === size), 'timestamp', 'data/consistency.jsonl',
        `falta la prueba del tamaño ${size}`, `the proof of size ${size} is wanting`);
}

// ---- The verdict (section 7) ----------------------------------------------------------------------------------------

function showEvent(pack, leaf) {
  const {says, content} = leaf;
  const {what} = pack.evidence;
  return {
    position: leaf.position, recorded_at: leaf.recorded_at, at: says.at, actor: says.actor, as: says.as, for: says.for,
        type: says.type, stream: says.stream, version: leaf.version, id: says.id, cause: says.cause,
        signed: leaf.signed, subject: leaf.subject, named: !('actor' in what) || namedBy(leaf).includes(what.actor),
        destroyed: leaf.destroyed === true, open: says.open, data: content?.data?.value,
        personal: content?.personal?.map((part) => part.value ?? null),
  };
}

function giveVerdict(pack) {
  const subjects = pack.leaves.filter((leaf) => leaf.subject);
  const {ledger, what, size, heads} = pack.evidence;
  return {
    ledger, what, size, heads,
    asOf: pack.asOf && {size: pack.asOf.size, position: heads, time: pack.heads.recorded_at},
    subjects: subjects.length,
    byAuthor: subjects.filter((leaf) => leaf.signed === 'author').length,
    bySession: subjects.filter((leaf) => leaf.signed === 'session').length,
    vkey: pack.headKey,
    witnesses: pack.witnesses,
    timestamps: pack.stamps,
    events: pack.leaves.map((leaf) => showEvent(pack, leaf)),
  };
}

// The stages, each as far as those before it let it go.
async function judge(pack, bytes, reader) {
  if (!await stage(pack, async () => { pack.files = await openArchive(bytes); })) return undefined;
  if (!await stage(pack, () => checkBag(pack))) return undefined;
  await readFiles(pack);
  if (pack.refusals.some(({code}) => code !== 'manifest') || pack.leaves.length === 0 && !check(pack, false, 'ledger',
      'data/leaves.jsonl', 'falta la fundación', 'the founding is wanting')) return undefined;
  checkOrder(pack);
  findSubjects(pack);
  if (!await stage(pack, () => checkLedger(pack))) return undefined;
  checkChains(pack);
  await checkSignatures(pack);
  await checkContent(pack);
  if (!pack.refusals.some(({code}) => code === 'leaf')) await stage(pack, () => walkTree(pack));
  await checkCheckpoint(pack, reader);
  if (pack.asOf) await checkNames(pack);
  await checkTime(pack, reader.authorities);
  return giveVerdict(pack);
}

// ---- A receipt (FORMAT.md section 5) --------------------------------------------------------------------------------

const kMaxReceiptBytes = 4 * kMaxLeafBytes;

const kReceipt = {
  checkpoint: (value) => typeof value === 'string',
  event: isObject,
  format: (value) => value === 'fedatario.receipt.v1',
  proof: (value) => Array.isArray(value) && value.every(isHash),
};

async function readReceipt(pack, given) {
  const text = given.replace(/\n$/, '');
  demand(utf8(text).length <= kMaxReceiptBytes, 'form', '', 'demasiado grande', 'too large');
  const receipt = parseCanonical(text, '');
  demandShape(receipt, kReceipt, '');
  await stage(pack, async () => { pack.leaf = await readLeaf(pack, jcs(receipt.event), 'event'); });
  await stage(pack, () => { pack.note = readNote(utf8(receipt.checkpoint), 'checkpoint'); });
  pack.proof = receipt.proof.map(unhex);
}

// Where `path` leads from the leaf at `position` in a tree of `size`; undefined where it is not as long as it must be
// (RFC 9162 section 2.1.3.2).
async function climb(pack, {hash, position}, size, path) {
  if (position >= size) return undefined;
  let node = hash;
  let [at, last] = [position, size - 1];
  for (const step of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      node = await hashNode(pack, step, node);
      for (; at % 2 === 0 && at > 0; at /= 2) last = Math.floor(last / 2);
    } else {
      node = await hashNode(pack, node, step);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? node : undefined;
}

// That the ledger recorded the event there. Whether its author signed it cannot be judged from a receipt alone: which
// keys were his at that position stands in the log, and so in an evidence pack. Nor can a rotation be followed: the
// reader's key must be the one that signed this head.
async function checkReceipt(pack, {vkey, witnesses}) {
  const {leaf, note, proof} = pack;
  const origin = vkey?.name ?? note.origin;
  const {ledger} = leaf.says;
  check(pack, leaf.position === 0 ? ledger === origin : ledger.startsWith(`${origin}#`), 'ledger', 'event',
      `el hecho es de otro libro: ${ledger}`, `the event is of another ledger: ${ledger}`);
  const reached = await climb(pack, leaf, note.size, proof);
  check(pack, reached && equal(reached, note.root), 'tree', 'proof',
      'la prueba no lleva del hecho a la raíz de la nota', 'the proof does not lead from the event to the note\'s root');
  if (check(pack, vkey, 'checkpoint', 'checkpoint', 'un recibo se comprueba con la clave del libro, y no se dio',
          'a receipt is checked with the ledger\'s key, which was not given') &&
      check(pack, note.origin === origin, 'checkpoint', 'checkpoint', 'la nota es de otro libro',
          'it is another ledger\'s') &&
      check(pack, await isSignedBy(pack, note, vkey), 'checkpoint', 'checkpoint',
          'la nota no lleva la firma de la clave que usted conoce', 'it is not signed by the key you know'))
    pack.headKey = vkey.vkey;
  for (const witness of witnesses) await checkWitness(pack, note, witness, 'checkpoint');
}

function giveReceiptVerdict({leaf, note, headKey, witnesses}) {
  const {position, recorded_at, version, says} = leaf;
  const {stream, type, actor, as, at, id, cause, open} = says;
  const withheld = hasOwn(says, 'data') || hasOwn(says, 'personal');  // content that a receipt does not show
  const event = {position, recorded_at, at, actor, as, for: says.for, type, stream, version, id, cause, open, withheld};
  return {ledger: note.origin, position, stream, type, actor, as, at, recorded_at, size: note.size, vkey: headKey,
          witnesses, event};
}

// ---- The calls ------------------------------------------------------------------------------------------------------

async function readReader(pack, {vkey, witnesses = [], authorities = []}) {
  const reader = {
    vkey: vkey ? await parseVkey(pack, vkey, kTypeCheckpoint) : undefined,
    witnesses: [],
    authorities: []
  };
  for (const witness of witnesses) reader.witnesses.push(await parseVkey(pack, witness, kTypeWitness));
  for (const authority of authorities) reader.authorities.push(readCertificate(authority));
  return reader;
}

function begin(subtle) {
  if (!subtle) throw new TypeError('no hay Web Crypto · there is no Web Crypto');
  return {subtle, refusals: [], keys: new Map(), witnesses: [], stamps: [], stamped: new Map()};
}

function rule(pack, verdict) {
  const refusals = kCodes.flatMap((code) => pack.refusals.filter((refusal) => refusal.code === code));
  return {good: refusals.length === 0, ...refusals[0], refusals, verdict};
}

// Whether the pack is good, for a reader who knows the ledger's key `vkey` (name+hash+base64), the `witnesses`' keys
// and the certificates (DER) of time stamping `authorities`; each may be left out. `subtle` is Web Crypto's, where it
// is not global. Throws where the reader's keys are none. Of several refusals, `code` is the first in the order of
// kCodes.
export async function verifyPack(
    bytes, {vkey, witnesses, authorities, subtle = globalThis.crypto?.subtle} = {}) {
  const pack = begin(subtle);
  const reader = await readReader(pack, {vkey, witnesses, authorities});
  return rule(pack, await judge(pack, bytes, reader));
}

// The same of a receipt, given as text or as its bytes. Without `vkey` it is refused.
export async function verifyReceipt(text, {vkey, witnesses, subtle = globalThis.crypto?.subtle} = {}) {
  const pack = begin(subtle);
  const reader = await readReader(pack, {vkey, witnesses});
  await stage(pack, () => readReceipt(pack, typeof text === 'string' ? text : decodeUtf8(text) ?? ''));
  if (pack.refusals.length > 0) return rule(pack, undefined);
  await checkReceipt(pack, reader);
  return rule(pack, giveReceiptVerdict(pack));
}

// Whether the file is a receipt; else it is taken for a pack.
export const isReceiptFile = (bytes) => bytes[0] === 0x7b;
