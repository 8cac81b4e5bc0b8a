// The plain field of the editor, for those who want it: a textarea with the codes as text. It does for editor.js what
// the rich field (field.js) does.
const form = /\\?\{(\/?)(\d{1,3})(\/?)\}/g;
const oneLine = (text) => text.replace(/[\n\r\t]/g, ' ');

/** PlainField wraps the textarea. changed is called after every change somebody makes. */
export class PlainField {
  constructor(element, changed) {
    this.element = element;
    this.codes = [];
    element.addEventListener('input', () => { this.fit(); changed(); });
    element.addEventListener('keydown', (e) => { if (e.key === 'Enter' && !e.ctrlKey && !e.metaKey && !e.altKey) e.preventDefault(); });
  }

  /** show fills the field with a text and the codes its source has. */
  show(text, codes) {
    this.codes = codes;
    this.element.value = text;
    this.fit();
  }

  /** fit makes the field as high as its text. */
  fit() {
    this.element.rows = 1;
    const line = parseFloat(getComputedStyle(this.element).lineHeight) || 24;
    this.element.rows = Math.max(3, Math.ceil(this.element.scrollHeight / line));
  }

  /** text is what stands in the field, as the server keeps it. */
  get text() { return oneLine(this.element.value); }

  /** plain is the text without codes, for counting. */
  get plain() { return this.text.replace(form, (code) => (code[0] === '\\' ? code.slice(1) : '')); }

  /** insert puts a text in place of what is chosen, so that Ctrl+Z takes it away again. */
  insert(text) {
    this.element.focus();
    if (!document.execCommand('insertText', false, text)) {
      this.element.setRangeText(text, this.element.selectionStart, this.element.selectionEnd, 'end');
      this.element.dispatchEvent(new Event('input'));
    }
  }

  /** insertCode puts a code at the caret; a pair goes round the chosen words. */
  insertCode(code) {
    const pair = code.replace('{', '{/');
    const { selectionStart: start, selectionEnd: end, value } = this.element;
    const both = this.missing().includes(pair) && end > start;
    this.insert(both ? code + value.slice(start, end) + pair : code);
  }

  /** replaceAll puts another text in place of all, so that Ctrl+Z brings the old one back. */
  replaceAll(text) {
    this.element.focus();
    this.element.select();
    this.insert(text);
  }

  /** missing lists the codes of the source that the text lacks. */
  missing() {
    const has = new Set([...this.text.matchAll(form)].map((m) => m[0]));
    return this.codes.map((c) => c.code).filter((code) => !has.has(code));
  }

  /** end puts the caret behind the last word. */
  end() { this.element.setSelectionRange(this.element.value.length, this.element.value.length); }

  /** caret is where the caret stands among the words: their text up to it, and whole; null where it is elsewhere. */
  get caret() {
    if (document.activeElement !== this.element) return null;
    const words = (text) => oneLine(text).replace(form, (code) => (code[0] === '\\' ? code.slice(1) : ''));
    return { before: words(this.element.value.slice(0, this.element.selectionStart)), all: words(this.element.value) };
  }

  /** chosen is what is selected in the field, as byte offsets into its text, or null. */
  chosen() {
    const { selectionStart: start, selectionEnd: end } = this.element;
    const words = this.text.slice(start, end);
    if (document.activeElement !== this.element || !words.trim()) return null;
    const bytes = (text) => new TextEncoder().encode(text).length;
    return { start: bytes(this.text.slice(0, start)), end: bytes(this.text.slice(0, end)), words };
  }
}
