// Saving of the editor: one block is one save, 800 ms after the last key and at once when somebody leaves it. What is
// not acknowledged stays on this device and is offered again, so a killed browser loses nothing.

const pause = 800; // ms after the last key

/** Saving keeps what is typed and brings it to the server. tell shows a state; answered gets every answer. */
export class Saving {
  constructor({ at, person, version, tell, answered, signIn }) {
    Object.assign(this, { at, tell, answered, signIn });
    this.prefix = `colophon:${person}:${version}:`;
    this.blocks = new Map(); // key → { base, was, text, timer, tries, busy }
    addEventListener('online', () => this.flush());
    addEventListener('offline', () => this.say());
    addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') this.flush(); });
    addEventListener('pagehide', () => this.flush());
  }

  /** kept lists what this device still holds for the version: [{ key, text, base, was, at }]. */
  kept() {
    const out = [];
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const name = localStorage.key(i);
        if (name.startsWith(this.prefix)) out.push({ key: name.slice(this.prefix.length), ...JSON.parse(localStorage[name]) });
      }
    } catch {}
    return out;
  }

  keep(key, block) {
    try { localStorage[this.prefix + key] = JSON.stringify({ text: block.text, base: block.base, was: block.was, at: Date.now() }); } catch {}
  }

  forget(key) {
    try { localStorage.removeItem(this.prefix + key); } catch {}
  }

  /** type notes a text; base is the number of the save it builds on, was that save's text. */
  type(key, text, base, was) {
    const block = this.blocks.get(key) ?? { base, was, tries: 0 };
    block.text = text;
    block.stopped = false;
    this.blocks.set(key, block);
    this.keep(key, block);
    clearTimeout(block.timer);
    block.timer = setTimeout(() => this.send(key), pause);
    this.tell('saving');
  }

  /** flush sends what waits, at once. */
  flush() { return Promise.all([...this.blocks.keys()].map((key) => this.send(key))); }

  /** waiting counts the blocks that are not acknowledged. */
  get waiting() { return [...this.blocks.values()].filter((b) => b.text !== undefined).length; }

  say() {
    if (!this.waiting) return;
    this.tell(navigator.onLine ? 'unsaved' : 'offline', this.waiting);
  }

  /** send sends one block; confirm asks for more than a draft. It answers the server's answer, or null without one. */
  async send(key, confirm = false, text, base, was) {
    let block = this.blocks.get(key);
    if (text !== undefined) {
      block ??= { base, was, tries: 0 };
      block.text = text;
      this.blocks.set(key, block);
      this.keep(key, block);
    }
    if (!block || block.text === undefined || (block.stopped && !confirm)) return null;
    clearTimeout(block.timer);
    if (block.busy) {
      block.again = true;
      block.confirm ||= confirm;
      return block.busy;
    }
    block.busy = this.post(key, block, confirm);
    const answer = await block.busy;
    block.busy = null;
    if (block.again) {
      block.again = false;
      const more = block.confirm;
      block.confirm = false;
      if (block.text !== undefined || more) return (await this.send(key, more, block.text ?? answer?.text, block.base, block.was)) ?? answer;
    }
    return answer;
  }

  async post(key, block, confirm) {
    const sent = block.text;
    let answer;
    this.tell('saving');
    try {
      answer = await fetch(`${this.at}/blocks/${encodeURIComponent(key)}`, {
        method: 'POST', keepalive: sent.length < 20000, headers: { Accept: 'application/json' },
        body: new URLSearchParams({ base: block.base, was: block.was, text: sent, do: confirm ? 'confirm' : 'save' }),
      });
    } catch {
      return this.later(key, block, confirm);
    }
    if (answer.status === 401) {
      this.tell('unsaved', this.waiting);
      await this.signIn();
      return this.post(key, block, confirm);
    }
    if (answer.status >= 500 || answer.status === 429) return this.later(key, block, confirm);
    let body = {};
    try { body = await answer.json(); } catch {}
    body.ok = answer.ok;
    body.code = answer.status;
    body.text = sent;
    block.tries = 0;
    const saved = answer.ok || (answer.status === 422 && body.number !== undefined);
    if (saved) {
      block.base = body.number;
      block.was = sent;
      if (block.text === sent) { block.text = undefined; this.forget(key); if (!block.again) this.blocks.delete(key); } else this.keep(key, block);
    } else {
      block.stopped = true; // somebody has to choose, or change the text
    }
    this.answered(key, body);
    return body;
  }

  later(key, block, confirm) {
    this.say();
    block.tries++;
    clearTimeout(block.timer);
    block.timer = setTimeout(() => this.send(key, confirm), Math.min(30000, 1000 * 2 ** Math.min(block.tries - 1, 5)));
    return null;
  }

  /** rebase builds what is typed in a block on another save. */
  rebase(key, base, was) {
    const block = this.blocks.get(key);
    if (block) Object.assign(block, { base, was, stopped: false });
  }

  /** drop forgets what is typed in a block. */
  drop(key) {
    clearTimeout(this.blocks.get(key)?.timer);
    this.blocks.delete(key);
    this.forget(key);
  }
}
