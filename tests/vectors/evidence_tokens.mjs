// Time-stamp tokens (RFC 3161) for the packs of evidence.mjs, made by openssl with authorities that are thrown away.
import child_process from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const kConfig = `
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:true
[tsa]
extendedKeyUsage = critical,timeStamping
[two_uses]
extendedKeyUsage = critical,timeStamping,clientAuth
[not_critical]
extendedKeyUsage = timeStamping
[stamp]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
clock_precision_digits = 0
`;
const kKinds = {
  rsa: ['rsa:2048', 'tsa'],
  ec: ['P-256', 'tsa'],
  ec384: ['P-384', 'tsa'],
  two_uses: ['P-256', 'two_uses'],
  not_critical: ['P-256', 'not_critical'],
};

// Works in `directory`, which it fills.
export class Authorities {
  #made = new Map();  // token by what it stamps

  constructor(directory) {
    this.directory = directory;
    this.#write('openssl.cnf', kConfig);
    this.#write('serial', '01');
    this.#key('rsa:2048', 'ca');
    this.#openssl(
        'req', '-x509', '-config', 'openssl.cnf', '-extensions', 'authority', '-key', 'ca.key', '-subj', '/CN=ca',
        '-days', '3650', '-out', 'ca.pem');
    for (const [i, [kind, [key, use]]] of Object.entries(kKinds).entries()) {
      this.#key(key, kind);
      this.#openssl(
          'req', '-new', '-config', 'openssl.cnf', '-key', `${kind}.key`, '-subj', `/CN=${kind}`, '-out',
          `${kind}.csr`);
      this.#openssl(
          'x509', '-req', '-in', `${kind}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-set_serial', `${100 + i}`,
          '-days', '3650', '-extfile', 'openssl.cnf', '-extensions', use, '-out', `${kind}.pem`);
    }
  }

  // DER, base64.
  certificate(kind) {
    return new crypto.X509Certificate(this.#read(`${kind}.pem`)).raw.toString('base64');
  }

  stamp(kind, hash, bytes) {
    const digest = crypto.createHash(hash).update(bytes).digest('hex');
    const name = `${kind} ${hash} ${digest}`;
    if (!this.#made.has(name)) this.#made.set(name, this.#stamp(kind, hash, digest));
    return this.#made.get(name);
  }

  #stamp(kind, hash, digest) {
    this.#openssl('ts', '-query', '-digest', digest, `-${hash}`, '-cert', '-no_nonce', '-out', 'query');
    this.#openssl(
        'ts', '-reply', '-config', 'openssl.cnf', '-section', 'stamp', '-queryfile', 'query', '-signer', `${kind}.pem`,
        '-inkey', `${kind}.key`, '-token_out', '-out', 'token');
    return this.#read('token');
  }

  // What `token` says, signed again: by any kind, with or without the signing certificate's hash, with PSS.
  resign(token, kind, {ess = true, pss = false} = {}) {
    this.#write('token', token);
    this.#openssl('cms', '-verify', '-noverify', '-inform', 'DER', '-in', 'token', '-out', 'info');
    this.#openssl(
        'cms', '-sign', '-binary', '-nodetach', '-econtent_type', '1.2.840.113549.1.9.16.1.4', '-outform', 'DER', '-md',
        'sha256', '-signer', `${kind}.pem`, '-inkey', `${kind}.key`, '-in', 'info', '-out', 'token',
        ...(ess ? ['-cades'] : []), ...(pss ? ['-keyopt', 'rsa_padding_mode:pss'] : []));
    return this.#read('token');
  }

  #key(kind, name) {
    const how = kind === 'rsa:2048' ? ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'] :
                                      ['EC', '-pkeyopt', `ec_paramgen_curve:${kind}`];
    this.#openssl('genpkey', '-algorithm', ...how, '-out', `${name}.key`);
  }

  #openssl(...words) {
    child_process.execFileSync('openssl', words, {cwd: this.directory, stdio: ['ignore', 'ignore', 'pipe']});
  }

  #write(name, text) {
    fs.writeFileSync(path.join(this.directory, name), text);
  }

  #read(name) {
    return fs.readFileSync(path.join(this.directory, name));
  }
}
