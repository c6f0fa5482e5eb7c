// Evidence packs (ledger/EVIDENCE.md) and receipts (ledger/FORMAT.md section 5), good and forged, that both verifiers
// are held against: each good one is to be found good, each forged one is to be refused with its code.
//
//   node evidence.mjs FOLDER     writes the packs and receipts there, and index.json:
//                                [{file, expect, what: {es, en}, options?, verdict?}], where `expect` is `good` or a
//                                code, `options` what the reader knows (vkey, witnesses; authorities in base64), and
//                                `verdict` some members that the verdict has
//
// A forger here holds the keys of the ledger's service and of its heads: whatever these allow is made anew (tree,
// heads, manifests), so that a forgery is wrong in one thing alone. Of several refusals the code is the first of
// section 7's table. Node 18 or newer and openssl.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import * as format from './format.mjs';
import * as made from './evidence_ledger.mjs';
import * as packs from './evidence_pack.mjs';
import {kReceipts} from './evidence_receipts.mjs';
import {Authorities} from './evidence_tokens.mjs';

const {hex, jcs, sha256, utf8} = format;
const {kKeys, kOrigin, speakers} = made;
const kPlan = {plan: '2026/ddo'};
const kFirst = {stream: 'intervention/2026/ddo/0001'};
const kVkey = format.formatVkey(kOrigin, kKeys.checkpoint2.public);
const kFirstVkey = format.formatVkey(kOrigin, kKeys.checkpoint.public);
const kWitnesses = [packs.witnessVkey(kKeys.witness)];

const text = (files, name) => files.get(`data/${name}`).toString();
const lines = (files, name) => text(files, name).split('\n').slice(0, -1);
const put = (files, name, value) => new Map([...files, [`data/${name}`, utf8(value)]]);
const putLines = (files, name, list) => put(files, name, list.map((line) => `${line}\n`).join(''));
const edit = (files, name, change) => putLines(files, name, change(lines(files, name)));
const editJson = (files, name, position, change) => edit(files, name, (list) => list.map((line) => {
  const value = JSON.parse(line);
  return value.position === position ? jcs(change(value)) : line;
}));
const flipHex = (digits) => `${digits[0] === '0' ? '1' : '0'}${digits.slice(1)}`;
const flipByte = (bytes, at) =>
    Buffer.from(bytes.map((byte, i) => i === (at + bytes.length) % bytes.length ? byte ^ 1 : byte));

// ---- What the cases are made with -----------------------------------------------------------------------------------

function makeTools(authorities) {
  const stamp = (kind, hash, bytes) => authorities.stamp(kind, hash, bytes);
  const steps = () => made.history(packs.rootOfNames);
  const build = (list) => new made.Ledger(list, stamp);
  const base = build(steps());
  // The ledger with one step told otherwise.
  const retold = (name, change) => build(made.changed(steps(), name, change));
  const added = (name, ...more) => build(made.before(steps(), name, ...more));
  const plan = (ledger = base, options = {}) => packs.makePack(ledger, {what: kPlan, ...options});
  const range = {actor: 'profesional.ddo.1', first: base.at('line 1'), last: base.at('action')};
  const actor = (ledger = base, options = {}) => packs.makePack(ledger, {what: range, ...options});
  return {authorities, stamp, steps, build, base, retold, added, plan, actor, range};
}

// ---- Good packs -----------------------------------------------------------------------------------------------------

const good = {
  'plan': [
    {
      es: 'un plan entero: firmas propias y de sesión, claves rotadas y revocadas, estampas de tiempo y su renovación',
      en: 'a whole plan: signed by authors and in sessions, keys rotated and revoked, stamps and a renewal'
    },
    (t) => packs.finish(t.plan()), {vkey: kVkey}, {subjects: 16, byAuthor: 6, bySession: 10}
  ],
  'plan-stored':
      [{es: 'el mismo plan sin comprimir', en: 'the same plan, stored'}, (t) => packs.finish(t.plan(), {stored: true})],
  'plan-known-by-first-key': [
    {es: 'un lector que conoce la primera clave', en: 'a reader who knows the first key'},
    (t) => packs.finish(t.plan()), {vkey: kFirstVkey}
  ],
  'plan-with-persons': [
    {es: 'con unos datos personales mostrados y otros no', en: 'some personal parts shown, others not'},
    (t) => packs.finish(t.plan(t.base, {personal: {attendance: [0, 2]}}))
  ],
  'plan-early': [
    {es: 'el plan a la primera cabeza, sin estampas', en: 'the plan as of the first heads, without stamps'},
    (t) => packs.finish(t.plan(t.base, {heads: 'heads 1', size: t.base.at('heads 1') + 1, key: kKeys.checkpoint})),
    {vkey: kFirstVkey}, {subjects: 6}
  ],
  'plan-nothing': [
    {es: 'un plan del que no hay nada, y que así se prueba', en: 'a plan of which there is nothing, as is proved'},
    (t) => packs.finish(packs.makePack(t.base, {what: {plan: '2027/ddo'}})), {}, {subjects: 0}
  ],
  'plan-trusted': [
    {es: 'con la autoridad de las estampas', en: 'with the authority of the stamps'}, (t) => packs.finish(t.plan()),
    (t) => ({authorities: [t.authorities.certificate('ca')]})
  ],
  'stream-cosigned': [
    {es: 'una línea, con la firma de un testigo', en: 'a line, cosigned by a witness'},
    (t) => packs.finish(packs.makePack(t.base, {what: kFirst, cosigned: true})), {vkey: kVkey, witnesses: kWitnesses},
    {subjects: 9, byAuthor: 3, bySession: 6}
  ],
  'stream-of-ledger': [
    {es: 'la historia del libro mismo', en: 'the stream of the ledger itself'},
    (t) => packs.finish(packs.makePack(t.base, {what: {stream: 'ledger'}}))
  ],
  'stream-of-actor': [
    {es: 'la historia de una persona', en: 'the stream of a person'},
    (t) => packs.finish(packs.makePack(t.base, {what: {stream: 'actor/directora.ddo'}}))
  ],
  'actor': [
    {es: 'lo que hizo una persona, desde mitad de las historias', en: 'what a person did, from the middle of streams'},
    (t) => packs.finish(t.actor())
  ],
  'head-by-ending-key': [
    {
      es: 'cabeza que termina con la rotación, por la clave que termina',
      en: 'a head that ends with the rotation, by the key that ends'
    },
    (t) => packs.finish(atRotation(t, kKeys.checkpoint)), {vkey: kFirstVkey}
  ],
  'head-by-beginning-key': [
    {es: 'la misma cabeza, por la clave que empieza', en: 'the same head, by the key that begins'},
    (t) => packs.finish(atRotation(t, kKeys.checkpoint2))
  ],
  'content-destroyed': [
    {es: 'contenido destruido, con su hecho', en: 'content destroyed, with its event'},
    (t) => packs.finish(destroyed(t, true))
  ],
  'unknown-witness': [
    {
      es: 'la firma de un testigo que el lector no conoce no cuenta',
      en: 'a cosignature of a witness unknown to the reader does not count'
    },
    (t) => packs.finish(replayed(t))
  ],
  'timestamp-pss': [
    {es: 'estampa firmada con RSA-PSS', en: 'a token signed with RSA-PSS'},
    (t) => packs.finish(t.plan(restamped(t, (token) => t.authorities.resign(token, 'rsa', {pss: true}))))
  ],
};

function atRotation(t, key) {
  return packs.makePack(t.base, {what: kPlan, heads: 'heads 1', size: t.base.at('checkpoint rotated') + 1, key});
}

// Of what stands in the plan's own stream.
function destroyed(t, told) {
  const cause = t.base.events[1].says.id;
  const event = {
    ...speakers.ledger,
    signers: ['service2'],
    type: 'key.destroyed',
    cause,
    open: {groups: ['trail/plan/2026'], kek: 1}
  };
  const ledger = told ? t.added('heads 2', event) : t.base;
  return t.plan(
      ledger,
      {destroyed: ledger.events.filter(({says}) => says.stream === 'plan/2026/ddo').map(({position}) => position)});
}

// A step's `open` and `data`, of which the token is made once: no two of openssl's are alike.
function stampStep(make) {
  let stamp;
  const once = (so_far) => (stamp ??= make(so_far));
  return {open: (so_far) => once(so_far).open, data: (so_far) => once(so_far).data};
}

// The first stamp with another token, or of another head.
function restamped(t, change, open = {}, list = t.steps()) {
  return t.build(made.changed(list, 'rsa', stampStep((so_far) => {
    const size = so_far.events.length;
    const stamp =
        made.stampOf(so_far, size, 'autoridad-rsa', change(t.stamp('rsa', 'sha256', so_far.headText(size)), so_far));
    return {...stamp, open: {...stamp.open, ...open}};
  })));
}

// The cosignature is the witness's, of another log.
function replayed(t) {
  const files = packs.makePack(t.base, {what: kFirst});
  const other = text(files, 'checkpoint.txt').split('\n\n')[0].replace(kOrigin, 'ledger.example/other');
  return put(
      files, 'checkpoint.txt',
      packs.noteOf(t.base, t.base.events.length, kKeys.checkpoint2, {cosigned: true, text: `${other}\n`}));
}

// ---- Forgeries ------------------------------------------------------------------------------------------------------

const bagged = (make) => (t) => packs.finish(make(t));

const archive = {
  'archive-no-zip': [{en: 'no zip archive'}, () => Buffer.from('no es un zip\n'.repeat(10))],
  'archive-cut': [{en: 'cut short'}, (t) => packs.finish(t.plan()).subarray(0, -100)],
  'archive-encrypted': [{en: 'said to be encrypted'}, (t) => packs.finish(t.plan(), {flags: 1})],
  'archive-twice': [
    {en: 'two members with one name'},
    (t) => packs.zip([...packs.inFolder(packs.bag(t.plan())), [`${packs.kTop}/data/tree.txt`, utf8('')]])
  ],
  'archive-outside': [
    {en: 'a member outside its folder'},
    (t) => packs.zip([...packs.inFolder(packs.bag(t.plan())), [`${packs.kTop}/../x`, utf8('x')]])
  ],
  'archive-two-folders':
      [{en: 'two top folders'}, (t) => packs.zip([...packs.inFolder(packs.bag(t.plan())), ['otro/x', utf8('x')]])],
};

const manifest = {
  'manifest-other-file': [
    {en: 'a file is not what the manifest says'},
    (t) => {
      const files = packs.bag(t.plan());
      return packs.zip(packs.inFolder(put(files, 'LEAME.txt', 'otra cosa\n')));
    }
  ],
  'manifest-extra-file': [
    {en: 'a payload file that is not named'}, (t) => packs.zip(packs.inFolder(put(packs.bag(t.plan()), 'x.txt', 'x')))
  ],
  'manifest-missing-file': [
    {en: 'a named file is missing'},
    (t) => {
      const files = packs.bag(t.plan());
      files.delete('data/LEAME.txt');
      return packs.zip(packs.inFolder(files));
    }
  ],
  'manifest-without-tree': [
    {en: 'one of the files a pack must have is wanting'},
    (t) => {
      const files = t.plan();
      files.delete('data/tree.txt');
      return packs.finish(files);
    }
  ],
  'manifest-of-tags': [
    {en: 'a tag file is not what its manifest says'},
    (t) => {
      const files = packs.bag(t.plan());
      files.set('bag-info.txt', utf8('Source-Organization: otra\n'));
      return packs.zip(packs.inFolder(files));
    }
  ],
};

const form = {
  'enrolment-of-small-key': [
    {en: 'a key of small order, under which anything is signed'}, bagged((t) => {
      const list = made.changed(t.steps(), 'scheduled 2', {...speakers.director, signers: ['director2']});
      return t.plan(t.build(made.changed(list, 'professional replaced', {
        open: {ground: 'replacement', public_key: hex(kNeutral), replaces: kKeys.professional.id},
        onSignatures: ([one]) => [one, kAnything],
      })));
    })
  ],
  'leaf-not-canonical': [
    {en: 'a leaf with a space, committed to as it is'},
    bagged((t) => t.plan(t.retold('verified', {onText: (leaf) => leaf.replace(',"position"', ', "position"')})))
  ],
  'statement-not-canonical': [
    {en: 'a statement with a space, signed as it is'},
    bagged((t) => t.plan(t.retold('verified', {onPayload: (says) => says.replace(',"as"', ', "as"')})))
  ],
  'statement-unknown-member': [
    {en: 'a statement with a member nobody knows'},
    bagged((t) => t.plan(t.retold('verified', {onPayload: (says) => says.replace('"actor"', '"aa":1,"actor"')})))
  ],
  'evidence-unknown-member': [
    {en: 'evidence.json says more than it may'},
    bagged((t) => put(t.plan(), 'evidence.json', text(t.plan(), 'evidence.json').replace('{', '{"a":1,')))
  ],
  'tree-not-hex': [
    {en: 'a line of tree.txt is no hash'},
    bagged((t) => edit(t.plan(), 'tree.txt', ([first, ...rest]) => [first.toUpperCase(), ...rest]))
  ],
  'content-not-json': [
    {en: 'a line of content.jsonl is cut'},
    bagged((t) => edit(t.plan(), 'content.jsonl', ([first, ...rest]) => [first.slice(0, -1), ...rest]))
  ],
};

const leaf = {
  'leaves-swapped': [
    {en: 'two leaves in each other\'s place'},
    bagged((t) => edit(t.plan(), 'leaves.jsonl', ([a, b, c, ...rest]) => [a, c, b, ...rest]))
  ],
  'time-goes-back': [
    {en: 'recorded before the one before it'},
    bagged(
        (t) => t.plan(t.retold('verified', {onLeaf: (one) => ({...one, recorded_at: '2026-01-02T13:00:00.000001Z'})})))
  ],
};

const ledger = {
  'founding-left-out': [{en: 'without the founding'}, bagged((t) => t.plan(t.base, {without: [0]}))],
  'another-founding': [
    {en: 'a statement signed for a ledger of the same origin and another founding'},
    bagged((t) => t.plan(t.retold('line 2', {ledger: `${kOrigin}#0123456789abcdef`})))
  ],
  'evidence-of-another': [
    {en: 'evidence.json names another founding'},
    bagged(
        (t) =>
            put(t.plan(), 'evidence.json',
                text(t.plan(), 'evidence.json').replace(/#[0-9a-f]/, (found) => found === '#0' ? '#1' : '#0')))
  ],
};

const chain = {
  'leaf-dropped': [
    {en: 'a leaf is left out of leaves.jsonl'}, bagged((t) => {
      const at = t.base.at('line 2');
      const keep = (line) => JSON.parse(line).position !== at;
      return edit(
          edit(t.plan(), 'leaves.jsonl', (list) => list.filter(keep)), 'content.jsonl', (list) => list.filter(keep));
    })
  ],
  'event-left-out-middle': [
    {en: 'an event in the middle is left out, the tree made so that it is not seen'},
    bagged((t) => t.plan(t.base, {without: [t.base.at('line 2')]}))
  ],
  'version-skipped': [
    {en: 'a version is skipped'},
    bagged((t) => t.plan(t.retold('line 2', {onLeaf: (one) => ({...one, version: one.version + 1})})))
  ],
  'prev-broken': [
    {en: 'the leaf before is another'},
    bagged((t) => t.plan(t.retold('line 2', {onLeaf: (one) => ({...one, prev: flipHex(one.prev)})})))
  ],
};

const key = {
  'leaf-too-many':
      [{en: 'a leaf that has nothing to do with the plan'}, bagged((t) => withMore(t, 'neighbour opened'))],
  'actor-left-out': [
    {en: 'the stream of who acted is left out'},
    bagged((t) => t.plan(t.base, {without: positionsOf(t.base, 'actor/subdirectora.1')}))
  ],
  'key-revoked': [
    {en: 'signed by a key that was revoked'}, bagged((t) => t.plan(t.retold('validated', {signers: ['director2']})))
  ],
  'key-rotated': [
    {en: 'signed by a key that ended by rotation'}, bagged((t) => t.plan(t.retold('action', {signers: ['director']})))
  ],
  'key-replaced': [
    {en: 'signed by a key that was replaced'},
    bagged((t) => t.plan(t.retold('scheduled 2', {signers: ['professional']})))
  ],
  'key-of-a-stranger':
      [{en: 'signed by a key of nobody'}, bagged((t) => t.plan(t.retold('line 2', {signers: ['stranger']})))],
  'key-of-another-actor':
      [{en: 'signed by the key of another actor'}, bagged((t) => t.plan(t.retold('session', {signers: ['director']})))],
  'key-not-yet-enrolled': [
    {en: 'signed by a key before it was enrolled'},
    bagged((t) => t.plan(t.retold('session', {signers: ['professional']})))
  ],
  'service-for-own-key': [
    {en: 'the service signs for who has a key of his own'},
    bagged((t) => t.plan(t.retold('reached', {signers: ['service']})))
  ],
  'service-key-ended': [
    {en: 'signed for a session by the service\'s key that ended'},
    bagged((t) => t.plan(t.retold('alert', {signers: ['service']})))
  ],
  'rotation-of-another-key': [
    {en: 'a rotation ends a key that was not in force'}, bagged((t) => t.plan(t.retold('service rotated', {
      open: {public_key: hex(kKeys.service2.public), purpose: 'service', replaces: kKeys.stranger.id}
    })))
  ],
};

// S + L: the same signature for a verifier that is not strict.
function loose(signature) {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${hex(Buffer.from(signature.subarray(32)).reverse())}`) + order;
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()]);
}

// Under the neutral element as a key, R = [S]B holds of every message.
const kNeutral = Buffer.concat([Buffer.of(1), Buffer.alloc(31)]);
const kAnything = Buffer.concat([Buffer.of(0x58), Buffer.alloc(31, 0x66), Buffer.of(1), Buffer.alloc(31)]);

const signature = {
  'signature-of-another': [
    {en: 'names its key and is signed by another'},
    bagged((t) => t.plan(t.retold('line 2', {key: 'director', signers: ['stranger']})))
  ],
  'signature-flipped': [
    {en: 'one bit of a signature'},
    bagged((t) => t.plan(t.retold('line 2', {onSignatures: ([one]) => [flipByte(one, 40)]})))
  ],
  'signature-s-plus-l': [
    {en: 'S and the group\'s order'}, bagged((t) => t.plan(t.retold('line 2', {onSignatures: ([one]) => [loose(one)]})))
  ],
  'signature-too-many': [
    {en: 'a signature nobody asks for'},
    bagged((t) => t.plan(t.retold('line 2', {onSignatures: ([one]) => [one, one]})))
  ],
  'enrolment-without-possession': [
    {en: 'a key is enrolled without its own signature'},
    bagged((t) => t.plan(t.retold('professional enrolled', {onSignatures: ([one]) => [one]})))
  ],
  'rotation-without-ending-key': [
    {en: 'the key that ends did not sign its rotation'},
    bagged((t) => t.plan(t.retold('checkpoint rotated', {onSignatures: ([one, , three]) => [one, one, three]})))
  ],
  'founding-without-service': [
    {en: 'the service did not sign the founding'},
    bagged((t) => t.plan(t.retold('founding', {onSignatures: ([one]) => [one, one]})))
  ],
};

const content =
    {
      'content-changed': [
        {en: 'a value of the content is another'},
        bagged(
            (t) => editJson(
                t.plan(), 'content.jsonl', t.base.at('line 2'),
                (line) => {
                  line.data.value.budget_cop += 1;
                  return line;
                }))
      ],
      'content-reopened': [
        {en: 'a commitment is opened to other content, with a key found for it'},
        bagged(
            (t) => editJson(
                t.plan(), 'content.jsonl', t.base.at('submitted'),
                (line) => ({...line, data: {key: hex(sha256(utf8('x'))), value: {lines: 3}}})))
      ],
      'content-deleted':
          [{en: 'content is wanting and nothing says that it was destroyed'}, bagged((t) => destroyed(t, false))],
      'content-destroyed-before':
          [
            {en: 'the destruction that is told came before'},
            bagged(
                (t) => {
                  const event = {
                    ...speakers.ledger,
                    type: 'key.destroyed',
                    cause: t.base.events[1].says.id,
                    open: {groups: ['trail/plan/2026'], kek: 1}
                  };
                  const changed = t.added('line 2', event);
                  return t.plan(changed, {destroyed: [changed.at('line 2')]});
                })
          ],
      'persons-changed':
          [
            {en: 'a personal part is another'},
            bagged(
                (t) =>
                    editJson(
                        t.plan(t.base, {personal: {attendance: [0]}}), 'content.jsonl', t.base.at('attendance'),
                        (line) => {
                          line.personal[0].value.name = 'Otro';
                          return line;
                        }))
          ],
      'persons-left-out': [
        {en: 'one of the persons is left out'},
        bagged(
            (t) => editJson(
                t.plan(t.base, {personal: {attendance: [0]}}), 'content.jsonl', t.base.at('attendance'),
                (line) => ({...line, personal: line.personal.slice(0, 2)})))
      ],
      'content-of-context': [
        {en: 'content of context is shown'}, bagged((t) => {
          const event = t.base.events[t.base.at('subdirectora.1 registered')];
          const line = jcs({data: event.content.data.door, position: event.position});
          return edit(
              t.plan(), 'content.jsonl',
              (list) => [line, ...list].sort((a, b) => JSON.parse(a).position - JSON.parse(b).position));
        })
      ],
    };

// A leaf of another unit, the last of its stream, in a pack by actor: told a microsecond later.
const later = (t) => {
  const at = t.base.at('neighbour submitted');
  const forged = t.retold('neighbour submitted', {moved: 1, onPayload: () => jcs(t.base.events[at].says)});
  return {
    at,
    forged,
    files: editJson(t.actor(), 'leaves.jsonl', at, (one) => ({...one, recorded_at: forged.events[at].leaf.recorded_at}))
  };
};

const tree = {
  'leaf-changed': [{en: 'the time of a leaf is another'}, bagged((t) => later(t).files)],
  'tree-flipped': [
    {en: 'one bit of a hash of tree.txt'},
    bagged((t) => edit(t.plan(), 'tree.txt', ([first, ...rest]) => [flipHex(first), ...rest]))
  ],
  'tree-line-over':
      [{en: 'a line more in tree.txt'}, bagged((t) => edit(t.plan(), 'tree.txt', (list) => [...list, list[0]]))],
  'tree-line-wanting':
      [{en: 'a line less in tree.txt'}, bagged((t) => edit(t.plan(), 'tree.txt', (list) => list.slice(0, -1)))],
  'fork': [
    {en: 'the head of a fork, signed by the ledger\'s key'}, bagged((t) => {
      const fork = t.retold('last', {signers: ['service2'], data: {date: '2026-04-07'}});
      return put(t.plan(), 'checkpoint.txt', packs.noteOf(fork, fork.events.length, kKeys.checkpoint2));
    })
  ],
};

const checkpoint = {
  'root-not-signed': [
    {en: 'a leaf is changed and the root with it, which nobody signed'}, bagged((t) => {
      const {at, files} = later(t);
      const hashes = t.base.events.map((event) => event.hash);
      const line = lines(files, 'leaves.jsonl').find((one) => JSON.parse(one).position === at);
      hashes[at] = format.hashLeaf(utf8(line));
      const note = text(files, 'checkpoint.txt').split('\n');
      note[2] = format.root(hashes).toString('base64');
      return put(files, 'checkpoint.txt', note.join('\n'));
    })
  ],
  'head-by-a-stranger':
      [{en: 'the head is signed by a foreign key'}, bagged((t) => t.plan(t.base, {key: kKeys.stranger}))],
  'head-by-a-stranger-in-disguise': [
    {en: 'the same, under the id of the ledger\'s key'}, bagged((t) => {
      const [signed, line] = packs.noteOf(t.base, t.base.events.length, kKeys.stranger).split('\n\n');
      const bytes = Buffer.from(line.trim().split(' ')[2], 'base64');
      const disguised = Buffer.concat([format.keyId(kOrigin, kKeys.checkpoint2.public), bytes.subarray(4)]);
      return put(t.plan(), 'checkpoint.txt', `${signed}\n\n\u2014 ${kOrigin} ${disguised.toString('base64')}\n`);
    })
  ],
  'head-by-ended-key':
      [{en: 'the head is signed by a key that ended'}, bagged((t) => t.plan(t.base, {key: kKeys.checkpoint}))],
  'head-rolled-back': [
    {en: 'the head of a smaller size'},
    bagged((t) => put(t.plan(), 'checkpoint.txt', packs.noteOf(t.base, t.base.events.length - 1, kKeys.checkpoint2)))
  ],
  'head-of-another-origin': [
    {en: 'the head is another log\'s'}, bagged((t) => {
      const other = format.makeCheckpoint(
          'ledger.example/other', t.base.events.length, t.base.root(t.base.events.length), kKeys.checkpoint2);
      return put(t.plan(), 'checkpoint.txt', other.note);
    })
  ],
  'reader-knows-another-key': [
    {en: 'a good pack, and a reader who knows another key'}, bagged((t) => t.plan()),
    {vkey: format.formatVkey(kOrigin, kKeys.stranger.public)}
  ],
};

const witness = {
  'cosignature-replayed':
      [{en: 'the witness\'s cosignature of another log'}, bagged(replayed), {witnesses: kWitnesses}],
  'cosignature-of-another-time': [
    {en: 'the time of a cosignature is another'}, bagged((t) => {
      const files = packs.makePack(t.base, {what: kFirst, cosigned: true});
      const note = text(files, 'checkpoint.txt').trimEnd().split(' ');
      note.push(`${flipByte(Buffer.from(note.pop(), 'base64'), 11).toString('base64')}\n`);
      return put(files, 'checkpoint.txt', note.join(' '));
    }),
    {witnesses: kWitnesses}
  ],
};

// The second heads with another root.
const headsOf = (t, change) =>
    t.retold('heads 2', made.recorded('heads 2', (all) => packs.rootOfNames(change(new Map(all))), 'service2'));

const heads = {
  'heads-of-another-set': [
    {en: 'the root over the heads is of a set without a line of the plan'},
    bagged(
        (t) => t.plan(headsOf(
            t,
            (all) => {
              all.delete('intervention/2026/ddo/0002');
              return all;
            })))
  ],
  'heads-elsewhere': [
    {en: '`heads` names another event of the ledger'},
    bagged(
        (t) =>
            put(t.plan(), 'evidence.json',
                text(t.plan(), 'evidence.json').replace(/"heads":\d+/, `"heads":${t.base.at('ec')}`)))
  ],
  'heads-of-no-event': [
    {en: '`heads` names no event of the pack'},
    bagged(
        (t) =>
            put(t.plan(), 'evidence.json',
                text(t.plan(), 'evidence.json').replace(/"heads":\d+/, `"heads":${t.base.at('last')}`)))
  ],
  'heads-of-an-older-head': [
    {en: 'a stream\'s head is shown as it was'},
    bagged(
        (t) => edit(
            t.plan(), 'streams.txt',
            (list) => list.map(
                (line) =>
                    line.endsWith(' ledger') ? line.replace(/^s (\d+)/, (_, version) => `s ${version - 1}`) : line)))
  ],
};

const positionsOf = (ledger, stream) =>
    ledger.events.filter(({says}) => says.stream === stream).map(({position}) => position);

const whole = {
  'event-left-out-end': [
    {en: 'the last event of a stream is left out'}, bagged((t) => t.plan(t.base, {without: [t.base.at('validated')]}))
  ],
  'stream-left-out': [
    {en: 'a stream of the plan is left out'},
    bagged((t) => t.plan(t.base, {without: positionsOf(t.base, 'intervention/2026/ddo/0002')}))
  ],
  'stream-hidden': [
    {en: 'all interventions of the plan are left out, and hidden in streams.txt'}, bagged((t) => t.plan(t.base, {
      without:
          [...positionsOf(t.base, 'intervention/2026/ddo/0001'), ...positionsOf(t.base, 'intervention/2026/ddo/0002')],
      hide: ['intervention/2026/ddo/'],
    }))
  ],
  'revocation-left-out': [
    {en: 'a revocation is left out, and the revoked key signs on'}, bagged((t) => {
      const forged = t.retold('validated', {signers: ['director2']});
      return t.plan(forged, {without: [forged.at('revoked')]});
    })
  ],
  'leaf-too-late': [{en: 'a leaf of the plan from after the heads'}, bagged((t) => withMore(t, 'beyond'))],
  'range-with-a-gap': [
    {en: 'a position between the first and the last is left out'},
    bagged((t) => t.actor(t.base, {without: [t.base.at('neighbour submitted')]}))
  ],
};

function withMore(t, name) {
  const files = t.plan();
  const at = t.base.at(name);
  const list = [...lines(files, 'leaves.jsonl'), t.base.events[at].text].sort(
      (a, b) => JSON.parse(a).position - JSON.parse(b).position);
  const positions = list.map((line) => JSON.parse(line).position);
  return putLines(
      putLines(files, 'leaves.jsonl', list), 'tree.txt', packs.writeTree(t.base, t.base.events.length, positions));
}

const timestamp = {
  'token-of-another-digest': [
    {en: 'the token is of another text'},
    bagged((t) => t.plan(restamped(t, () => t.stamp('rsa', 'sha256', utf8('otro texto\n')))))
  ],
  'token-signature-flipped': [
    {en: 'one bit of the token\'s signature'},
    bagged((t) => t.plan(restamped(t, (token) => flipByte(token, -1))))
  ],
  'token-for-two-uses': [
    {en: 'the certificate is not for time stamping alone'},
    bagged((t) => t.plan(restamped(t, (token) => t.authorities.resign(token, 'two_uses'))))
  ],
  'token-use-not-critical': [
    {en: 'the certificate\'s use is not critical'},
    bagged((t) => t.plan(restamped(t, (token) => t.authorities.resign(token, 'not_critical'))))
  ],
  'token-names-no-certificate': [
    {en: 'what is signed does not name the certificate'},
    bagged((t) => t.plan(restamped(t, (token) => t.authorities.resign(token, 'rsa', {ess: false}))))
  ],
  'token-cut': [{en: 'the token is cut'}, bagged((t) => t.plan(restamped(t, (token) => token.subarray(0, -1))))],
  'token-not-the-one-named': [
    {en: 'the token is not the one whose hash is named'},
    bagged((t) => t.plan(restamped(t, (token) => token, {token_sha256: hex(sha256(utf8('x')))})))
  ],
  'renewal-without-first-token': [
    {en: 'a renewal that leaves out the first token'},
    bagged((t) => t.plan(renewedBy(t, (so_far, size) => so_far.headText(size))))
  ],
  'renewal-of-sha256': [{en: 'a renewal with the first hash'}, bagged((t) => t.plan(renewedBy(t, (so_far, size) =>
      Buffer.concat([...made.tokensOf(so_far, size), so_far.headText(size)]), 'sha256')))],
  'consistency-flipped': [
    {en: 'one bit of a consistency proof'},
    bagged((t) => edit(t.plan(), 'consistency.jsonl', ([first, ...rest]) => {
      const proof = JSON.parse(first);
      return [jcs({...proof, path: [flipHex(proof.path[0]), ...proof.path.slice(1)]}), ...rest];
    }))
  ],
  'consistency-wanting': [
    {en: 'no proof for a head that was stamped'},
    bagged((t) => edit(t.plan(), 'consistency.jsonl', (list) => list.slice(1)))
  ],
  'stamped-another-log': [{en: 'the stamped head is of a fork'}, bagged((t) => {
    const root = sha256(utf8('raíz de otro registro'));
    const headText = (so_far) => utf8(`${kOrigin}\n${so_far.events.length}\n${root.toString('base64')}\n`);
    const other = {type: 'ledger.clock.confirmed', open: {ahead_seconds: 1}, data: undefined};
    const list = made.changed(t.steps(), 'renewed', {...speakers.administrator, ...other});
    return t.plan(restamped(t, (_, so_far) => t.stamp('rsa', 'sha256', headText(so_far)), {root: hex(root)}, list));
  })],
};

function renewedBy(t, textOf, hash = 'sha512') {
  return t.retold('renewed', stampStep((so_far) => {
    const {size} = so_far.events[so_far.at('rsa')].says.open;
    return made.stampOf(so_far, size, 'autoridad-ec384', t.stamp('ec384', hash, textOf(so_far, size)));
  }));
}

const kCases = {
  good,
  archive,
  manifest,
  form,
  leaf,
  ledger,
  chain,
  key,
  signature,
  content,
  tree,
  checkpoint,
  witness,
  heads,
  whole,
  timestamp,
};

// ---- The call -------------------------------------------------------------------------------------------------------

// Writes all packs, receipts and index.json into `folder`; gives the index.
export function writePacks(folder) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'fedatario-tsa-'));
  const tools = makeTools(new Authorities(directory));
  const index = [];
  const add = (expect, cases, fileOf) => {
    for (const [name, [what, make, options, verdict]] of Object.entries(cases)) {
      const file = `${expect}.${fileOf(name)}`;
      fs.writeFileSync(path.join(folder, file), make(tools));
      const known = typeof options === 'function' ? options(tools) : options;
      index.push({file, expect, what, ...(known && {options: known}), ...(verdict && {verdict})});
    }
  };
  for (const [expect, cases] of Object.entries(kCases)) add(expect, cases, (name) => `${name}.zip`);
  for (const [expect, cases] of Object.entries(kReceipts)) add(expect, cases, (name) => `receipt-${name}.json`);
  fs.writeFileSync(path.join(folder, 'index.json'), `${JSON.stringify(index, null, 1)}\n`);
  fs.rmSync(directory, {recursive: true});
  return index;
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fs.realpathSync(new URL(import.meta.url).pathname)) {
  if (process.argv.length !== 3) {
    console.error('evidence.mjs FOLDER');
    process.exit(2);
  }
  fs.mkdirSync(process.argv[2], {recursive: true});
  console.log(`${writePacks(process.argv[2]).length} legajos y recibos`);
}
