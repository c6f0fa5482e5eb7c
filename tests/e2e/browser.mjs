// A headless Chromium for the end-to-end scripts, spoken to over its debugging pipe: no port, no network, and nothing but
// Node. Set CHROMIUM for another program than `chromium`.
import child_process from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {environment, sleep} from './support.mjs';

const kPatience = 60_000;  // ms

export class Browser {
  static async start() {
    const browser = new Browser();
    browser.profile = fs.mkdtempSync(path.join(os.tmpdir(), 'fedatario-navegador-'));
    browser.process = child_process.spawn(
        process.env.CHROMIUM ?? 'chromium',
        [
          '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
          '--host-resolver-rules=MAP * ~NOTFOUND', '--remote-debugging-pipe', `--user-data-dir=${browser.profile}`
        ],
        {env: environment(), stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']});
    browser.ended = new Promise((resolve) => browser.process.on('close', resolve));
    browser.process.on('error', (failure) => browser.failed(failure));
    browser.ended.then((status) => browser.failed(new Error(`the browser ended with ${status}`)));
    browser.waiting = new Map();
    browser.number = 0;
    let rest = '';
    browser.process.stdio[4].on('data', (piece) => {
      const messages = (rest + piece).split('\0');
      rest = messages.pop();
      for (const message of messages) browser.take(JSON.parse(message));
    });
    return browser;
  }

  failed(failure) {
    for (const {reject} of this.waiting?.values() ?? []) reject(failure);
    this.waiting?.clear();
  }

  take({id, result, error}) {
    const asked = this.waiting.get(id);
    if (!asked) return;  // an event
    this.waiting.delete(id);
    if (error) asked.reject(new Error(`${asked.method}: ${error.message}`));
    else asked.resolve(result);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.number;
    this.process.stdio[3].write(`${JSON.stringify({id, method, params, sessionId})}\0`);
    return new Promise((resolve, reject) => this.waiting.set(id, {method, resolve, reject}));
  }

  // A page of that file, once it is there.
  async open(file) {
    const {targetId} = await this.send('Target.createTarget', {url: `file://${file}`});
    const {sessionId} = await this.send('Target.attachToTarget', {targetId, flatten: true});
    const page = new Page(this, sessionId);
    await page.until(`location.protocol === 'file:' && document.readyState === 'complete'`);
    return page;
  }

  async end() {
    this.process.kill('SIGKILL');
    await this.ended;
    fs.rmSync(this.profile, {recursive: true, force: true});
  }
}

class Page {
  constructor(browser, session) {
    Object.assign(this, {browser, session});
  }

  // The value of an expression in the page.
  async value(expression) {
    const {result, exceptionDetails} =
        await this.browser.send('Runtime.evaluate', {expression, returnByValue: true}, this.session);
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
    return result.value;
  }

  async until(condition) {
    for (const end = Date.now() + kPatience; !(await this.value(condition)); await sleep(50))
      if (Date.now() > end) throw new Error(`the page never came to ${condition}`);
  }

  // As a person chooses a file.
  async choose(selector, file) {
    const {root} = await this.browser.send('DOM.getDocument', {}, this.session);
    const {nodeId} = await this.browser.send('DOM.querySelector', {nodeId: root.nodeId, selector}, this.session);
    await this.browser.send('DOM.setFileInputFiles', {nodeId, files: [file]}, this.session);
  }

  // A picture, PNG.
  async picture(file) {
    const {data} = await this.browser.send('Page.captureScreenshot', {format: 'png'}, this.session);
    fs.writeFileSync(file, Buffer.from(data, 'base64'));
  }
}
