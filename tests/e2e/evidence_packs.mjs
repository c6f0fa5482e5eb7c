// The corpus of packs (tests/vectors/evidence.mjs) under `fedatario verify`: every good one holds with the figures it
// must, and every forgery is refused with the code that the second verifier gives it too (tests/vectors/evidence_test.mjs).
import fs from 'node:fs';
import path from 'node:path';

import {command, same, script} from './support.mjs';

const kMaker = new URL('../vectors/evidence.mjs', import.meta.url).pathname;

function pem(certificates) {
  const lines = (der) => der.match(/.{1,64}/g).join('\n');
  return certificates.map((der) => `-----BEGIN CERTIFICATE-----\n${lines(der)}\n-----END CERTIFICATE-----\n`).join('');
}

function optionsOf(directory, {vkey, witnesses = [], authorities = []} = {}) {
  const words = [...(vkey ? ['--vkey', vkey] : []), ...witnesses.flatMap((one) => ['--witness', one])];
  if (authorities.length === 0) return words;
  const file = path.join(directory, 'autoridades.pem');
  fs.writeFileSync(file, pem(authorities));
  return [...words, '--authorities', file];
}

await script(async (directory) => {
  const folder = path.join(directory, 'paquetes');
  const made = await command([kMaker, folder], {program: process.execPath});
  if (made.status !== 0) throw new Error(`the corpus was not made: ${made.err}`);
  for (const {file, expect, options, verdict} of JSON.parse(fs.readFileSync(path.join(folder, 'index.json')))) {
    const done = await command(['--json', 'verify', path.join(folder, file), ...optionsOf(directory, options)]);
    if (done.status !== 0 && done.status !== 1) throw new Error(`${file}: ended with ${done.status}\n${done.err}`);
    const said = JSON.parse(done.out);
    const code = said.good ? 'good' : said.findings[0].code;
    same(file, said.findings.length && code !== expect ? [code, said.findings] : code, expect);
    for (const [name, value] of Object.entries(verdict ?? {}))
      if (name in said) same(`${file}: ${name}`, said[name], value);
  }
});
