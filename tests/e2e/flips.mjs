// Somebody with the disk and without the keys: bytes flipped in the write-ahead log and in table files, rows rewritten
// and deleted through RocksDB itself with good checksums (ldb, of rocksdb-tools), and a log set back. In copies of a
// stopped ledger; `verify` notices each and says where, and the service does not start on a log that is damaged or set
// back.
import fs from 'node:fs';
import path from 'node:path';

import {command, contains, entity, holds, must, revision, same, script, smallLedger} from './support.mjs';

const kActor = 'coordinador.proc.1';
const kInTables = 1200;  // entities recorded before the restart that writes the tables
const kInLog = 300;      // and after it, in the write-ahead log

let copies = 0;
const copyOf = (ledger, directory) => ledger.copy(path.join(directory, `copia-${++copies}`));

function flip(file, offset, mask = 1) {
  const handle = fs.openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  fs.readSync(handle, byte, 0, 1, offset);
  byte[0] ^= mask;
  fs.writeSync(handle, byte, 0, 1, offset);
  fs.closeSync(handle);
}

const filesOf = (ledger, ending) => fs.readdirSync(ledger.log)
                                        .filter((name) => name.endsWith(ending))
                                        .map((name) => ({name, size: fs.statSync(path.join(ledger.log, name)).size}))
                                        .sort((a, b) => b.size - a.size);

// The offsets of the records' headers in a write-ahead log: blocks of 32 KiB, headers of checksum, length and type.
function recordsOf(file) {
  const bytes = fs.readFileSync(file);
  const offsets = [];
  for (let at = 0; at + 7 <= bytes.length;) {
    const left = 32768 - (at % 32768);
    if (left < 7) {
      at += left;
      continue;
    }
    offsets.push(at);
    at += 7 + bytes.readUInt16LE(at + 4);
  }
  return offsets;
}

// Exit status 1, and at least one finding that names positions; returns the report.
async function noticed(what, ledger, {positions = true} = {}) {
  const report = await ledger.verify();
  same(`${what}: verify ends with 1`, [report.status, report.good], [1, false]);
  const first = report.findings[0];
  holds(`${what}: it says what`, first && first.es.length > 10 && first.en.length > 10, report);
  if (positions)
    holds(
        `${what}: and where: ${first.from} to ${first.to}`, Number.isInteger(first.from) && first.to >= first.from,
        report.findings);
  return report;
}

async function refusesToServe(what, ledger, ...pieces) {
  const refused = await ledger.tryToServe();
  if (!refused) await ledger.kill();
  holds(
      `${what}: the service does not start, and says why`,
      refused && refused.status !== 0 && refused.status !== undefined && /fedatario: .{10,}/.test(refused.said),
      refused ?? 'it serves');
  if (pieces.length > 0) contains(`${what}: namely`, refused.said, ...pieces);
}

async function inWriteAheadLog(ledger, directory, head) {
  const [{name, size}] = filesOf(ledger, '.log');
  const records = recordsOf(path.join(ledger.log, name));
  holds(`the write-ahead log ${name} has ${records.length} records`, records.length >= 5);
  const last = records.at(-1);
  const places = [
    ['its first checksum', 0],
    ['its first length', 4],
    ['its first type', 6],
    ['its first payload', 40],
    ...Array.from({length: 6}, (_, i) => [`byte ${Math.floor(size * (i + 1) / 7)}`, Math.floor(size * (i + 1) / 7)]),
    ['the last record\'s checksum', last],
    ['the last record\'s length', last + 4],
    ['the last record\'s length, made large', last + 5, 0x40],
    ['the last record\'s type', last + 6],
    ['the last byte', size - 1],
  ];
  for (const [what, offset, mask] of places) {
    const copy = copyOf(ledger, directory);
    flip(path.join(copy.log, name), offset, mask);
    const report = await noticed(`write-ahead log, ${what}`, copy);
    const lost = report.findings.filter((finding) => finding.from !== undefined);
    holds(
        `write-ahead log, ${what}: what is lost ends the log`,
        lost.at(-1).to === head.size - 1 && lost[0].from > kInTables, report.findings);
    await refusesToServe(`write-ahead log, ${what}`, copy);
    fs.rmSync(copy.directory, {recursive: true});
  }
}

async function propertiesOf(file) {
  const text = await must([`--file=${file}`, '--command=none', '--show_properties'], {program: 'sst_dump'});
  const read = (name) => new RegExp(`^ *${name}: (.*)$`, 'm').exec(text)?.[1];
  return {
    family: read('column family name'),
    dataBytes: Number(read('data block size')),
    rows: Number(read('# entries'))
  };
}

async function inTables(ledger, directory) {
  const tables = [];
  for (const {name, size} of filesOf(ledger, '.sst'))
    tables.push({name, size, ...await propertiesOf(path.join(ledger.log, name))});
  const largest = (family) => tables.find((table) => table.family === family);
  const leaves = largest('leaves');
  holds('there is a table with most leaves', leaves?.rows >= kInTables, tables);
  for (const [table, count] of [
           [leaves, 8], [largest('content'), 4], [largest('streams'), 3], [largest('hashes'), 3],
           [largest('ids'), 3]]) {
    for (let i = 0; i < count; ++i) {
      const offset = Math.floor(table.dataBytes * (i + 0.5) / count);
      const what = `table of ${table.family}, byte ${offset} of ${table.name}`;
      const copy = copyOf(ledger, directory);
      flip(path.join(copy.log, table.name), offset, 1 << (i % 8));
      const report = await noticed(what, copy);
      if (table === leaves) {
        const {from, to} = report.findings[0];
        // A block of leaves holds a few; where it lies in the file tells which, as leaves are of about one size.
        const about = table.rows * offset / table.dataBytes;
        holds(
            `${what}: the block's positions and no others`, to - from < 40 && from - 100 < about && about < to + 100,
            report.findings.slice(0, 3));
      }
      fs.rmSync(copy.directory, {recursive: true});
    }
  }
  const manifest = fs.readdirSync(ledger.log).find((name) => name.startsWith('MANIFEST-'));
  const copy = copyOf(ledger, directory);
  flip(path.join(copy.log, manifest), 30);
  await noticed('the manifest', copy, {positions: false});
  await refusesToServe('the manifest', copy);
}

const keyOf = (position, ending = '') =>
    `0x${position.toString(16).padStart(16, '0')}${ending}`.toUpperCase().replace('0X', '0x');
const ldb = (ledger, family, ...words) =>
    must([`--db=${ledger.log}`, `--column_family=${family}`, '--hex', ...words], {program: 'ldb'});

// Rewrites a row through RocksDB; its checksums are then good.
async function rewrite(ledger, family, key, change) {
  const before = Buffer.from((await ldb(ledger, family, 'get', key)).trim().replace(/^0x/, ''), 'hex');
  const after = change(before);
  if (before.equals(after)) throw new Error('the row was not changed');
  await ldb(ledger, family, 'put', key, `0x${after.toString('hex').toUpperCase()}`);
}

async function throughTheEngine(ledger, directory, revised) {
  const inText = (from, to) => (bytes) => Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');
  const otherYear = inText(/"recorded_at":"20../, '"recorded_at":"2019');
  const otherSignature = inText(/("sig":"...)(.)/, (_, kept, letter) => kept + (letter === 'A' ? 'B' : 'A'));
  for (const position of [3, 700, kInTables + 50, revised]) {
    for (const [what, change] of [
             ['another time', inText(/(\d)Z"/, (_, digit) => `${(Number(digit) + 1) % 10}Z"`)],
             ['another signature', otherSignature], ['an earlier year', otherYear]]) {
      const copy = copyOf(ledger, directory);
      await rewrite(copy, 'leaves', keyOf(position), change);
      const report = await noticed(`leaf ${position} rewritten with ${what}`, copy);
      same(
          `leaf ${position} rewritten with ${what}: the first finding is that position`,
          [report.findings[0].from, report.findings[0].to], [position, position]);
      if (change === otherSignature)
        same(
            `leaf ${position} rewritten with ${what}: and no other position is named`,
            [...new Set(
                report.findings.filter((finding) => finding.from !== undefined).flatMap(({from, to}) => [from, to]))],
            [position]);
      fs.rmSync(copy.directory, {recursive: true});
    }
  }
  const copy = copyOf(ledger, directory);
  await ldb(copy, 'leaves', 'delete', keyOf(800));
  const gone = await noticed('leaf 800 deleted', copy);
  same('leaf 800 deleted: that position', [gone.findings[0].from, gone.findings[0].to], [800, 800]);

  const absent = copyOf(ledger, directory);
  await ldb(absent, 'content', 'delete', keyOf(801, '000000'));
  const report = await noticed('content of 801 deleted', absent);
  same(
      'content of 801 deleted: that position and nothing else', report.findings.map(({from, to}) => [from, to]),
      [[801, 801]]);
  contains(
      'content of 801 deleted: said so', report.findings[0].es + report.findings[0].en, 'falta contenido',
      'content is absent');
  const text = await command(['verify', absent.folder]);
  contains('and as text', text.out, 'FALLA posición 801: falta contenido', 'El libro NO está en orden.');
  same('without the key-encryption key too', (await absent.verify('--no-kek')).findings.map(({from}) => from), [801]);

  for (const [family, key, what] of [
           ['content', keyOf(802, '000000'), 'sealed content'], ['hashes', keyOf(803, '00'), 'a tree hash']]) {
    const altered = copyOf(ledger, directory);
    await rewrite(altered, family, key, (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.of(bytes.at(-1) ^ 1)]));
    const found = await noticed(`${what} of ${parseInt(key.slice(2, 18), 16)} rewritten`, altered);
    same(`${what}: the first finding is that position`, found.findings[0].from, parseInt(key.slice(2, 18), 16));
  }
}

async function setBack(ledger, older, directory, oldHead, head) {
  const missing = [`${oldHead.size} `, `${head.size - 1} `];
  const back = copyOf(older, directory);
  fs.copyFileSync(path.join(ledger.folder, 'checkpoint'), path.join(back.folder, 'checkpoint'));
  await refusesToServe(
      'an older copy with the newer checkpoint', back, `positions ${missing[0]}to ${missing[1]}are missing`);
  const report = await noticed('an older copy with the newer checkpoint', back);
  same(
      'an older copy: the positions that are missing', [report.findings.at(-1).from, report.findings.at(-1).to],
      [oldHead.size, head.size - 1]);

  const cut = copyOf(ledger, directory);
  const [{name}] = filesOf(cut, '.log');
  fs.rmSync(path.join(cut.log, name));
  await refusesToServe('the newest write-ahead log removed', cut, `to ${missing[1]}are missing`);
  const lost = await noticed('the newest write-ahead log removed', cut);
  same(
      'removed: the positions that are missing', [lost.findings.at(-1).from > kInTables, lost.findings.at(-1).to],
      [true, head.size - 1]);

  const half = copyOf(ledger, directory);
  const log = filesOf(half, '.log')[0];
  fs.truncateSync(path.join(half.log, log.name), Math.floor(log.size / 2));
  await refusesToServe('the write-ahead log cut in half', half, `to ${missing[1]}are missing`);
  same(
      'cut in half: verify names the end', (await noticed('the write-ahead log cut in half', half)).findings.at(-1).to,
      head.size - 1);

  const unsigned = copyOf(ledger, directory);
  fs.writeFileSync(
      path.join(unsigned.folder, 'checkpoint'),
      fs.readFileSync(path.join(ledger.folder, 'checkpoint'), 'utf8')
          .replace(/\n(\d+)\n/, (_, size) => `\n${size - 1}\n`));
  await refusesToServe('a checkpoint altered', unsigned);
  await noticed('a checkpoint altered', unsigned, {positions: false});
}

await script(async (directory) => {
  for (const tool of ['ldb', 'sst_dump'])
    holds(
        `${tool} is installed (Debian: rocksdb-tools)`,
        await command(['--help'], {program: tool}).then(() => true, () => false), 'no');
  const ledger = await smallLedger(path.join(directory, 'entero'));
  const batch = async (from, count) => {
    for (let at = 0; at < count; at += 50) {
      const records = Array.from({length: Math.min(50, count - at)}, (_, i) => entity(`x${from + at + i}`));
      const answer = await ledger.recordBatch(kActor, records);
      if (answer.status !== 201) throw new Error(`a batch was answered ${answer.status}: ${answer.text}`);
    }
  };
  await batch(0, kInTables);
  await ledger.stop();
  await ledger.serve();
  await batch(kInTables, kInLog);
  const oldHead = await ledger.head();
  await ledger.stop();
  const older = copyOf(ledger, directory);
  same('the older copy is whole', (await older.verify()).findings, []);
  // Into the log and not into the tables: RocksDB writes what it finds in the log into tables when it opens.
  await ledger.serve();
  const revised = await ledger.record(kActor, revision('x5', 'Otra'));
  await ledger.record(kActor, revision('x5', 'Y otra'));
  await batch(kInTables + kInLog, kInLog);
  const head = await ledger.head();
  await ledger.stop();
  same('the ledger is whole', (await ledger.verify()).findings, []);

  await inWriteAheadLog(ledger, directory, head);
  await inTables(ledger, directory);
  await throughTheEngine(ledger, directory, revised.json.position);
  await setBack(ledger, older, directory, oldHead, head);
  same('and the ledger itself is whole as before', (await ledger.verify()).findings, []);
});
