// A time stamping authority (RFC 3161) for the end-to-end scripts: the openssl command with a certificate made for it,
// behind HTTP on a port of its own. `mode` says how it behaves towards the next queries. Node 18 or newer and openssl.
import child_process from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const kMaxQuery = 64 * 1024;

const kConfiguration = `[ca]
default_ca = issuer
[issuer]
database = ./index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = names
[names]
organizationName = optional
commonName = supplied
[req]
string_mask = utf8only
utf8 = yes
distinguished_name = nothing
[nothing]
[issuer_extensions]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[authority_extensions]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[good]
serial = ./serial
signer_cert = ./authority.pem
certs = ./issuer.pem
signer_key = ./authority.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256,sha512
accuracy = secs:1
ess_cert_id_alg = sha256
[refuse]
serial = ./serial
signer_cert = ./authority.pem
signer_key = ./authority.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha384
`;

// The place of the digest in a query: SEQUENCE { version, SEQUENCE { algorithm, OCTET STRING digest }, … }. Lengths
// below 128 are one octet, and those of our queries are.
function digestAt(query) {
  const inside = 2;
  const imprint = inside + 2 + query[inside + 1];
  const algorithm = imprint + 2;
  return algorithm + 2 + query[algorithm + 1] + 2;
}

export class Authority {
  // `directory` is made, and holds all of it.
  constructor(directory, {name = 'Autoridad de Estampado de Prueba'} = {}) {
    this.directory = directory;
    this.name = name;
    this.caFile = path.join(directory, 'issuer.pem');
    this.mode = 'good';  // or 'refuse', 'wrong-digest', 'slow', 'garbage'
    this.delayMs = 60_000;  // before an answer of 'slow'
    this.queries = [];  // the DER of all that came
    this.waiting = new Set();  // timers
    this.last = Promise.resolve();  // replies are made one after the other: they share the file of serials
  }

  // Makes the certificates, the first time, and listens: on the port it had, where it has had one.
  async start() {
    if (!fs.existsSync(this.caFile)) await this.#found();
    this.server = http.createServer((request, response) => this.#serve(request, response));
    await new Promise((resolve, reject) => {
      this.server.on('error', reject);
      this.server.listen(this.port ?? 0, '127.0.0.1', resolve);
    });
    this.port = this.server.address().port;
    this.url = `http://127.0.0.1:${this.port}/`;
  }

  // Those who still wait for an answer get none.
  async end() {
    for (const timer of this.waiting) clearTimeout(timer);
    this.waiting.clear();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
    await this.last;
  }

  // `openssl <words>` in the directory, with that input; what it printed.
  openssl(words, input = '') {
    return new Promise((resolve, reject) => {
      const child = child_process.spawn('openssl', words, {cwd: this.directory});
      const out = [], err = [];
      child.stdout.on('data', (piece) => out.push(piece));
      child.stderr.on('data', (piece) => err.push(piece));
      child.stdin.on('error', () => {});
      child.on('error', reject);
      child.on('close', (status) => {
        if (status === 0) return resolve(Buffer.concat(out));
        reject(new Error(`openssl ${words[0]} ended with ${status}\n${Buffer.concat(err)}`));
      });
      child.stdin.end(input);
    });
  }

  // The reply (DER) to a query (DER), by the section of the configuration.
  reply(query, section = 'good') {
    const made = this.last.then(async () => {
      fs.writeFileSync(path.join(this.directory, 'query.tsq'), query);
      return await this.openssl(
          ['ts', '-reply', '-config', 'openssl.cnf', '-section', section, '-queryfile', 'query.tsq']);
    });
    this.last = made.catch(() => {});
    return made;
  }

  async #found() {
    fs.mkdirSync(this.directory, {recursive: true});
    fs.writeFileSync(path.join(this.directory, 'openssl.cnf'), kConfiguration);
    fs.writeFileSync(path.join(this.directory, 'index.txt'), '');
    fs.writeFileSync(path.join(this.directory, 'serial'), '1000\n');
    const certificate = async (who, name, ...how) => {
      await this.openssl(['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', `${who}.key`]);
      await this.openssl([
        'req', '-new', '-config', 'openssl.cnf', '-utf8', '-key', `${who}.key`, '-subj',
        `/O=Entidad de Prueba/CN=${name}`, '-out', `${who}.csr`
      ]);
      await this.openssl([
        'ca', '-config', 'openssl.cnf', '-batch', '-notext', '-utf8', '-in', `${who}.csr`, '-out', `${who}.pem`,
        '-startdate', '20200101000000Z', '-enddate', '21000101000000Z', '-extensions', `${who}_extensions`, ...how
      ]);
    };
    await certificate('issuer', 'Raíz de Prueba', '-selfsign', '-keyfile', 'issuer.key');
    await certificate('authority', this.name, '-cert', 'issuer.pem', '-keyfile', 'issuer.key');
  }

  async #serve(request, response) {
    const mode = this.mode;
    const answer = (status, type, body) => {
      response.writeHead(status, {'Content-Type': type, 'Content-Length': body.length});
      response.end(body);
    };
    const refused = (status, text) => answer(status, 'text/plain', Buffer.from(`${text}\n`));
    try {
      const pieces = [];
      let size = 0;
      for await (const piece of request)
        if ((size += piece.length) <= kMaxQuery) pieces.push(piece);
      if (request.method !== 'POST') return refused(405, 'only POST');
      if (request.headers['content-type'] !== 'application/timestamp-query') return refused(415, 'not a query');
      if (size > kMaxQuery) return refused(413, 'too long');
      const query = Buffer.concat(pieces);
      this.queries.push(query);
      if (mode === 'slow')
        await new Promise((resolve) => {
          const timer = setTimeout(() => {
            this.waiting.delete(timer);
            resolve();
          }, this.delayMs);
          this.waiting.add(timer);
        });
      const asked = Buffer.from(query);
      if (mode === 'wrong-digest') asked[digestAt(asked)] ^= 1;
      const reply =
          mode === 'garbage' ? crypto.randomBytes(1000) : await this.reply(asked, mode === 'refuse' ? mode : 'good');
      answer(200, 'application/timestamp-reply', reply);
    } catch (failure) {
      if (!response.headersSent && !response.destroyed) refused(500, failure.message);
    }
  }
}
