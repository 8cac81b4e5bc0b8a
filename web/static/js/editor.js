// The translators' editor. The page works without: each block is a form. With it, blocks open without a new page, what
// is typed is saved by itself (saving.js), and codes are chips (field.js).
import { $, $$, toast } from './lib.js';
import { Field, codesOf } from './field.js';
import { PlainField } from './plain.js';
import { Saving } from './saving.js';
import { preview } from './preview.js';

const main = $('#main');
const texts = $('#texts').dataset;
const at = main.dataset.at;
let rows = $$('.seg');
const form = $('#field');
const saved = $('#saved');
const canEdit = Boolean(form);
let now = rows.findIndex((row) => row.hasAttribute('aria-current'));

const fill = (text, ...values) => values.reduce((t, v, i) => t.replace('%' + (i + 1), v), text);
const row = (key) => rows.find((r) => r.dataset.key === key);
const byNumber = (n) => rows.findIndex((r) => r.dataset.number === String(n));
const works = (r) => r.dataset.st !== 'none';
const letters = (text) => [...text].length;

/** html makes nodes of markup that our server wrote. */
function html(markup) {
  const box = document.createElement('template');
  box.innerHTML = markup;
  return box.content;
}

// Saving, and what it says

const forms = new Intl.PluralRules(document.documentElement.lang);
const offline = (n) => (texts['offline' + { one: 'One', few: 'Few' }[forms.select(n)]] ?? texts.offlineMany).replace(/\d+/, n);

const saving = new Saving({
  at, person: main.dataset.person, version: main.dataset.version, signIn,
  tell(state, n) {
    const text = state === 'offline' ? offline(n) : texts[state];
    if (saved.textContent !== text) saved.textContent = text;
    saved.dataset.state = state;
  },
  answered(key, answer) {
    const r = row(key);
    const current = r === rows[now];
    if (answer.ok && !saving.waiting) { saved.textContent = answer.saved; saved.dataset.state = 'saved'; }
    if (answer.ok || answer.code === 422) {
      if (answer.number !== undefined) {
        r.dataset.base = answer.number;
        r.dataset.text = answer.text;
      }
    }
    if (answer.gutter !== undefined) {
      r.dataset.st = answer.status;
      $('.seg-n', r).innerHTML = answer.gutter;
      if (answer.code !== 409) $('[data-shown]', r).innerHTML = answer.target;
      $('#ruler').innerHTML = answer.ruler;
      $('#actions').innerHTML = answer.bar;
      const submit = $('#submit-form #submit');
      if (submit) {
        const hindered = Boolean($('#why'));
        submit.toggleAttribute('aria-disabled', hindered);
        if (hindered) { submit.setAttribute('aria-disabled', 'true'); submit.setAttribute('aria-describedby', 'why'); }
        else submit.removeAttribute('aria-describedby');
      }
      if (current) {
        stale = true;
        $('#p-qa').innerHTML = answer.checks;
        $('.tabs .n').textContent = answer.problems.length || '';
      }
    }
    if (current) say(answer.code === 409 ? '' : answer.error ?? '', answer.problems);
    if (answer.code === 409) { open(rows.indexOf(r)); showConflict(r, answer); saved.textContent = texts.choose; }
    else if (!answer.ok && answer.code !== 422) { say(answer.error); saved.textContent = texts.refused; }
  },
});

/** say tells, under the field, what is wrong with the block. */
function say(error, problems = []) {
  const lines = error ? [error] : problems;
  const box = $('#said');
  const next = lines.map((line) => { const p = document.createElement('p'); p.className = 'err'; p.textContent = line; return p; });
  if (box.textContent !== lines.join('')) box.replaceChildren(...next);
}

function signIn() {
  const dialog = $('#signin');
  if (!dialog.open) dialog.showModal();
  return new Promise((done) => dialog.addEventListener('close', done, { once: true }));
}
$('#signin form').addEventListener('submit', async (e) => {
  e.preventDefault();
  const error = $('#si-err');
  error.textContent = '';
  try {
    const answer = await fetch('/login', { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(new FormData(e.target)) });
    if (answer.ok) { $('#si-password').value = ''; $('#signin').close(); } else error.textContent = (await answer.json()).error;
  } catch { error.textContent = texts.unsaved; }
});
$('#signin').addEventListener('cancel', (e) => e.preventDefault());

// The field

const rich = $('#rich') ?? $('#plain'); // the element somebody writes in
const field = !canEdit ? null : rich.id === 'plain' ? new PlainField(rich, changed) : new Field(rich, changed, Number(texts.most), () => say(texts.long));

function changed() {
  const r = rows[now];
  saving.type(r.dataset.key, field.text, Number(r.dataset.base), r.dataset.text);
  showLength();
  showTags();
  look?.update();
}

function showLength() {
  $('#length').textContent = fill(texts.length, letters(field.plain), rows[now].dataset.limit);
}

const formats = { a: texts.link, b: texts.bold, strong: texts.bold, i: texts.italic, em: texts.italic };

/** showTags offers the codes of the source; those the text lacks can be pressed. */
function showTags() {
  const missing = field.missing();
  const box = $('#tags');
  field.codes.forEach(({ code, name }, i) => {
    let button = box.children[i];
    if (!button) {
      button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn btn--s';
      const what = formats[name] ?? texts.format;
      const label = code.startsWith('{/') ? fill(texts.end, what) : code.endsWith('/}') ? texts.alone : what;
      const tag = document.createElement('span');
      tag.className = 'tag';
      tag.textContent = code.slice(1, -1);
      const word = document.createElement('span');
      word.className = 'lbl';
      word.textContent = label;
      button.append(tag, ' ', word);
      button.title = label;
      if (i < 9) button.dataset.alt = i + 1;
      button.addEventListener('mousedown', (e) => e.preventDefault());
      button.addEventListener('click', () => insertTag(i));
      box.append(button);
    }
    if (missing.includes(code)) button.removeAttribute('aria-disabled');
    else button.setAttribute('aria-disabled', 'true');
  });
  box.hidden = !field.codes.length;
}

function insertTag(i) {
  const code = field.codes[i]?.code;
  if (code && field.missing().includes(code)) field.insertCode(code);
}

// Opening blocks

/** open makes a row the open one: the form moves into it. */
function open(i, focus = true) {
  const r = rows[i];
  if (!r || !works(r)) return;
  const old = rows[now];
  const same = r === old;
  if (old && !same) {
    saving.send(old.dataset.key);
    old.removeAttribute('aria-current');
    $('[data-shown]', old).hidden = false;
    for (const x of $$('.on', old)) x.classList.remove('on');
  }
  now = i;
  r.setAttribute('aria-current', 'true');
  if (canEdit) {
    if (!same || form.parentElement !== r) {
      r.append(form);
      $('[data-shown]', r).hidden = true;
      load(r);
    }
    if (focus) { rich.focus({ preventScroll: true }); }
  } else if (focus) $('.seg-n a', r).focus({ preventScroll: true });
  if (!same) {
    r.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    history.replaceState(null, '', `?block=${r.dataset.number}&show=${main.dataset.show}#b${r.dataset.number}`);
    showPanel(r);
  }
}

/** load fills the form with a row's block. */
function load(r) {
  form.action = `${at}/blocks/${r.dataset.key}`;
  form.elements.base.value = r.dataset.base;
  form.elements.was.value = r.dataset.text;
  form.elements.text.setAttribute('aria-label', r.dataset.label);
  rich.setAttribute('aria-label', r.dataset.label);
  const typed = saving.blocks.get(r.dataset.key)?.text;
  field.show(typed ?? r.dataset.text, codesOf(r.dataset.codes));
  field.end();
  $('#tags').replaceChildren();
  $('#conflict').replaceChildren();
  say('');
  showTags();
  showLength();
}

let asked = 0;
async function showPanel(r) {
  const mine = ++asked;
  const tab = $('.panel [aria-selected=true]')?.hash ?? '#p-qa';
  try {
    const answer = await fetch(`${at}/blocks/${encodeURIComponent(r.dataset.key)}/panel`);
    if (answer.ok && mine === asked) putPanel(await answer.text(), tab);
  } catch {}
}

const remarks = new Map(); // comments begun and not sent, by the address they would go to

/** keepRemark notes what is begun in the panel, before the panel makes room for another. */
function keepRemark() {
  const say = $('#say-form');
  if (say) remarks.set(say.action, say.elements.say.value);
}

function putPanel(markup, tab) {
  const panel = $('#panel');
  const up = panel.hasAttribute('data-up');
  const onTab = document.activeElement.closest?.('#panel [role=tab]');
  const writing = document.activeElement.id === 'say';
  keepRemark();
  panel.replaceWith(html(markup));
  const marks = $('#panel [data-marks]'), gutter = marks && $('.seg-n', row(marks.dataset.marks)); // a remark shows in the margin too
  if (gutter && gutter.innerHTML !== marks.innerHTML && !gutter.contains(document.activeElement)) gutter.innerHTML = marks.innerHTML;
  const say = $('#say-form');
  if (say) say.elements.say.value = remarks.get(say.action) ?? '';
  stale = false;
  $('#panel').toggleAttribute('data-up', up);
  for (const a of $$('#panel .tabs a')) {
    a.removeAttribute('aria-current');
    if (a.hash === tab) a.setAttribute('aria-current', 'true');
  }
  wirePanel();
  if (onTab) $('.panel [aria-selected=true]').focus();
  else if (writing) $('#say')?.focus();
}

let stale = false; // something was saved since the panel was read: its history is behind

const panelTabs = () => $$('#panel [data-panel-tabs] a');

/** wirePanel gives the panel its tabs (ARIA pattern: one tab stop, arrows move) and its forms. */
function wirePanel() {
  const list = $('#panel [data-panel-tabs]');
  if (!list) return;
  const all = panelTabs();
  const select = (i) => all.forEach((a, j) => {
    a.setAttribute('aria-selected', String(i === j));
    a.tabIndex = i === j ? 0 : -1;
    $(a.hash).hidden = i !== j;
    if (stale && i === j && a.hash === '#p-hi') showPanel(rows[now]);
  });
  list.setAttribute('role', 'tablist');
  all.forEach((a, i) => {
    const pane = $(a.hash);
    a.id = 'tab-' + pane.id;
    a.setAttribute('role', 'tab');
    a.setAttribute('aria-controls', pane.id);
    pane.setAttribute('role', 'tabpanel');
    pane.setAttribute('aria-labelledby', a.id);
    pane.tabIndex = 0;
    a.addEventListener('click', (e) => { e.preventDefault(); select(i); $('#panel').setAttribute('data-up', ''); });
    a.addEventListener('keydown', (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      if (step) { const next = (i + step + all.length) % all.length; select(next); all[next].focus(); }
      if (e.key === ' ') { e.preventDefault(); select(i); }
    });
  });
  select(Math.max(0, all.findIndex((a) => a.hasAttribute('aria-current'))));
  for (const a of all) a.removeAttribute('aria-current');
  for (const f of $$('#panel form[data-panel]')) f.addEventListener('submit', sendPanel);
  for (const f of $$('#panel form[data-restore]')) f.addEventListener('submit', restore);
  quoteChosen();
}

async function sendPanel(e) {
  e.preventDefault();
  const data = new URLSearchParams(new FormData(e.target, e.submitter));
  data.set('from', 'script');
  const tab = $('.panel [aria-selected=true]').hash;
  try {
    const answer = await fetch(e.target.action, { method: 'POST', body: data });
    if (answer.status === 401) { await signIn(); return; }
    if (!answer.ok) throw new Error(answer.status);
    if (e.target.id === 'say-form') { e.target.elements.say.value = ''; remarks.delete(e.target.action); }
    putPanel(await answer.text(), tab);
    $('.panel [aria-selected=true]').focus();
  } catch { toast(texts.unsaved); }
}

/** restore saves what is typed first, then lets the form bring the earlier text back. */
async function restore(e) {
  e.preventDefault();
  const button = e.submitter;
  await saving.flush();
  const past = document.createElement('input');
  Object.assign(past, { type: 'hidden', name: button.name, value: button.value });
  e.target.append(past);
  e.target.submit();
}

// The words chosen in the field are what a comment is about.
let chosen = null;
document.addEventListener('selectionchange', () => {
  if (!field) return;
  const words = field.chosen();
  if (words || document.activeElement === rich) { chosen = words; quoteChosen(); }
  light();
});

function quoteChosen() {
  const say = $('#say-form');
  if (!say) return;
  say.elements.start.value = chosen?.start ?? 0;
  say.elements.end.value = chosen?.end ?? 0;
  $('#say-on').hidden = !chosen;
  $('#say-quote').textContent = chosen?.words ?? '';
}

// The sentence under the caret is lit on both sides.
function lightSource(r, n) {
  const sentences = $$('.seg-s [data-x]', r);
  for (const x of sentences) x.classList.toggle('on', x.dataset.x === String(Math.min(n, sentences.length - 1)));
}

const ends = /[.!?։:…]+["'»”’)\]]*\s+/gu;
function light() {
  const r = rows[now];
  const s = getSelection();
  const caretOf = field.caret;
  if (r && caretOf) {
    const n = [...caretOf.all.matchAll(ends)].filter((m) => m.index + m[0].length <= caretOf.before.length).length;
    lightSource(r, n);
    return;
  }
  if (!r || !s.rangeCount || !rich.contains(s.anchorNode)) return;
  const nodes = [];
  const walk = document.createTreeWalker(rich, NodeFilter.SHOW_TEXT);
  let text = '', caret = 0;
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (node === s.anchorNode) caret = text.length + s.anchorOffset;
    nodes.push({ node, from: text.length });
    text += node.parentElement.dataset.code ? '' : node.data;
    if (node.parentElement.dataset.code) nodes.pop();
  }
  const starts = [0, ...[...text.matchAll(ends)].map((m) => m.index + m[0].length)];
  const n = Math.max(0, starts.findLastIndex((from) => from <= caret));
  lightSource(r, n);
  if (!window.Highlight || !nodes.length) return;
  const place = (offset) => { const p = nodes.findLast((x) => x.from <= offset) ?? nodes[0]; return [p.node, Math.min(offset - p.from, p.node.length)]; };
  const range = new Range();
  range.setStart(...place(starts[n]));
  range.setEnd(...place(starts[n + 1] ?? text.length));
  CSS.highlights.set('sentence', new Highlight(range));
}

// A conflict: hers, yours, or both together

let conflict = null; // the one that shows

function showConflict(r, answer) {
  $('#conflict').innerHTML = answer.conflict;
  conflict = { r, answer };
  $('[data-choose]', form).focus();
}

function choose(r, answer, what) {
  const key = r.dataset.key;
  const mine = saving.blocks.get(key)?.text ?? field.text;
  r.dataset.base = answer.number;
  r.dataset.text = answer.theirs;
  saving.rebase(key, answer.number, answer.theirs);
  $('#conflict').replaceChildren();
  if (what === 'hers') {
    saving.drop(key);
    field.show(answer.theirs, field.codes);
    $('[data-shown]', r).innerHTML = answer.target;
    saved.textContent = '';
    showTags();
    showLength();
  } else {
    const text = what === 'both' ? answer.both : mine;
    field.show(text, field.codes);
    saving.type(key, text, answer.number, answer.theirs);
    if (what === 'mine') saving.send(key);
    showTags();
    showLength();
  }
  rich.focus();
  field.end();
}

// A long version comes in parts. The others are fetched at once, and then every block is here: for keys, for the goto
// dialog and for the browser's own search.

const segs = $('.segs');
const opened = rows[now]?.dataset.number ?? 0;

async function fetchRows(from, to) {
  const answer = await fetch(`${at}?part=rows&from=${from}&to=${to}&block=${opened}&show=${main.dataset.show}`);
  if (!answer.ok) throw new Error(answer.status);
  return html(await answer.text());
}

/** adopt takes rows in that were not there, and keeps the open one open. */
function adopt(put) {
  const current = rows[now];
  put();
  rows = $$('.seg');
  now = rows.indexOf(current);
}

async function fetchAll() {
  let from = Number(segs.dataset.from), to = Number(segs.dataset.to);
  const whole = Number(segs.dataset.whole), step = 250;
  while (to < whole) {
    const more = await fetchRows(to, Math.min(whole, to + step));
    if (!more.querySelector('.seg')) break;
    adopt(() => segs.append(more));
    to = Math.min(whole, to + step);
  }
  $('#later')?.parentElement.remove();
  while (from > 0) {
    const more = await fetchRows(Math.max(0, from - step), from);
    if (!more.querySelector('.seg')) break;
    const top = rows[now]?.getBoundingClientRect().top;
    adopt(() => segs.prepend(more));
    if (top !== undefined) scrollBy({ top: rows[now].getBoundingClientRect().top - top, behavior: 'instant' });
    from = Math.max(0, from - step);
  }
  $('#earlier')?.parentElement.remove();
  $('#shown')?.remove();
}
let all = null; // a promise while parts are missing
if (segs && ($('#later') || $('#earlier'))) {
  main.setAttribute('aria-busy', 'true');
  all = fetchAll().catch(() => {}).finally(() => { all = null; main.removeAttribute('aria-busy'); });
}

// What a browser that was killed left on this device is offered again

function offerKept() {
  const list = saving.kept().filter((k) => {
    const r = row(k.key);
    if (r && r.dataset.text !== k.text) return true;
    if (r) saving.forget(k.key);
    return false;
  });
  if (!list.length) return;
  const box = $('#kept');
  const title = document.createElement('p');
  const bold = document.createElement('b');
  bold.textContent = texts.kept;
  title.append(bold);
  const lines = list.map((k) => {
    const p = document.createElement('p');
    const r = row(k.key);
    const words = document.createElement('span');
    words.className = 'txt';
    words.lang = main.dataset.lang;
    words.textContent = k.text;
    p.append(fill(texts.keptBlock, r?.dataset.number ?? '–', new Date(k.at).toTimeString().slice(0, 5)), ' ', words);
    return p;
  });
  const put = document.createElement('button');
  put.className = 'btn btn--main';
  put.textContent = texts.put;
  put.addEventListener('click', () => {
    box.hidden = true;
    for (const k of list) saving.type(k.key, k.text, k.base, k.was);
    const first = rows.indexOf(row(list[0].key));
    open(first);
    load(rows[first]);
    saving.flush();
  });
  const drop = document.createElement('button');
  drop.className = 'btn';
  drop.textContent = texts.drop;
  drop.addEventListener('click', () => {
    if (!confirm(texts.sure)) return;
    for (const k of list) saving.drop(k.key);
    box.hidden = true;
    rich.focus();
  });
  const buttons = document.createElement('p');
  buttons.className = 'row';
  buttons.append(put, drop);
  const note = document.createElement('div');
  note.className = 'note kept';
  note.dataset.tone = 'changes';
  note.setAttribute('role', 'alert');
  note.append(title, ...lines, buttons);
  box.replaceChildren(note);
  box.hidden = false;
}

// Doing

/** next finds a row after the open one, round again from the top. */
function next(is) {
  const order = rows.map((_, i) => (now + 1 + i) % rows.length);
  return order.find((i) => i !== now && works(rows[i]) && is(rows[i])) ?? -1;
}

/** confirmBlock marks at once, asks the server, and takes the mark back if it refuses. */
async function confirmBlock() {
  const r = rows[now];
  const before = r.dataset.st;
  const text = field.text;
  r.dataset.st = 'confirmed';
  const sent = saving.send(r.dataset.key, true, text, Number(r.dataset.base), r.dataset.text);
  const answer = await Promise.race([sent, new Promise((go) => setTimeout(() => go('slow'), 250))]);
  if (all) await all;
  const stays = rows[now] !== r; // somebody went elsewhere meanwhile
  const i = next((x) => x.dataset.st !== 'confirmed');
  const move = () => { if (stays) return; if (i >= 0) open(i); else toast(texts.done); };
  if (answer === 'slow') {
    move();
    sent.then((late) => { if (late && !late.ok) { r.dataset.st = late.status ?? before; open(rows.indexOf(r)); say(late.error ?? '', late.problems); } });
    return;
  }
  if (!answer || answer.ok) move();
  else { r.dataset.st = answer.status ?? before; rich.focus(); }
}

const anyRow = () => true;
async function step(by, is = anyRow) {
  if (all && (is !== anyRow || !rows[now + by])) await all;
  for (let i = now + by; i >= 0 && i < rows.length; i += by) if (works(rows[i]) && is(rows[i])) return open(i);
}

const commands = {
  confirm: () => confirmBlock(),
  skip: async () => { if (all) await all; const i = next(() => true); if (i >= 0) open(i); },
  copy: () => { field.replaceAll(rows[now].dataset.source); changed(); },
};

form?.addEventListener('submit', (e) => {
  e.preventDefault();
  if (!e.submitter?.matches('[data-choose]')) commands[e.submitter?.value]?.();
  else if (conflict) choose(conflict.r, conflict.answer, e.submitter.value);
});

main.addEventListener('click', (e) => {
  const link = e.target.closest('[data-block]');
  if (link && byNumber(link.dataset.block) >= 0) { e.preventDefault(); open(byNumber(link.dataset.block)); return; }
  const r = e.target.closest('.seg');
  if (e.target.closest('.pane')) $('#panel').removeAttribute('data-up');
  if (!r) return;
  const number = e.target.closest('.seg-n a');
  if (number) e.preventDefault();
  else if (e.target.closest('a, button, form') || getSelection().toString()) return;
  if (rows.indexOf(r) !== now) open(rows.indexOf(r));
});

// Nothing leaves the page unsaved: links and the form to submit wait for the last save.
$('#submit-form')?.addEventListener('submit', async (e) => {
  e.preventDefault();
  const button = $('#submit');
  if (button.getAttribute('aria-busy')) return;
  button.setAttribute('aria-busy', 'true');
  await saving.flush();
  HTMLFormElement.prototype.submit.call(e.target); // its button is called submit, and would stand for the method
});
addEventListener('beforeunload', (e) => {
  keepRemark();
  if ((saving.waiting && !navigator.onLine) || [...remarks.values()].some((text) => text.trim())) e.preventDefault();
});
rich?.addEventListener('blur', () => { const r = rows[now]; if (r) saving.send(r.dataset.key); });

// Keys, by position, so that they work in every layout

function panelOrText() {
  if ($('#panel').contains(document.activeElement)) (rich ?? $('.seg-n a', rows[now])).focus();
  else { $('#panel').setAttribute('data-up', ''); $('.panel [aria-selected=true]')?.focus(); }
}

function comment() {
  panelTabs().find((a) => a.hash === '#p-co')?.click();
  quoteChosen();
  $('#say')?.focus();
}

const unconfirmed = (r) => r.dataset.st !== 'confirmed';
const keys = {
  'ctrl Enter': () => canEdit && confirmBlock(),
  'ctrl NumpadEnter': () => canEdit && confirmBlock(),
  'ctrl shift Enter': async () => { if (all) await all; const i = next((r) => r.dataset.st === 'empty'); if (i >= 0) open(i); else toast(texts.none); },
  'alt ArrowDown': () => step(1),
  'alt ArrowUp': () => step(-1),
  'alt shift ArrowDown': () => step(1, unconfirmed),
  'alt shift ArrowUp': () => step(-1, unconfirmed),
  'alt KeyG': () => $('#goto').showModal(),
  'ctrl shift KeyC': () => canEdit && commands.copy(),
  'ctrl Comma': () => { const code = field?.missing()[0]; if (code) field.insertCode(code); },
  'ctrl KeyM': comment,
  'ctrl Period': panelOrText,
  'alt KeyP': () => $('#preview').click(),
  'alt Slash': () => $('#shortcuts').showModal(),
};

addEventListener('keydown', (e) => {
  if (e.key === 'Alt') document.body.classList.add('alt');
  if ($('dialog[open]')) return;
  if (e.code === 'Escape') {
    const panel = $('#panel');
    if (document.body.dataset.look === 'on') look.close();
    else if (panel.hasAttribute('data-up')) panel.removeAttribute('data-up');
    else if (document.activeElement === rich) $('.seg-n a', rows[now]).focus();
    return;
  }
  const ctrl = e.ctrlKey || e.metaKey;
  const name = (ctrl ? 'ctrl ' : '') + (e.altKey ? 'alt ' : '') + (e.shiftKey ? 'shift ' : '') + e.code;
  const digit = /^alt Digit([1-9])$/.exec(name);
  if (digit && canEdit) { e.preventDefault(); insertTag(Number(digit[1]) - 1); return; }
  if (keys[name]) { e.preventDefault(); keys[name](); }
});
addEventListener('keyup', (e) => { if (e.key === 'Alt') { document.body.classList.remove('alt'); e.preventDefault(); } });
addEventListener('blur', () => document.body.classList.remove('alt'));

$('#goto form').addEventListener('submit', async (e) => {
  let i = byNumber($('#goto-n').value);
  if (i < 0 && !all) return;
  e.preventDefault();
  $('#goto').close();
  if (i < 0) { await all; i = byNumber($('#goto-n').value); }
  if (i < 0) return;
  open(i);
});

// Start

const look = preview({
  button: $('#preview'), main, texts, at,
  unsaved: () => { const out = [...saving.blocks].filter(([, b]) => b.text !== undefined).map(([key, b]) => [key, b.text]); if (field && rows[now] && !out.some(([k]) => k === rows[now].dataset.key)) out.push([rows[now].dataset.key, field.text]); return out; },
});
wirePanel();
if (canEdit && now >= 0) {
  const typed = form.elements.text.value;
  const r = rows[now];
  load(r);
  if (typed !== r.dataset.text) { field.show(typed, field.codes); saving.type(r.dataset.key, typed, Number(r.dataset.base), r.dataset.text); }
  if (all) all.then(offerKept);
  else offerKept();
  if (!$('[role=alert]')) rich.focus({ preventScroll: true });
  r.scrollIntoView({ block: 'center' });
}
