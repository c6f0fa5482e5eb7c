// Statements at the edge of the rules of FORMAT.md sections 1 and 2: `refused`, each with exactly one fault, and
// `accepted`. Every one is the same sound statement with one thing changed. Members are held as JSON text, so that text
// which no writer of JSON would give can stand in their place.
import {jcs, kMaxDepth, kMaxOpenBytes, kMaxOriginBytes, kMaxStatementBytes, utf8} from './format.mjs';

const written = (members) => Object.fromEntries(Object.entries(members).map(([name, value]) => [name, jcs(value)]));
const assemble = (texts) => `{${Object.keys(texts).sort().map((name) => `${jcs(name)}:${texts[name]}`).join(',')}}`;

// {"a":{"a":…{}…}}, `depth` objects in all.
const nested = (depth) => '{"a":'.repeat(depth - 1) + '{}' + '}'.repeat(depth - 1);
const openOf = (bytes) => ({pad: 'x'.repeat(bytes - '{"pad":""}'.length)});

function makeTools(says) {
  const base = written(says);
  const text = assemble(base);
  const put = (texts) => assemble({...base, ...texts});
  const set = (members) => put(written(members));
  const without = (...names) =>
      assemble(Object.fromEntries(Object.entries(base).filter(([name]) => !names.includes(name))));
  const row = (name, payload, why) => ({name, why, encoding: 'utf-8', payload});
  const bytes = (name, parts, why) => {
    const payload = Buffer.concat(parts.map((part) => Buffer.from(part)));
    return {name, why, encoding: 'base64', payload: payload.toString('base64')};
  };
  // A statement of `size` bytes; beyond what the limits of its members allow, `open` is over its own.
  const sized = (size) => {
    const make = (pad) => set({open: {pad: 'x'.repeat(pad)}});
    return make(size - utf8(make(0)).length);
  };
  return {text, put, set, without, row, bytes, sized};
}

const kRequired = ['actor', 'as', 'at', 'id', 'key', 'ledger', 'schema', 'stream', 'type'];
const kWrongTypes = {
  actor: 7, as: true, at: 1772773199, cause: [], data: {}, file: 42, for: false, id: 1, key: ['x'], ledger: {},
  open: [], personal: 1, schema: '1', seen: [], source: 'orfeo', stream: ['intervention'], type: 3, version: '2',
};
const kHash = 'ab'.repeat(32);
const kFounding = '0123456789abcdef';
const segment = (length) => 'a'.repeat(length);

const kRefusedTimes = [
  ['at-z', '2026-03-05T23:59:59Z', 'UTC is written +00:00'],
  ['at-minus-zero', '2026-03-05T23:59:59-00:00', '-00:00 is never written'],
  ['at-without-offset', '2026-03-05T23:59:59', 'no offset'],
  ['at-month-13', '2026-13-05T23:59:59-05:00', 'there is no month 13'],
  ['at-day-0', '2026-03-00T23:59:59-05:00', 'there is no day 0'],
  ['at-31-february', '2026-02-31T23:59:59-05:00', 'there is no 31 February'],
  ['at-29-february', '2026-02-29T23:59:59-05:00', '2026 is no leap year'],
  ['at-29-february-2100', '2100-02-29T23:59:59-05:00', '2100 is no leap year'],
  ['at-year-1899', '1899-12-31T23:59:59-05:00', 'years begin at 1900'],
  ['at-year-10000', '10000-01-01T00:00:00-05:00', 'years end at 9999'],
  ['at-hour-24', '2026-03-05T24:00:00-05:00', 'hours end at 23'],
  ['at-minute-60', '2026-03-05T23:60:00-05:00', 'minutes end at 59'],
  ['at-leap-second', '2026-06-30T23:59:60+00:00', 'leap seconds are not written'],
  ['at-fraction', '2026-03-05T23:59:59.0-05:00', 'seconds have no fraction'],
  ['at-space', '2026-03-05 23:59:59-05:00', 'T stands between date and time'],
  ['at-lower-t', '2026-03-05t23:59:59-05:00', 'T is upper-case'],
  ['at-offset-14-01', '2026-03-05T23:59:59+14:01', 'offset at most 14:00'],
  ['at-offset-minus-14-01', '2026-03-05T23:59:59-14:01', 'offset at most 14:00'],
  ['at-offset-minute-60', '2026-03-05T23:59:59-05:60', 'minutes of the offset end at 59'],
];

// [name, members, why]
const kRefusedMembers = [
  ['unknown-member', {note: 'x'}, 'note is no member of a statement'],
  ['unknown-keyid', {keyid: kHash}, 'keyid is no member of a statement'],
  ['actor-upper-case', {actor: 'Profesional.ddo.2'}, 'a segment is lower-case'],
  ['actor-empty', {actor: ''}, 'a segment has at least one character'],
  ['actor-begins-with-dot', {actor: '.profesional'}, 'a segment begins with a letter or digit'],
  ['actor-accent', {actor: 'peña'}, 'a segment is ASCII'],
  ['file-65', {file: segment(65)}, 'a segment has at most 64 characters'],
  ['for-slash', {for: 'profesional/1'}, 'for is one segment'],
  ['as-bad-role', {as: 'Professional@ddo'}, 'a role is lower-case'],
  ['as-role-with-digit', {as: 'role1@ddo'}, 'a role has letters and underscores'],
  ['as-role-33', {as: segment(33)}, 'a role has at most 32 characters'],
  ['as-empty-unit', {as: 'professional@'}, 'the unit after @ is a segment'],
  ['as-null-character', {as: 'professional\u0000@ddo'}, 'a role ends at @, not at U+0000'],
  ['as-null-character-without-unit', {as: 'professional\u0000'}, 'a role has letters and underscores'],
  ['as-two-units', {as: 'professional@ddo@ddo'}, 'a unit has no @'],
  ['stream-empty-segment', {stream: 'intervention//ddo'}, 'a name has no empty segment'],
  ['stream-leading-slash', {stream: '/intervention'}, 'a name has no empty segment'],
  ['stream-trailing-slash', {stream: 'intervention/'}, 'a name has no empty segment'],
  ['stream-upper-case', {stream: 'intervention/2026/DDO/0042'}, 'a segment is lower-case'],
  ['stream-segment-65', {stream: `intervention/${segment(65)}`}, 'a segment has at most 64 characters'],
  ['stream-201', {stream: [64, 64, 64, 6].map(segment).join('/')}, 'a name has at most 200 bytes'],
  ['type-65', {type: `session.${segment(57)}`}, 'a type has at most 64 bytes'],
  ['type-two-dots', {type: 'session..held'}, 'between two dots stands a segment'],
  ['type-trailing-dot', {type: 'session.'}, 'after a dot stands a segment'],
  ['type-upper-case', {type: 'session.Held'}, 'a segment is lower-case'],
  ['id-upper-case', {id: '019CC167-E600-7A0B-8C0D-0E0F10111213'}, 'a UUID is lower-case'],
  ['id-version-4', {id: '019cc167-e600-4a0b-8c0d-0e0f10111213'}, 'the UUID is version 7'],
  ['id-variant', {id: '019cc167-e600-7a0b-cc0d-0e0f10111213'}, 'the variant of RFC 9562 has the bits 10'],
  ['id-without-hyphens', {id: '019cc167e6007a0b8c0d0e0f10111213'}, 'a UUID has hyphens'],
  ['cause-version-4', {cause: '019cc167-e600-4a0b-8c0d-0e0f10111213'}, 'a cause is an id: UUID version 7'],
  ['key-short', {key: kHash.slice(2)}, 'a hash has 64 hex digits'],
  ['key-long', {key: `${kHash}ab`}, 'a hash has 64 hex digits'],
  ['key-upper-case', {key: kHash.toUpperCase()}, 'hex is lower-case'],
  ['ledger-without-founding', {ledger: 'ledger.example/audit'}, 'only the founding names the origin alone'],
  ['ledger-short-founding', {ledger: `ledger.example/audit#${kFounding.slice(1)}`}, '16 hex digits stand after #'],
  ['ledger-upper-case-founding', {ledger: `ledger.example/audit#${kFounding.toUpperCase()}`}, 'hex is lower-case'],
  ['ledger-two-hashes', {ledger: `ledger.example#audit#${kFounding}`}, 'an origin has no #'],
  ['ledger-without-origin', {ledger: `#${kFounding}`}, 'an origin has at least one character'],
  ['ledger-plus', {ledger: `ledger.example+audit#${kFounding}`}, 'an origin has no +'],
  ['ledger-space', {ledger: `ledger example#${kFounding}`}, 'an origin has no space'],
  ['ledger-wide-space', {ledger: `ledger\u3000example#${kFounding}`}, 'no space of Unicode either'],
  ['ledger-control', {ledger: `ledger\u0001example#${kFounding}`}, 'an origin has no control character'],
  ['ledger-delete', {ledger: `ledger\u007fexample#${kFounding}`}, 'U+007F is a control character'],
  ['ledger-next-line', {ledger: `ledger\u0085example#${kFounding}`}, 'U+0085 is a control character and a space'],
  ['origin-129', {ledger: `${segment(kMaxOriginBytes + 1)}#${kFounding}`}, 'an origin has at most 128 bytes'],
  ['origin-129-in-65-characters', {ledger: `${'ñ'.repeat(64)}a#${kFounding}`}, 'bytes are counted, not characters'],
  ['origin-129-founding', {ledger: segment(kMaxOriginBytes + 1), type: 'ledger.founded'}, 'the same in the founding'],
  ['ledger-founding-with-hash', {type: 'ledger.founded'}, 'the founding names the origin alone'],
  ['schema-0', {schema: 0}, 'schemas begin at 1'],
  ['schema-negative', {schema: -1}, 'schemas begin at 1'],
  ['version-0', {version: 0}, 'versions begin at 1'],
  ['seen-size-0', {seen: {root: kHash, size: 0}}, 'a head seen has at least one event'],
  ['seen-short-root', {seen: {root: kHash.slice(2), size: 3}}, 'a hash has 64 hex digits'],
  ['seen-without-size', {seen: {root: kHash}}, 'seen has root and size'],
  ['seen-unknown-member', {seen: {at: 1, root: kHash, size: 3}}, 'seen has root and size'],
  ['source-row-0', {source: {row: 0, sha256: kHash}}, 'rows begin at 1'],
  ['source-without-row', {source: {sha256: kHash}}, 'a file goes with its row'],
  ['source-both-shapes', {source: {number: '1', row: 1, sha256: kHash, system: 'orfeo'}}, 'a source has one shape'],
  ['source-empty', {source: {}}, 'a source has one shape'],
  ['source-number-empty', {source: {number: '', system: 'orfeo'}}, 'a number has at least one character'],
  ['source-number-65', {source: {number: segment(65), system: 'orfeo'}}, 'a number has at most 64 characters'],
  ['source-number-accent', {source: {number: 'año-1', system: 'orfeo'}}, 'a number is printable ASCII'],
  ['source-number-control', {source: {number: 'a\tb', system: 'orfeo'}}, 'a number is printable ASCII'],
  ['source-number-delete', {source: {number: 'a\u007fb', system: 'orfeo'}}, 'U+007F is not printable'],
  ['source-system-upper-case', {source: {number: '1', system: 'Orfeo'}}, 'a system is a segment'],
  ['data-without-prefix', {data: kHash}, 'a commitment to data begins with hs256:'],
  ['data-sha256-prefix', {data: `sha256:${kHash}`}, 'a commitment to data begins with hs256:'],
  ['data-short', {data: `hs256:${kHash.slice(2)}`}, 'a commitment has 64 hex digits'],
  ['personal-hs256-prefix', {personal: `hs256:${kHash}`}, 'a commitment to personal parts begins with sha256:'],
  ['open-8193', {open: openOf(kMaxOpenBytes + 1)}, 'open has at most 8192 bytes'],
];

// The statement `says` with one fault, once for each rule.
export function refused(says) {
  const {text, put, set, without, row, bytes, sized} = makeTools(says);
  const open = (json) => put({open: json});
  const [head, tail] = open('{"a":"!"}').split('!').map(utf8);
  return [
    ...kRequired.map((name) => row(`missing-${name}`, without(name), `${name} always stands`)),
    ...Object.entries(kWrongTypes).map(
        ([name, value]) => row(`wrong-type-${name}`, set({[name]: value}), `${name} has another JSON type`)),
    ...kRefusedMembers.map(([name, members, why]) => row(name, set(members), why)),
    ...kRefusedTimes.map(([name, at, why]) => row(name, set({at}), why)),

    row('null', put({cause: 'null'}), 'null is never written'),
    row('null-within-open', open('{"a":null}'), 'null is never written'),
    row('fraction', put({schema: '1.5'}), 'numbers are integers'),
    row('fraction-zero', put({schema: '1.0'}), 'integers are written without fraction'),
    row('exponent', put({schema: '1e0'}), 'integers are written without exponent'),
    row('leading-zero', put({schema: '01'}), 'no JSON'),
    row('minus-zero', open('{"a":-0}'), 'zero is written 0'),
    row('two-to-the-53', open('{"a":9007199254740992}'), 'integers end at 2^53-1'),
    row('minus-two-to-the-53', open('{"a":-9007199254740992}'), 'integers begin at -(2^53-1)'),
    row('version-two-to-the-53', put({version: '9007199254740992'}), 'integers end at 2^53-1'),

    row('space', text.replace(':', ': '), 'canonical JSON has no white space'),
    row('leading-space', ` ${text}`, 'canonical JSON has no white space'),
    row('trailing-newline', `${text}\n`, 'canonical JSON has no white space'),
    row('unsorted', text.replace(/^\{("actor":"[^"]*"),("as":"[^"]*")/, '{$2,$1'), 'as stands before actor'),
    row('unsorted-within-open', open('{"b":1,"a":2}'), 'members are sorted at every depth'),
    row('unsorted-by-code-point', open('{"\uFB33":1,"\u{1F602}":2}'), 'names are sorted by UTF-16 unit'),
    row('duplicate-name', text.replace('{', '{"actor":"profesional.ddo.2",'), 'actor stands twice'),
    row('duplicate-name-within-open', open('{"a":1,"a":1}'), 'a stands twice'),
    row('escape-not-needed', open('{"a":"\\u0041"}'), 'A is written as itself'),
    row('escaped-solidus', open('{"a":"\\/"}'), '/ is written as itself'),
    row('escape-upper-case', open('{"a":"\\u001F"}'), 'escapes are lower-case'),
    row('escape-long', open('{"a":"\\u000a"}'), 'a line feed is written \\n'),
    row('raw-control', open('{"a":"\u0001"}'), 'control characters are escaped'),
    row('lone-high-surrogate', open('{"a":"\\ud83d"}'), 'lone surrogates are refused'),
    row('lone-low-surrogate', open('{"a":"\\ude02"}'), 'lone surrogates are refused'),
    row('lone-surrogate-name', open('{"\\ud83d":1}'), 'lone surrogates are refused'),
    bytes('byte-order-mark', [[0xef, 0xbb, 0xbf], utf8(text)], 'a byte order mark is refused'),
    bytes('not-utf-8', [head, [0xff], tail], 'no UTF-8'),
    bytes('latin-1', [head, [0xf1], tail], 'no UTF-8'),
    bytes('overlong-utf-8', [head, [0xc1, 0x81], tail], 'no UTF-8'),
    bytes('surrogate-in-utf-8', [head, [0xed, 0xa0, 0x80], tail], 'no UTF-8'),
    row('depth-17', open(nested(kMaxDepth)), 'nesting is at most 16 deep'),
    row('statement-16385', sized(kMaxStatementBytes + 1), 'a statement has at most 16384 bytes; it is not read'),

    row('empty', '', 'no JSON'),
    row('array', `[${text}]`, 'a statement is an object'),
    row('cut-off', text.slice(0, -1), 'no JSON'),
    row('two-values', `${text}{}`, 'no JSON'),
  ];
}

// The statement `says` brought to the edge of a rule.
export function accepted(says) {
  const {text, put, set, without, row, sized} = makeTools(says);
  const why = 'allowed';
  return [
    row('sound', text, 'the statement of event 5'),
    row('minimal', without('data', 'file', 'for', 'source', 'version'), why),
    row('at-offset-plus-14', set({at: '2026-03-05T23:59:59+14:00'}), why),
    row('at-offset-minus-14', set({at: '2026-03-05T23:59:59-14:00'}), why),
    row('at-utc', set({at: '2026-03-05T23:59:59+00:00'}), why),
    row('at-first', set({at: '1900-01-01T00:00:00+14:00'}), 'the year as written counts'),
    row('at-last', set({at: '9999-12-31T23:59:59-14:00'}), 'the year as written counts'),
    row('at-leap-day', set({at: '2028-02-29T00:00:00-05:00'}), why),
    row('at-leap-day-2000', set({at: '2000-02-29T00:00:00-05:00'}), why),
    row('actor-1', set({actor: '0'}), 'a segment of one character'),
    row('file-64', set({file: segment(64)}), 'a segment of 64 characters'),
    row('as-longest', set({as: `procedure_coordinator@${segment(64)}`}), 'the longest role, a unit of 64'),
    row('as-without-unit', set({as: 'professional'}), why),
    row('origin-128', set({ledger: `${segment(kMaxOriginBytes)}#${kFounding}`}), 'an origin of 128 bytes'),
    row('origin-accents', set({ledger: `libro.ñandú/auditoría#${kFounding}`}), 'an origin need not be ASCII'),
    row('origin-128-in-64-characters', set({ledger: `${'ñ'.repeat(64)}#${kFounding}`}), 'bytes are counted'),
    row('founding-origin-128', set({ledger: segment(kMaxOriginBytes), type: 'ledger.founded'}), 'no # in the founding'),
    row('stream-200', set({stream: [64, 64, 64, 5].map(segment).join('/')}), 'a name of 200 bytes'),
    row('type-64', set({type: `session.${segment(56)}`}), 'a type of 64 bytes, of whatever name'),
    row('source-number-64', set({source: {number: '~'.repeat(64), system: 'orfeo'}}), 'a number of 64 characters'),
    row('source-row-1', set({source: {row: 1, sha256: kHash}}), why),
    row('seen-size-1', set({seen: {root: kHash, size: 1}}), why),
    row('largest-integers', set({open: {a: 2 ** 53 - 1, b: -(2 ** 53 - 1)}}), '2^53-1 and -(2^53-1)'),
    row('sorted-by-utf-16', put({open: '{"\u{1F602}":2,"\uFB33":1}'}), 'D83D stands before FB33'),
    row('surrogate-pair', put({open: '{"a":"\u{1F602}\u{10FFFF}\u007f\u2028"}'}), 'written as themselves'),
    row('depth-16', put({open: nested(kMaxDepth - 1)}), 'the statement is the outermost of 16'),
    row('open-8192', set({open: openOf(kMaxOpenBytes)}), 'open of 8192 bytes'),
  ];
}
