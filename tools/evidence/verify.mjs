// Verifies an evidence pack or a receipt with the second verifier, and prints what it finds as one line of JSON.
//
//   node verify.mjs FILE [--vkey KEY] [--witness KEY]… [--authority CERTIFICATE]…
//
// FILE is the pack, or the receipt, which begins with `{` and is refused without --vkey; KEY is name+hash+base64;
// CERTIFICATE is a file, DER or PEM. Exit status: 0 good, 1 refused, 2 the call is wrong. Node 18 or newer and nothing
// else.
import {webcrypto} from 'node:crypto';
import fs from 'node:fs';

import {isReceiptFile, verifyPack, verifyReceipt} from './verifier.mjs';

const kUsage = 'verify.mjs FILE [--vkey KEY] [--witness KEY]… [--authority CERTIFICATE]…';

function readCertificate(file) {
  const bytes = fs.readFileSync(file);
  const [, encoded] = /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(bytes.toString('latin1')) ?? [];
  return new Uint8Array(encoded ? Buffer.from(encoded, 'base64') : bytes);
}

function readCall(words) {
  const call = {files: [], options: {subtle: webcrypto.subtle, witnesses: [], authorities: []}};
  while (words.length > 0) {
    const word = words.shift();
    if (!word.startsWith('--')) call.files.push(word);
    else if (words.length === 0) throw new Error(kUsage);
    else if (word === '--vkey') call.options.vkey = words.shift();
    else if (word === '--witness') call.options.witnesses.push(words.shift());
    else if (word === '--authority') call.options.authorities.push(readCertificate(words.shift()));
    else throw new Error(kUsage);
  }
  if (call.files.length !== 1) throw new Error(kUsage);
  return call;
}

async function main(words) {
  try {
    const {files: [file], options} = readCall(words);
    const bytes = new Uint8Array(fs.readFileSync(file));
    const result = await (isReceiptFile(bytes) ? verifyReceipt : verifyPack)(bytes, options);
    console.log(JSON.stringify(result));
    return result.good ? 0 : 1;
  } catch (error) {
    console.error(error.message);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
