// Receipts (ledger/FORMAT.md section 5), good and forged, of the ledger that evidence_ledger.mjs makes: evidence.mjs
// puts them beside the packs. A receipt is an object until it is written, so that a forger can change any part. As with
// packs, what the keys of the ledger allow is made anew, so that each is wrong in one thing alone.
import * as format from './format.mjs';
import * as packs from './evidence_pack.mjs';
import {kKeys, kOrigin} from './evidence_ledger.mjs';

const {hex, jcs, utf8} = format;
const kVkey = format.formatVkey(kOrigin, kKeys.checkpoint2.public);
const kFirstVkey = format.formatVkey(kOrigin, kKeys.checkpoint.public);
const kOther = 'ledger.example/other';
const kKnown = {vkey: kVkey};
const kWitnessed = {...kKnown, witnesses: [packs.witnessVkey(kKeys.witness)]};
const kAnyHash = '5a'.repeat(32);

const write = (receipt) => utf8(jcs(receipt));
const flipHex = (digits) => `${digits[0] === '0' ? '1' : '0'}${digits.slice(1)}`;
const hashesOf = (ledger, size) => ledger.events.slice(0, size).map((event) => event.hash);

// Of the event of that name or position; `size` and `key` of the head.
function receiptOf(ledger, event, {size = ledger.events.length, key = kKeys.checkpoint2, cosigned} = {}) {
  const position = typeof event === 'number' ? event : ledger.at(event);
  return {
    checkpoint: packs.noteOf(ledger, size, key, {cosigned}),
    event: JSON.parse(ledger.events[position].text),
    format: 'fedatario.receipt.v1',
    proof: format.inclusion(position, hashesOf(ledger, size)).map(hex),
  };
}

// A note that the ledger's key signs, of whatever root.
const noteOf = (size, root, origin = kOrigin) => format.makeCheckpoint(origin, size, root, kKeys.checkpoint2).note;

// What a verifier comes to that takes the path as it is, of whatever length; `left`: what is over stands left.
function foldedBy(hash, position, size, proof, left) {
  let last = size - 1;
  for (const step of proof.map(format.unhex)) {
    const isRight = position % 2 === 1 || (position === last && (left || position > 0));
    const pair = isRight ? [step, hash] : [hash, step];
    hash = format.sha256(Buffer.of(1), ...pair);
    for (; isRight && position % 2 === 0 && position > 0; position /= 2) last = Math.floor(last / 2);
    [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
  }
  return hash;
}

// The receipt with another path, under a head that has the root it leads to.
function withPath(t, change, left = false) {
  const receipt = receiptOf(t.base, 'line 2');
  const [position, size] = [t.base.at('line 2'), t.base.events.length];
  const proof = change(receipt.proof);
  const root = foldedBy(t.base.events[position].hash, position, size, proof, left);
  return {...receipt, proof, checkpoint: noteOf(size, root)};
}

// A note with an extension line and the line of a signer nobody knows.
function extended(t) {
  const size = t.base.events.length;
  const text = `${kOrigin}\n${size}\n${t.base.root(size).toString('base64')}\nextension de otro\n`;
  const key = kKeys.checkpoint2;
  const line = (name, signer) => `\u2014 ${name} ${
      Buffer.concat([format.keyId(name, signer.public), signer.sign(utf8(text))]).toString('base64')}\n`;
  return {...receiptOf(t.base, 'line 2'),
          checkpoint: `${text}\n${line('otro.example', kKeys.stranger)}${line(kOrigin, key)}`};
}

// Cosigned by the witness, of another log's head.
function replayed(t) {
  const size = t.base.events.length;
  const text = `${kOther}\n${size}\n${t.base.root(size).toString('base64')}\n`;
  return {...receiptOf(t.base, 'line 2'),
          checkpoint: packs.noteOf(t.base, size, kKeys.checkpoint2, {cosigned: true, text})};
}

const good = {
  'founding': [
    {es: 'la fundación, en la posición 0', en: 'the founding, at position 0'},
    (t) => write(receiptOf(t.base, 'founding')), kKnown,
    {ledger: kOrigin, position: 0, stream: 'ledger', type: 'ledger.founded', vkey: kVkey}
  ],
  'founding-alone': [
    {es: 'la fundación cuando era lo único, sin prueba', en: 'the founding when it was all, without a path'},
    (t) => write(receiptOf(t.base, 'founding', {size: 1, key: kKeys.checkpoint})), {vkey: kFirstVkey}, {size: 1}
  ],
  'middle': [
    {es: 'un hecho de en medio, antes de la rotación de la clave', en: 'from the middle, before the key was rotated'},
    (t) => write(receiptOf(t.base, 'line 1', {size: t.base.at('approved') + 1, key: kKeys.checkpoint})),
    {vkey: kFirstVkey}, {type: 'plan.line.added', actor: 'profesional.ddo.1', as: 'professional@ddo', vkey: kFirstVkey}
  ],
  'last': [
    {es: 'el último hecho', en: 'the last event'}, (t) => write(receiptOf(t.base, 'last')), kKnown,
    {stream: 'intervention/2026/ddo/0002', type: 'intervention.started'}
  ],
  'last-of-its-head': [
    {es: 'el último de su cabeza, con otros después', en: 'the last of its head, others came later'},
    (t) => write(receiptOf(t.base, 'alert', {size: t.base.at('alert') + 1})), kKnown
  ],
  'rotation-by-ending-key': [
    {es: 'la rotación misma, por la clave que termina', en: 'the rotation itself, by the key that ends'},
    (t) => write(receiptOf(t.base, 'checkpoint rotated',
        {size: t.base.at('checkpoint rotated') + 1, key: kKeys.checkpoint})), {vkey: kFirstVkey}
  ],
  'after-rotation': [
    {es: 'tras la rotación, por la clave que empezó', en: 'after the rotation, by the key that began'},
    (t) => write(receiptOf(t.base, 'scheduled 2', {size: t.base.at('ec') + 1})), kKnown, {vkey: kVkey}
  ],
  'signed-by-author': [
    {es: 'un hecho con la firma de su autor', en: 'signed by its author'}, (t) => write(receiptOf(t.base, 'line 2')),
    kKnown, {actor: 'directora.ddo', as: 'director@ddo'}
  ],
  'signed-in-session': [
    {es: 'un hecho de una sesión', en: 'recorded in a session'}, (t) => write(receiptOf(t.base, 'session')), kKnown,
    {type: 'session.held', stream: 'intervention/2026/ddo/0001'}
  ],
  'line-end': [
    {es: 'con fin de línea', en: 'with a line end'},
    (t) => Buffer.concat([write(receiptOf(t.base, 'line 2')), utf8('\n')]), kKnown
  ],
  'cosigned': [
    {es: 'con la firma de un testigo', en: 'cosigned by a witness'},
    (t) => write(receiptOf(t.base, 'line 2', {cosigned: true})), kWitnessed
  ],
  'unknown-witness': [
    {es: 'la firma que no vale es de un testigo desconocido', en: 'a cosignature of an unknown witness does not count'},
    (t) => write(replayed(t)), kKnown
  ],
  'extension-line': [
    {es: 'líneas de la nota que el lector no conoce', en: 'lines of the note that the reader does not know'},
    (t) => write(extended(t)), kKnown
  ],
};

// The text of a good one, changed.
const spelt = (change) => (t) => utf8(change(jcs(receiptOf(t.base, 'line 2'))));
const changed = (change) => (t) => write(change(receiptOf(t.base, 'line 2'), t));

const form = {
  'space': [{en: 'a space between members'}, spelt((text) => text.replace(',"event"', ', "event"')), kKnown],
  'out-of-order':
      [{en: 'members out of order'}, spelt((text) => JSON.stringify({format: 0, ...JSON.parse(text)})), kKnown],
  'escaped': [{en: 'a character escaped that need not be'}, spelt((text) => text.replace('\u2014', '\\u2014')), kKnown],
  'twice': [
    {en: 'a member twice'},
    spelt((text) => text.replace('"format":', '"format":"fedatario.receipt.v1","format":')), kKnown
  ],
  'two-line-ends': [{en: 'two line ends'}, spelt((text) => `${text}\n\n`), kKnown],
  'carriage-return': [{en: 'a line end of another system'}, spelt((text) => `${text}\r\n`), kKnown],
  'cut': [{en: 'cut short'}, spelt((text) => text.slice(0, -1)), kKnown],
  'not-utf8': [
    {en: 'a byte that is no UTF-8'},
    (t) => {
      const bytes = write(receiptOf(t.base, 'line 2'));
      bytes[bytes.indexOf(utf8('\u2014'))] = 0xff;
      return bytes;
    },
    kKnown
  ],
  'extra-member': [{en: 'a member more'}, changed((receipt) => ({...receipt, size: 1})), kKnown],
  'member-wanting': [{en: 'without `proof`'}, changed(({proof, ...rest}) => rest), kKnown],
  'another-format':
      [{en: 'of another version'}, changed((receipt) => ({...receipt, format: 'fedatario.receipt.v2'})), kKnown],
  'proof-not-hex': [
    {en: 'a hash in capitals'},
    changed((receipt) => ({...receipt, proof: receipt.proof.map((one) => one.toUpperCase())})), kKnown
  ],
  'note-without-signatures': [
    {en: 'the note is no signed note'},
    changed((receipt) => ({...receipt, checkpoint: receipt.checkpoint.split('\n\n')[0]})), kKnown
  ],
  'event-extra-member': [
    {en: 'a member more in the event'}, changed((receipt) => ({...receipt, event: {...receipt.event, a: 1}})), kKnown
  ],
  'event-no-leaf':
      [{en: 'the event is its statement alone'}, changed((receipt, t) => ({...receipt, event:
          t.base.events[t.base.at('line 2')].says})), kKnown],
  'statement-unknown-member': [
    {en: 'a statement with a member nobody knows, committed to as it is'},
    (t) => write(receiptOf(
        t.retold('line 2', {onPayload: (says) => says.replace('"actor"', '"aa":1,"actor"')}), 'line 2')),
    kKnown
  ],
};

const ofLedger = (name, ledger) => (t) => write(receiptOf(t.retold(name, {ledger}), name));

const ledger = {
  'another-origin':
      [{en: 'the statement is of another origin'}, ofLedger('line 2', `${kOther}#0123456789abcdef`), kKnown],
  'longer-origin': [
    {en: 'the statement\'s origin only begins as this one'}, ofLedger('line 2', `${kOrigin}or#0123456789abcdef`), kKnown
  ],
  'founding-of-another': [{en: 'the founding is of another origin'}, ofLedger('founding', kOther), kKnown],
  'founding-with-hash': [
    {en: 'what stands at 0 is no founding'},
    (t) => write(receiptOf(
        t.retold('founding', {type: 'ledger.clock.confirmed', ledger: `${kOrigin}#0123456789abcdef`}), 'founding')),
    kKnown
  ],
  'reader-knows-another-ledger': [
    {en: 'a good receipt, and a reader who knows another ledger'}, changed((receipt) => receipt),
    {vkey: format.formatVkey(kOther, kKeys.checkpoint2.public)}
  ],
};

const tree = {
  'spliced': [
    {en: 'the event of one and the proof of another'},
    (t) => write({...receiptOf(t.base, 'line 1'), event: receiptOf(t.base, 'line 2').event}), kKnown
  ],
  'event-changed': [
    {en: 'the time of the event is another'}, changed((receipt) => ({...receipt, event:
        {...receipt.event, recorded_at: receipt.event.recorded_at.replace(/\d{6}Z$/, '999999Z')}})), kKnown
  ],
  'event-moved': [
    {en: 'the event says another position'},
    changed((receipt) => ({...receipt, event: {...receipt.event, position: receipt.event.position + 2}})), kKnown
  ],
  'proof-flipped': [
    {en: 'one bit of the proof'},
    changed((receipt) => ({...receipt, proof: [flipHex(receipt.proof[0]), ...receipt.proof.slice(1)]})), kKnown
  ],
  'proof-reversed': [
    {en: 'the proof from the root down'},
    changed((receipt) => ({...receipt, proof: [...receipt.proof].reverse()})), kKnown
  ],
  'proof-empty': [{en: 'without a proof'}, changed((receipt) => ({...receipt, proof: []})), kKnown],
  'proof-short':
      [{en: 'a hash less'}, changed((receipt) => ({...receipt, proof: receipt.proof.slice(0, -1)})), kKnown],
  'proof-long':
      [{en: 'a hash more'}, changed((receipt) => ({...receipt, proof: [...receipt.proof, kAnyHash]})), kKnown],
  'proof-short-to-a-root': [
    {en: 'a hash less, and a head of the root that makes'}, (t) => write(withPath(t, (proof) => proof.slice(0, -1))),
    kKnown
  ],
  'proof-long-to-a-root': [
    {en: 'a hash more, and a head of the root that makes'}, (t) => write(withPath(t, (proof) => [...proof, kAnyHash])),
    kKnown
  ],
  'proof-long-to-the-left': [
    {en: 'the same, with what is over on the left'},
    (t) => write(withPath(t, (proof) => [...proof, kAnyHash], true)), kKnown
  ],
  'rolled-back': [
    {en: 'the head of a smaller size, the proof as it was'},
    (t) => write({...receiptOf(t.base, 'line 2'), checkpoint: packs.noteOf(t.base, t.base.events.length - 1,
        kKeys.checkpoint2)}), kKnown
  ],
  'size-at-position': [
    {en: 'the head ends before the event'},
    (t) => write({...receiptOf(t.base, 'last'), checkpoint: packs.noteOf(t.base, t.base.at('last'),
        kKeys.checkpoint2)}), kKnown
  ],
  'size-one': [
    {en: 'a head of one event, whose root is the hash of a later one'},
    (t) => write({...receiptOf(t.base, 'line 2'), proof: [], checkpoint:
        noteOf(1, t.base.events[t.base.at('line 2')].hash)}), kKnown
  ],
  'size-zero': [
    {en: 'the head of an empty log'},
    (t) => write({...receiptOf(t.base, 'founding'), proof: [], checkpoint: noteOf(0, format.root([]))}), kKnown
  ],
  'fork-by-the-key': [
    {en: 'the head of a fork, signed by the ledger\'s key'},
    (t) => {
      const fork = t.retold('last', {data: {date: '2026-04-07'}});
      return write({...receiptOf(t.base, 'line 2'), checkpoint: packs.noteOf(fork, fork.events.length,
          kKeys.checkpoint2)});
    },
    kKnown
  ],
};

const checkpoint = {
  'fork-by-a-stranger': [
    {en: 'an event changed, with the tree and a head made for it, by a foreign key'},
    (t) => write(receiptOf(t.retold('line 2', {as: 'director@dgr'}), 'line 2', {key: kKeys.stranger})), kKnown
  ],
  'stranger-in-disguise': [
    {en: 'the same, under the id of the ledger\'s key'},
    changed((receipt, t) => {
      const [signed, line] = packs.noteOf(t.base, t.base.events.length, kKeys.stranger).split('\n\n');
      const bytes = Buffer.from(line.trim().split(' ')[2], 'base64');
      const disguised = Buffer.concat([format.keyId(kOrigin, kKeys.checkpoint2.public), bytes.subarray(4)]);
      return {...receipt, checkpoint: `${signed}\n\n\u2014 ${kOrigin} ${disguised.toString('base64')}\n`};
    }),
    kKnown
  ],
  'reader-knows-another-key': [
    {en: 'a good receipt, and a reader who knows another key'}, changed((receipt) => receipt),
    {vkey: format.formatVkey(kOrigin, kKeys.stranger.public)}
  ],
  'reader-knows-the-key-that-ended': [
    {en: 'signed after the rotation, and a reader who knows the key before'}, changed((receipt) => receipt),
    {vkey: kFirstVkey}
  ],
  'note-of-another-origin': [
    {en: 'the note is another log\'s, by the same key'},
    changed((receipt, t) => ({...receipt, checkpoint:
        noteOf(t.base.events.length, t.base.root(t.base.events.length), kOther)})), kKnown
  ],
  'note-of-another-origin-under-the-name': [
    {en: 'the note says another origin, and is signed under the name of this one'},
    changed((receipt, t) => {
      const text = receipt.checkpoint.split('\n\n')[0].replace(kOrigin, kOther);
      const {public: raw} = kKeys.checkpoint2;
      const line = Buffer.concat([format.keyId(kOrigin, raw), kKeys.checkpoint2.sign(utf8(`${text}\n`))]);
      return {...receipt, checkpoint: `${text}\n\n\u2014 ${kOrigin} ${line.toString('base64')}\n`};
    }),
    kKnown
  ],
};

const witness = {
  'cosignature-replayed': [{en: 'the witness\'s cosignature of another log'}, (t) => write(replayed(t)), kWitnessed],
};

// By what they are to be judged, as the cases of evidence.mjs.
export const kReceipts = {good, form, ledger, tree, checkpoint, witness};
