// What the end-to-end scripts share: a temporary directory, checks that print a line each and stop at the first that
// fails, the program run as a command, a ledger with its server, and the steps of the demonstration (ops/run) as far as
// a script needs them. Every server is ended by the process that started it. Node 18 or newer and nothing else.
import child_process from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import url from 'node:url';

import {commit, jcs, makeEnvelope, pae, sha256, utf8} from '../vectors/format.mjs';

const kRoot = url.fileURLToPath(new URL('../..', import.meta.url));
export const demo = (name) => path.join(kRoot, 'ops/demo', name);
export const data = (name) => path.join(kRoot, 'tests/vectors/data', name);
export const formatProgram = path.join(kRoot, 'tests/vectors/format.mjs');
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// ---- Checks ---------------------------------------------------------------------------------------------------------

const shown = (value) => (typeof value === 'string' ? value : JSON.stringify(value) ?? String(value)).slice(0, 3000);

export function differs(what, expected, got) {
  throw new Error(`${what}\n  expected: ${shown(expected)}\n  got:      ${shown(got)}`);
}

export function same(what, got, expected) {
  if (JSON.stringify(got) !== JSON.stringify(expected)) differs(what, expected, got);
  console.log(`ok  ${what}`);
}

export function holds(what, condition, got = condition) {
  if (!condition) differs(what, 'it to hold', got);
  console.log(`ok  ${what}`);
}

export function contains(what, text, ...pieces) {
  for (const piece of pieces)
    if (!String(text).includes(piece)) differs(what, `…${piece}…`, String(text));
  console.log(`ok  ${what}`);
}

// ---- The script -----------------------------------------------------------------------------------------------------

const running = new Set();  // servers

// Runs a script: its body gets a directory of its own, which stays when something failed.
export async function script(body) {
  if (process.argv.length !== 3) {
    console.error(`usage: ${path.basename(process.argv[1])} PROGRAM`);
    process.exit(2);
  }
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'fedatario-e2e-'));
  let status = 0;
  try {
    await body(directory);
  } catch (failure) {
    status = 1;
    console.error(`FAILED  ${failure.message}`);
    if (!failure.message.includes('\n  expected:')) console.error(failure.stack);
    console.error(`what it left: ${directory}`);
  }
  for (const server of [...running]) await server.end('SIGKILL');
  if (status === 0) fs.rmSync(directory, {recursive: true});
  process.exit(status);
}

// ---- The program ----------------------------------------------------------------------------------------------------

export const kProgram = path.resolve(process.argv[2] ?? '');
export const environment = () => {
  const kept = {...process.env, LC_ALL: 'C.UTF-8'};
  for (const name of Object.keys(kept))
    if (name.startsWith('FEDATARIO_')) delete kept[name];
  return kept;
};

// The command's exit status and what it wrote. In Spanish unless its words say otherwise.
export function command(words, {input = '', program = kProgram} = {}) {
  const args = program === kProgram && !words.includes('--lang') ? ['--lang', 'es', ...words] : words;
  return new Promise((resolve, reject) => {
    const child = child_process.spawn(program, args, {env: environment()});
    const out = [], err = [];
    child.stdout.on('data', (piece) => out.push(piece));
    child.stderr.on('data', (piece) => err.push(piece));
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (status, signal) => {
      resolve({status: status ?? signal, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString()});
    });
    child.stdin.end(input);
  });
}

export async function must(words, options) {
  const done = await command(words, options);
  if (done.status !== 0) throw new Error(`${words.join(' ')} ended with ${done.status}\n${done.out}${done.err}`);
  return done.out;
}

// ---- A ledger and its server ----------------------------------------------------------------------------------------

export class Server {
  constructor(process_) {
    this.process = process_;
    this.said = '';
    process_.stdout.on('data', (piece) => this.said += piece);
    process_.stderr.on('data', (piece) => this.said += piece);
    this.ended = new Promise((resolve) => process_.on('close', (status, signal) => resolve(status ?? signal)));
    this.ended.then(() => running.delete(this));
    running.add(this);
  }
  end(signal) {
    this.process.kill(signal);
    return this.ended;
  }
}

export class Ledger {
  constructor(directory) {
    this.directory = directory;
    this.folder = path.join(directory, 'libro');
    this.log = path.join(this.folder, 'log');
    this.adminKey = path.join(directory, 'administrador.pem');
    this.tokens = new Map();
  }

  static async found(directory) {
    const ledger = new Ledger(directory);
    fs.mkdirSync(directory, {recursive: true});
    await must([
      'init', ledger.folder, '--origin', 'libro.ejemplo.gov.co', '--agency', 'ente-de-ejemplo', '--admin',
      'administrador.1', '--admin-key', ledger.adminKey
    ]);
    return ledger;
  }

  async issueTokens(...actors) {
    for (const actor of actors) {
      const token = (await must(['token', 'issue', this.folder, '--actor', actor])).trim();
      this.tokens.set(actor, token);
    }
    // A running service looks at the file once a second.
    for (let tries = 0; this.server && tries < 100; ++tries) {
      const answers = await Promise.all(actors.map((actor) => this.http(actor, 'GET', '/v1/ledger')));
      if (answers.every((answer) => answer.status === 200)) break;
      await sleep(100);
    }
  }

  // The server's words and exit status when it does not start; else nothing, and it serves.
  async tryToServe(...options) {
    const portFile = path.join(this.directory, 'puerto');
    fs.rmSync(portFile, {force: true});
    const listen = options.includes('--listen') ? [] : ['--listen', '127.0.0.1:0'];
    const words = ['--lang', 'es', 'serve', this.folder, ...listen, '--port-file', portFile, ...options];
    const server = new Server(child_process.spawn(kProgram, words, {env: environment()}));
    let status;
    server.ended.then((ended) => status = ended);
    for (let waited = 0; !fs.existsSync(portFile) && status === undefined && waited < 90_000; waited += 20)
      await sleep(20);
    if (!fs.existsSync(portFile)) {
      if (status === undefined) await server.end('SIGKILL');
      return {status, said: server.said};
    }
    this.server = server;
    this.port = Number(fs.readFileSync(portFile, 'utf8'));
    this.url = `http://127.0.0.1:${this.port}`;
    this.agent = new http.Agent({keepAlive: true, maxSockets: 256});
    return undefined;
  }

  async serve(...options) {
    const refused = await this.tryToServe(...options);
    if (refused) throw new Error(`the server did not start (${refused.status}): ${refused.said}`);
  }

  async stop() {
    this.agent.destroy();
    const status = await this.server.end('SIGTERM');
    if (status !== 0) throw new Error(`the server ended with ${status}: ${this.server.said}`);
  }

  async kill() {
    await this.server.end('SIGKILL');
    this.agent.destroy();
  }

  // A client's command with that actor's token.
  as(actor, words, options) {
    return command([...words, '--url', this.url, '--token', this.tokens.get(actor)], options);
  }
  async mustAs(actor, words, options) {
    const done = await this.as(actor, words, options);
    if (done.status !== 0) throw new Error(`${words.join(' ')} ended with ${done.status}\n${done.out}${done.err}`);
    return done.out;
  }

  // {status, headers, text, json}. `actor` null: no token. A body that is no text is sent as JSON.
  http(actor, method, target, {body, headers = {}} = {}) {
    const sent = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const all = {...headers};
    if (actor !== null) all.Authorization = `Bearer ${this.tokens.get(actor) ?? actor}`;
    if (sent !== undefined) all['Content-Length'] = Buffer.byteLength(sent);
    if (sent !== undefined && !('Content-Type' in all)) all['Content-Type'] = 'application/json';
    return new Promise((resolve, reject) => {
      const request =
          http.request({host: '127.0.0.1', port: this.port, method, path: target, headers: all, agent: this.agent});
      request.on('error', reject);
      request.on('response', (response) => {
        const pieces = [];
        response.on('error', reject);
        response.on('aborted', () => reject(new Error('cut short')));
        response.on('data', (piece) => pieces.push(piece));
        response.on('end', () => {
          const text = Buffer.concat(pieces).toString();
          const isJson = /json/.test(response.headers['content-type'] ?? '');
          resolve({
            status: response.statusCode,
            headers: response.headers,
            text,
            json: isJson ? JSON.parse(text) : undefined
          });
        });
      });
      request.end(sent);
    });
  }
  async get(actor, target, headers = {}) {
    const answer = await this.http(actor, 'GET', target, {headers});
    if (answer.status !== 200) throw new Error(`GET ${target} answered ${answer.status}: ${answer.text}`);
    return answer.json ?? answer.text;
  }
  record(actor, body, headers) {
    return this.http(actor, 'POST', '/v1/events', {body, headers});
  }
  recordBatch(actor, records, headers = {}) {
    const body =
        typeof records === 'string' ? records : records.map((record) => JSON.stringify(record)).join('\n') + '\n';
    return this.http(
        actor, 'POST', '/v1/batches', {body, headers: {'Content-Type': 'application/x-ndjson', ...headers}});
  }

  // Size and root of the signed head.
  async head() {
    const [, size, root] = (await this.get(null, '/checkpoint')).split('\n');
    return {size: Number(size), root};
  }

  // A stopped ledger's report.
  async verify(...options) {
    const done = await command(['--json', 'verify', this.folder, ...options]);
    if (done.status !== 0 && done.status !== 1) throw new Error(`verify ended with ${done.status}: ${done.err}`);
    return {status: done.status, ...JSON.parse(done.out)};
  }

  // A copy of a stopped ledger.
  copy(directory) {
    const copy = new Ledger(directory);
    fs.mkdirSync(directory, {recursive: true});
    fs.cpSync(this.folder, copy.folder, {recursive: true, preserveTimestamps: true});
    copy.tokens = this.tokens;
    return copy;
  }
}

// ---- A witness ---------------------------------------------------------------------------------------------------

export class Witness {
  constructor(directory) {
    this.directory = directory;
    this.folder = path.join(directory, 'testigo');
    this.portFile = path.join(directory, 'puerto-testigo');
  }

  // `logs`: vkeys.
  static async init(directory, name, ...logs) {
    const witness = new Witness(directory);
    fs.mkdirSync(directory, {recursive: true});
    const words = ['witness', 'init', witness.folder, '--name', name, ...logs.flatMap((log) => ['--log', log])];
    witness.vkey = (await must(words)).trim();
    witness.name = name;
    return witness;
  }

  // On the port it had, where it has had one.
  async serve() {
    fs.rmSync(this.portFile, {force: true});
    const listen = `127.0.0.1:${this.port ?? 0}`;
    const words = ['--lang', 'es', 'witness', 'serve', this.folder, '--listen', listen, '--port-file', this.portFile];
    this.server = new Server(child_process.spawn(kProgram, words, {env: environment()}));
    let status;
    this.server.ended.then((ended) => status = ended);
    for (let waited = 0; !fs.existsSync(this.portFile) && status === undefined && waited < 30_000; waited += 20)
      await sleep(20);
    if (!fs.existsSync(this.portFile)) throw new Error(`the witness did not start (${status}): ${this.server.said}`);
    this.port = Number(fs.readFileSync(this.portFile, 'utf8'));
    this.url = `http://127.0.0.1:${this.port}`;
  }
  end(signal = 'SIGTERM') {
    return this.server.end(signal);
  }

  async get(target) {
    const answer = await fetch(this.url + target);
    return {status: answer.status, type: answer.headers.get('content-type'), text: await answer.text()};
  }
  async addCheckpoint(oldSize, proof, note) {
    const body = `old ${oldSize}\n${proof.map((hash) => hash + '\n').join('')}\n${note}`;
    const answer = await fetch(`${this.url}/add-checkpoint`, {method: 'POST', body});
    return {status: answer.status, type: answer.headers.get('content-type'), text: await answer.text()};
  }
}

// The same key under another name: a key that nobody knows.
export function renamed(vkey, name) {
  const key = Buffer.from(vkey.slice(vkey.lastIndexOf('+', vkey.indexOf('+') + 9) + 1), 'base64');
  const id = sha256(Buffer.concat([utf8(`${name}\n`), key])).subarray(0, 4);
  return `${name}+${id.toString('hex')}+${key.toString('base64')}`;
}

// The time at which that witness cosigned the note, checked here; nothing where it did not.
export function cosignedAt(note, vkey) {
  const [, name, , key] = vkey.match(/^([^+]*)\+([^+]*)\+(.*)$/);
  const [type, raw] = [Buffer.from(key, 'base64')[0], Buffer.from(key, 'base64').subarray(1)];
  if (type !== 4) throw new Error(`${vkey} is no witness's key`);
  const id = sha256(Buffer.concat([utf8(`${name}\n`), Buffer.from([4]), raw])).subarray(0, 4);
  const gap = note.lastIndexOf('\n\n');
  const text = note.slice(0, gap + 1);
  const publicKey = crypto.createPublicKey(
      {key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]), format: 'der', type: 'spki'});
  for (const line of note.slice(gap + 2).split('\n')) {
    const bytes = Buffer.from(line.split(' ')[2] ?? '', 'base64');
    if (!line.startsWith(`\u2014 ${name} `) || !bytes.subarray(0, 4).equals(id)) continue;
    const seconds = bytes.readBigUInt64BE(4);
    if (crypto.verify(null, utf8(`cosignature/v1\ntime ${seconds}\n${text}`), publicKey, bytes.subarray(12)))
      return Number(seconds);
    throw new Error('a cosignature does not verify');
  }
  return undefined;
}

// ---- Statements -----------------------------------------------------------------------------------------------------

// UUID version 7.
export function newId() {
  const bytes = crypto.randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const now = (aheadSeconds = 0) =>
    new Date(Date.now() + aheadSeconds * 1000).toISOString().replace(/\.\d+Z$/, '+00:00');

// A statement that the coordinator of the procedure may make as often as he likes, about an entity of its own.
export function entity(code, {id = newId(), name = `Entidad ${code}`, ...more} = {}) {
  return {
    statement:
        {type: 'entity.registered', stream: `entity/${code}`, as: 'procedure_coordinator', id, at: now(), ...more},
    content: {data: {name, order: 'territorial', from: '2026-01-01'}},
  };
}

export function revision(code, name, more = {}) {
  const record = entity(code, {name, ...more});
  record.statement.type = 'entity.revised';
  return record;
}

// The same, signed here by the key of a PEM file, as FORMAT.md says: what POST /v1/events takes.
export function signed(record, {ledger, actor, keyFile}) {
  const secret = crypto.createPrivateKey(fs.readFileSync(keyFile));
  const spki = crypto.createPublicKey(secret).export({format: 'der', type: 'spki'});
  const commitmentKey = crypto.randomBytes(32);
  const statement = {
    ...record.statement,
    actor,
    ledger,
    key: sha256(spki).toString('hex'),
    schema: 1,
    data: commit(commitmentKey, record.content.data)
  };
  const payload = utf8(jcs(statement));
  return {
    envelope: makeEnvelope(payload, [crypto.sign(null, pae(payload), secret)]),
    content: {data: {key: commitmentKey.toString('hex'), value: record.content.data}},
  };
}

// ---- The demonstration's steps --------------------------------------------------------------------------------------

export const people = [
  'administrador.1', 'coordinador.proc.1', 'secretaria.comite', 'subdireccion.1', 'directora.ddo', 'coordinadora.ddo',
  'profesional.ddo.1', 'gestor.15', 'control.interno.1'
];

export const asAdmin = (ledger, ...words) => ledger.mustAs(
    'administrador.1',
    ['record', '--key', ledger.adminKey, '--actor', 'administrador.1', '--as', 'administrator', ...words]);

// A ledger with its coordinator, and nothing else; serving.
export async function smallLedger(directory, ...options) {
  const ledger = await Ledger.found(directory);
  await ledger.issueTokens(...people);
  await ledger.serve(...options);
  await asAdmin(ledger, '--batch', demo('1-coordinacion.ndjson'));
  return ledger;
}

// With units, catalogue, territorial entities, people and strategy: what a plan needs.
export async function ledgerForPlans(directory) {
  const ledger = await smallLedger(directory);
  const coordinator = (...words) => ledger.mustAs('coordinador.proc.1', [...words, '--as', 'procedure_coordinator']);
  await coordinator('import', 'units', data('direcciones.csv'));
  await coordinator('import', 'catalog', data('catalogo-servicios.csv'));
  await coordinator('import', 'entities', data('divipola.csv'));
  await asAdmin(ledger, '--batch', demo('2-personas.ndjson'));
  await ledger.mustAs('subdireccion.1', ['record', demo('3-estrategia-1-consolida.json')]);
  await ledger.mustAs('subdireccion.1', ['record', demo('3-estrategia-2-presenta.json')]);
  await ledger.mustAs('secretaria.comite', ['record', demo('3-estrategia-3-aprueba.json')]);
  return ledger;
}

// The plan of the directorate, approved, and its line 0001 carried out as far as its dates' change. Calls
// `beforeChange` in between.
export async function carryOutPlan(ledger, beforeChange = async () => {}) {
  await ledger.mustAs('profesional.ddo.1', ['import', 'plan', data('plan-2026-ddo.csv'), '--as', 'professional@ddo']);
  for (const [actor, file] of [
           ['profesional.ddo.1', '4-presenta'], ['subdireccion.1', '5-verifica'], ['directora.ddo', '6-aprueba'],
           ['coordinadora.ddo', '7-programa'], ['gestor.15', '8-sesion'], ['profesional.ddo.1', '9-hito']])
    await ledger.mustAs(actor, ['record', demo(`${file}.json`)]);
  await beforeChange();
  return JSON.parse(await ledger.mustAs('directora.ddo', ['--json', 'record', demo('10-accion.json')]));
}
