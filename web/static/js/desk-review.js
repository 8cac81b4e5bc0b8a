// The review page: keys, one question before an approval, remarks on chosen words. Everything here is a link or a form
// that works without it.
import { $, $$ } from './lib.js';

/** keys are what the page's list of shortcuts says, by position of the key: "Ctrl+Shift+Enter" → "approve". */
const keys = new Map($('#main').dataset.acts.trim().split(/\s+/).map((pair) => pair.split('=')));

const changes = $$('.cmp > [data-change]');
const current = () => document.activeElement?.closest?.('.cmp > li') ?? $('.cmp > [aria-current]');

/** chosen is the block in which words are chosen, or null. */
const chosen = () => {
  const s = getSelection();
  return s.rangeCount && !s.isCollapsed ? s.getRangeAt(0).startContainer.parentElement?.closest('.cmp > li') : null;
};

function go(step) {
  const here = changes.indexOf(current());
  const next = changes[here < 0 ? (step > 0 ? 0 : changes.length - 1) : here + step];
  if (!next) return;
  for (const li of changes) li.removeAttribute('aria-current');
  next.setAttribute('aria-current', 'true');
  next.closest('details')?.setAttribute('open', '');
  next.focus();
  next.scrollIntoView({ block: 'center' });
}

function comment(li) {
  const box = li?.querySelector('.remark');
  if (!box) return;
  box.open = true;
  box.querySelector('textarea').focus();
}

// Side by side or one below the other, as the person last had it.
const sides = $('#sides');
function showSides(inline) {
  for (const list of $$('.cmp')) list.toggleAttribute('data-inline', inline);
  sides.setAttribute('aria-pressed', String(inline));
}
function switchSides() {
  const inline = sides.getAttribute('aria-pressed') !== 'true';
  showSides(inline);
  try { localStorage.sides = inline ? 'inline' : ''; } catch {}
}
sides.addEventListener('click', switchSides);
try { showSides(localStorage.sides === 'inline'); } catch {}

// Choosing another state compares at once.
for (const id of ['va', 'vb']) $('#' + id).addEventListener('change', (e) => e.target.form.requestSubmit());
$('#compare').hidden = true;

// A button that may not be pressed says why instead. Approving asks once.
const sure = $('#sure');
let asked = null;
const form = $('#decide');
const refused = (button) => button.getAttribute('aria-disabled') === 'true';
form.addEventListener('submit', (e) => {
  const button = e.submitter;
  if (!button) return;
  if (refused(button)) {
    e.preventDefault();
    $('#noap').setAttribute('role', 'alert');
    button.focus();
    return;
  }
  if (button.id === 'changes' && !$('#cm').value.trim()) {
    e.preventDefault();
    $('#cm').setAttribute('aria-invalid', 'true');
    $('#cm').focus();
    return;
  }
  if (button.id.startsWith('approve') && asked !== button) {
    e.preventDefault();
    asked = button;
    sure.showModal();
    return;
  }
  button.setAttribute('aria-busy', 'true');
});
sure.addEventListener('close', () => { asked?.focus(); asked = null; });
$('#sure-yes').addEventListener('click', () => { const button = asked; form.requestSubmit(button); });

const acts = {
  next: () => go(1),
  previous: () => go(-1),
  comment: () => comment(chosen() ?? current() ?? changes[0]),
  sides: switchSides,
  whole: () => $('.seg-btns > a:not([aria-current])')?.click(),
  gate: () => { const h = $('#h-gate'); h.focus(); h.scrollIntoView({ block: 'start' }); },
  changes: () => press('#changes'),
  approve: () => press('#approve'),
  approvenext: () => press('#approvenext'),
};

function press(selector) {
  const button = $(selector);
  if (!button) return;
  button.focus();
  form.requestSubmit(button);
}

const typing = (e) => e.target.closest?.('input, select, textarea, [contenteditable]');

addEventListener('keydown', (e) => {
  if ($('dialog[open]') || e.repeat && !/^Key[JK]$/.test(e.code)) return;
  const code = e.code === 'NumpadEnter' ? 'Enter' : e.code;
  const held = (e.ctrlKey || e.metaKey ? 'Ctrl+' : '') + (e.altKey ? 'Alt+' : '') + (e.shiftKey ? 'Shift+' : '');
  const remark = e.target.closest?.('.remark form');
  if (remark && !held && code === 'Escape') { // back to the block; what is written stays in the box
    const li = remark.closest('li');
    remark.closest('details').open = false;
    li.focus();
    return;
  }
  if (remark && held === 'Ctrl+' && code === 'Enter') { // whoever writes a comment sends that, and decides nothing
    e.preventDefault();
    remark.requestSubmit();
    return;
  }
  if (!held && (typing(e) || document.body.dataset.keys === 'off')) return;
  const act = acts[keys.get(held + code)];
  if (!act) return;
  e.preventDefault();
  act();
});

// A remark on chosen words: where they stand in the text is counted in bytes of the text as stored, where a code is
// written {1} and what was deleted is not.
const bytes = (text) => new TextEncoder().encode(text).length;

function offset(box, node, at) {
  let n = 0;
  const walk = (el) => {
    for (const child of el.childNodes) {
      if (el === node && at-- === 0) return true;
      if (child.nodeType === Node.TEXT_NODE) {
        if (child === node) { n += bytes(child.data.slice(0, at)); return true; }
        n += bytes(child.data);
      } else if (child.nodeName !== 'DEL') {
        if (child.dataset.code) {
          if (child.contains(node)) return true;
          n += bytes(child.dataset.code);
        } else if (walk(child)) return true;
      } else if (child.contains(node)) return true;
    }
    return el === node;
  };
  walk(box);
  return n;
}

document.addEventListener('selectionchange', () => {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  const box = range.startContainer.parentElement?.closest('[data-exact]');
  if (!box || !box.contains(range.endContainer)) return;
  const remark = box.closest('li').querySelector('.remark');
  const set = (name, value) => { remark.querySelector(`[name=${name}]`).value = value; };
  set('start', offset(box, range.startContainer, range.startOffset));
  set('end', offset(box, range.endContainer, range.endOffset));
  const on = remark.querySelector('[data-on]');
  on.hidden = false;
  on.querySelector('q').textContent = chosen.toString();
});

// What is written and not sent is not lost by another button or a link: the browser asks first.
let sent = null; // the form that is on its way
addEventListener('submit', (e) => { sent = e.defaultPrevented ? null : e.target; });
addEventListener('beforeunload', (e) => {
  if ($$('#main textarea').some((t) => t.form !== sent && t.value.trim() && t.value !== t.defaultValue)) e.preventDefault();
});
