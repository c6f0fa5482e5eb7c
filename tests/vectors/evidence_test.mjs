// Makes the packs and receipts of evidence.mjs and holds the JavaScript verifier (tools/evidence/verifier.mjs) against
// them: a line for each that is judged as it must. Exit status 1 when one is not.
//
//   node evidence_test.mjs [FOLDER]     FOLDER, where given, keeps what is made
import {webcrypto} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {isReceiptFile, verifyPack, verifyReceipt} from '../../tools/evidence/verifier.mjs';
import {writePacks} from './evidence.mjs';

const bytesOf = (folder, {file}) => new Uint8Array(fs.readFileSync(path.join(folder, file)));

// As a browser without Ed25519 in Web Crypto.
const withoutEd25519 = {
  digest: (...words) => webcrypto.subtle.digest(...words),
  sign: (...words) => webcrypto.subtle.sign(...words),
  verify: (...words) => webcrypto.subtle.verify(...words),
  importKey: (form, key, way, ...rest) => way.name === 'Ed25519' ?
      Promise.reject(new Error('not supported')) : webcrypto.subtle.importKey(form, key, way, ...rest),
};

async function judge(folder, entry, subtle = webcrypto.subtle) {
  const {authorities = [], ...known} = entry.options ?? {};
  const bytes = bytesOf(folder, entry);
  if (isReceiptFile(bytes)) return verifyReceipt(bytes, {...known, subtle});
  const certificates = authorities.map((text) => new Uint8Array(Buffer.from(text, 'base64')));
  return verifyPack(bytes, {...known, authorities: certificates, subtle});
}

// What is not as the entry says; nothing where all is.
function disagreement({expect, verdict = {}}, result) {
  const got = result.good ? 'good' : result.code;
  if (got !== expect) return `${got}: ${JSON.stringify(result.refusals.slice(0, 3))}`;
  const other =
      Object.keys(verdict).find((name) => JSON.stringify(result.verdict[name]) !== JSON.stringify(verdict[name]));
  return other && `${other} ${JSON.stringify(result.verdict[other])}, not ${JSON.stringify(verdict[other])}`;
}

// One flipped bit anywhere in what is evidence must not pass.
async function flips(folder, entry) {
  const bytes = bytesOf(folder, entry);
  for (let at = 40; at < bytes.length; at += 997) {
    const forged = Uint8Array.from(bytes);
    forged[at] ^= 1 << at % 8;
    const result = await verifyPack(forged, {subtle: webcrypto.subtle});
    if (result.good && !await isHarmless(bytes, forged)) return `byte ${at}`;
  }
  return undefined;
}

// Times and attributes of the zip's own, which nobody reads.
async function isHarmless(bytes, forged) {
  const [before, after] =
      [await verifyPack(bytes, {subtle: webcrypto.subtle}), await verifyPack(forged, {subtle: webcrypto.subtle})];
  return JSON.stringify(before) === JSON.stringify(after);
}

// Nor anywhere in a receipt, whose every byte is evidence but the names of signers nobody knows.
async function receiptFlips(folder, entry) {
  const bytes = bytesOf(folder, entry);
  for (let at = 0; at < bytes.length; at += 7) {
    const forged = Uint8Array.from(bytes);
    forged[at] ^= 1 << at % 8;
    if ((await verifyReceipt(forged, {...entry.options, subtle: webcrypto.subtle})).good) return `byte ${at}`;
  }
  return undefined;
}

async function run(folder) {
  let failed = 0;
  const tell = (name, wrong) => {
    console.log(wrong ? `FAILED  ${name}\n  ${wrong}` : `ok  ${name}`);
    if (wrong) ++failed;
  };
  const index = writePacks(folder);
  for (const entry of index) tell(`${entry.file}: ${entry.what.en}`, disagreement(entry, await judge(folder, entry)));
  for (const entry of index.filter(({file}) => ['good.plan.zip', 'signature.signature-flipped.zip',
      'signature.signature-s-plus-l.zip', 'form.enrolment-of-small-key.zip', 'good.receipt-middle.json',
      'checkpoint.receipt-stranger-in-disguise.json'].includes(file)))
    tell(
        `${entry.file}: the same without Ed25519 in Web Crypto`,
        disagreement(entry, await judge(folder, entry, withoutEd25519)));
  const trusted = index.find(({file}) => file === 'good.plan-trusted.zip');
  const {timestamps} = (await judge(folder, trusted)).verdict;
  tell(
      'the stamps of a known authority are trusted',
      timestamps.length === 3 && timestamps.every((one) => one.trusted) ? undefined : JSON.stringify(timestamps));
  tell('no flipped bit passes', await flips(folder, index.find(({file}) => file === 'good.plan-stored.zip')));
  const receipt = index.find(({file}) => file === 'good.receipt-signed-by-author.json');
  tell('nor in a receipt', await receiptFlips(folder, receipt));
  const unknown = await judge(folder, {...receipt, options: {}});
  tell('a receipt without the ledger\'s key is refused', disagreement({expect: 'checkpoint'}, unknown));
  const text = new TextDecoder().decode(bytesOf(folder, receipt));
  const asText = await verifyReceipt(text, {...receipt.options, subtle: webcrypto.subtle});
  tell('a receipt given as text is judged alike', disagreement(receipt, asText));
  const cosigned = index.find(({file}) => file === 'good.receipt-cosigned.json');
  const {witnesses} = (await judge(folder, cosigned)).verdict;
  tell('the cosigner of a receipt is named', witnesses.length === 1 ? undefined : JSON.stringify(witnesses));
  console.log(`${index.length} packs and receipts, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

const given = process.argv[2];
const folder = given ?? fs.mkdtempSync(path.join(os.tmpdir(), 'fedatario-evidence-'));
fs.mkdirSync(folder, {recursive: true});
process.exitCode = await run(folder);
if (!given && process.exitCode === 0) fs.rmSync(folder, {recursive: true});
