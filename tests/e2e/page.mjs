// The page that every evidence pack carries, in a real browser without a network: a pack holds, a forged one does not,
// in both languages, with nothing but the page and the file.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

import {Browser} from './browser.mjs';
import {contains, entity, holds, must, renamed, same, script, smallLedger} from './support.mjs';

const kActor = 'coordinador.proc.1';

// A member of a zip archive that we wrote: stored or deflated, with its sizes in the central directory.
function member(zip, ending) {
  let at = zip.readUInt32LE(zip.length - 6);
  for (let left = zip.readUInt16LE(zip.length - 12); left > 0; --left) {
    const [method, size, name, extra, comment, start] = [
      zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)
    ];
    if (zip.toString('utf8', at + 46, at + 46 + name).endsWith(ending)) {
      const data = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
      const bytes = zip.subarray(data, data + size);
      return (method === 0 ? bytes : zlib.inflateRawSync(bytes)).toString();
    }
    at += 46 + name + extra + comment;
  }
  throw new Error(`the pack has no ${ending}`);
}

// What a person sees after choosing that file.
async function shown(browser, page, pack, {english = false, vkey = '', picture} = {}) {
  const open = await browser.open(page);
  if (english) await open.value(`document.getElementById('language').click()`);
  await open.value(`document.getElementById('vkey').value = ${JSON.stringify(vkey)}`);
  await open.choose('#file', pack);
  await open.until(`!document.getElementById('result').hidden`);
  if (picture) await open.picture(picture);
  return open.value('document.body.innerText');
}

await script(async (directory) => {
  const ledger = await smallLedger(path.join(directory, 'a'));
  const {checkpoint_vkey: vkey} = await ledger.get(kActor, '/v1/ledger');
  const answer = await ledger.record(kActor, entity('uno', {name: 'Alcaldía <b>de</b> "Ñemá"'}));
  same('an event is recorded', answer.status, 201);
  await ledger.stop();
  const pack = path.join(directory, 'uno.zip');
  await must(['export', 'evidence', ledger.folder, '--stream', 'entity/uno', '--out', pack, '--by', kActor]);
  const bytes = fs.readFileSync(pack);
  const page = member(bytes, 'data/verificador.html');
  holds('the page asks for nothing outside itself', !/(src|href)=|https?:\/\/(?!www\.w3\.org)/.test(page.replace(/<script[^]*<\/script>/, '')));
  const file = path.join(directory, 'verificador.html');
  fs.writeFileSync(file, page);
  const browser = await Browser.start();
  try {
    const good = await shown(browser, file, pack, {vkey, picture: process.env.FEDATARIO_PICTURE});
    contains('the browser finds the pack in order', good, 'El paquete es bueno', 'entity/uno', vkey, 'Alcaldía <b>de</b> "Ñemá"');
    const other = await shown(browser, file, pack, {vkey: renamed(vkey, 'otro.gov.co')});
    contains('under another key it says that it does not hold', other, 'El paquete no vale', 'checkpoint');
    const forged = path.join(directory, 'forjado.zip');
    const changed = Buffer.from(bytes);
    changed[changed.indexOf('leaves.jsonl') + 400] ^= 1;  // within what is deflated
    fs.writeFileSync(forged, changed);
    contains('changed in one bit too', await shown(browser, file, forged), 'El paquete no vale');
    contains('in English', await shown(browser, file, pack, {english: true}), 'The pack is good', 'entity/uno');
  } finally {
    await browser.end();
  }
  const people = member(bytes, 'data/pagina.html');
  contains('the page for people says who and when', people, 'Entidad registrada', 'Registrado en sesión autenticada de', kActor);
  holds('and escapes what others wrote', people.includes('Alcaldía &lt;b&gt;de&lt;/b&gt;') && !people.includes('<b>de</b>'));
});
