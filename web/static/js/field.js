// The rich field of the editor: words, and codes as chips that cannot be broken. A text is written as the server keeps
// it, with {1}…{/1} for codes and a backslash before what only looks like one.
const form = /\\?\{(\/?)(\d{1,3})(\/?)\}/g;
const filler = '\u200b'; // behind a chip at the end, so that the caret has a place to stand; never sent

const bytes = (text) => new TextEncoder().encode(text).length;
const escapeCodes = (text) => text.replace(form, (s) => '\\' + s);

/** chip makes the chip of a code such as {1}; known tells whether the source has it. */
function chip(code, known) {
  const span = document.createElement('span');
  span.className = known ? 'tag' : 'tag tag--lost';
  span.contentEditable = 'false';
  span.dataset.code = code;
  span.textContent = code.slice(1, -1);
  return span;
}

/** codesOf lists the codes of a row's source as they are written: ['{1}', '{/1}', '{2/}'], with their elements. */
export function codesOf(chips) {
  return chips.split(' ').filter(Boolean).flatMap((item) => {
    const [n, name] = item.split(':');
    return n.endsWith('/') ? [{ code: `{${n}}`, name }] : [{ code: `{${n}}`, name }, { code: `{/${n}}`, name }];
  });
}

/**
 * Field wraps the contenteditable element. changed is called after every change somebody makes; refused when what is pasted
 * or dropped is longer than most bytes, which a block cannot hold and which a browser would work on for minutes.
 */
export class Field {
  constructor(element, changed, most, refused) {
    this.element = element;
    this.codes = [];
    const bring = (data) => {
      const text = data.getData('text/plain');
      if (text.length > most || bytes(text) > most) refused();
      else this.insert(this.parse(text));
    };
    element.addEventListener('beforeinput', (e) => this.before(e));
    element.addEventListener('input', () => { this.tidy(); changed(); });
    element.addEventListener('copy', (e) => this.take(e, false));
    element.addEventListener('cut', (e) => this.take(e, true));
    element.addEventListener('paste', (e) => { e.preventDefault(); bring(e.clipboardData); });
    element.addEventListener('drop', (e) => { if (!e.dataTransfer.types.includes('text/html')) { e.preventDefault(); bring(e.dataTransfer); } });
  }

  /** show fills the field with a text and the codes its source has. */
  show(text, codes) {
    this.codes = codes;
    this.element.replaceChildren(this.parse(text));
    this.tidy();
  }

  /** text is what stands in the field, as the server keeps it. */
  get text() { return this.write(this.element); }

  write(node) {
    let out = '';
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) out += escapeCodes(child.data.replaceAll(filler, ''));
      else if (child.dataset?.code) out += child.dataset.code;
      else if (child.nodeName === 'BR') out += child.nextSibling ? ' ' : '';
      else out += (out && /^(DIV|P)$/.test(child.nodeName) ? ' ' : '') + this.write(child);
    }
    return out.replaceAll('\u00a0', (s) => s).replace(/[\n\t\r]/g, ' ');
  }

  /** parse makes nodes of a text: chips of codes, words of the rest. */
  parse(text) {
    const out = document.createDocumentFragment();
    const known = new Set(this.codes.map((c) => c.code));
    let last = 0;
    let words = '';
    const flush = () => { if (words) out.append(words); words = ''; };
    const whole = text.replace(/\s*[\n\r]+\s*/g, ' ');
    for (const m of whole.matchAll(form)) {
      words += whole.slice(last, m.index);
      last = m.index + m[0].length;
      if (m[0][0] === '\\') words += m[0].slice(1);
      else { flush(); out.append(chip(m[0], known.has(m[0]))); }
    }
    words += whole.slice(last);
    flush();
    return out;
  }

  /** before refuses what would put markup or lines into the text. */
  before(e) {
    if (/^format|^insert(Paragraph|LineBreak|OrderedList|UnorderedList|HorizontalRule|Link)/.test(e.inputType)) e.preventDefault();
  }

  /** tidy leaves words and whole chips: nothing a browser has put in between, and no chip somebody typed into. */
  tidy() {
    for (const span of this.element.querySelectorAll('[data-code]')) {
      if (span.textContent !== span.dataset.code.slice(1, -1)) span.textContent = span.dataset.code.slice(1, -1);
      if (span.contentEditable !== 'false') span.contentEditable = 'false';
      const nested = span.parentElement.closest('[data-code]');
      if (nested) nested.after(span);
    }
    for (const other of this.element.querySelectorAll(':not([data-code]):not(br)')) {
      if (!other.closest('[data-code]')) other.replaceWith(...other.childNodes);
    }
    const last = this.element.lastChild;
    if (last?.dataset?.code) last.after(filler);
    if (this.element.childNodes.length === 1 && last?.nodeName === 'BR') last.remove();
    this.leave();
  }

  /** leave takes the caret out of a chip it was left in, so that what is typed next stands behind the chip. */
  leave() {
    const s = getSelection();
    if (!s.rangeCount || !s.isCollapsed || !this.element.contains(s.anchorNode)) return;
    const code = (s.anchorNode.nodeType === Node.TEXT_NODE ? s.anchorNode.parentElement : s.anchorNode).closest('[data-code]');
    if (!code) return;
    if (code.nextSibling?.nodeType !== Node.TEXT_NODE) code.after(filler);
    s.collapse(code.nextSibling, code.nextSibling.data.startsWith(filler) ? 1 : 0);
  }

  /** take puts the chosen words on the clipboard with their codes. */
  take(e, cut) {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    const box = document.createElement('div');
    box.append(chosen.getRangeAt(0).cloneContents());
    e.clipboardData.setData('text/plain', this.write(box));
    e.preventDefault();
    if (cut) document.execCommand('delete');
  }

  /** insert puts nodes at the caret, so that Ctrl+Z takes them away again. */
  insert(nodes) {
    this.element.focus();
    const chosen = getSelection();
    if (!chosen.rangeCount || !this.element.contains(chosen.anchorNode)) this.end();
    const box = document.createElement('div');
    box.append(nodes);
    document.execCommand('insertHTML', false, box.innerHTML);
  }

  /** insertCode puts a code at the caret; a pair goes round the chosen words. */
  insertCode(code) {
    const pair = this.codes.find((c) => c.code === code.replace('{', '{/'));
    const chosen = getSelection();
    const nodes = document.createDocumentFragment();
    if (pair && this.missing().includes(pair.code) && chosen.rangeCount && !chosen.isCollapsed && this.element.contains(chosen.anchorNode)) {
      nodes.append(chip(code, true), chosen.getRangeAt(0).cloneContents(), chip(pair.code, true));
    } else {
      nodes.append(chip(code, true));
    }
    this.insert(nodes);
  }

  /** replaceAll puts another text in place of all, so that Ctrl+Z brings the old one back. */
  replaceAll(text) {
    this.element.focus();
    getSelection().selectAllChildren(this.element);
    this.insert(this.parse(text));
    if (this.text !== text) { this.show(text, this.codes); this.end(); }
  }

  /** missing lists the codes of the source that the text lacks. */
  missing() {
    const has = new Set([...this.element.querySelectorAll('[data-code]')].map((c) => c.dataset.code));
    return this.codes.map((c) => c.code).filter((code) => !has.has(code));
  }

  /** end puts the caret behind the last word. */
  end() {
    const range = document.createRange();
    range.selectNodeContents(this.element);
    range.collapse(false);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  /** plain is the text without codes, for counting. */
  get plain() {
    let out = '';
    for (const n of this.element.childNodes) if (n.nodeType === Node.TEXT_NODE) out += n.data.replaceAll(filler, '');
    return out;
  }

  /** chosen is what is selected in the field, as byte offsets into its text, or null. */
  chosen() {
    const s = getSelection();
    if (!s.rangeCount || s.isCollapsed || !this.element.contains(s.anchorNode) || !this.element.contains(s.focusNode)) return null;
    const range = s.getRangeAt(0);
    const before = document.createRange();
    before.selectNodeContents(this.element);
    before.setEnd(range.startContainer, range.startOffset);
    const measure = (r) => { const box = document.createElement('div'); box.append(r.cloneContents()); return this.write(box); };
    const head = measure(before), words = measure(range);
    return words.trim() ? { start: bytes(head), end: bytes(head) + bytes(words), words: s.toString() } : null;
  }
}
