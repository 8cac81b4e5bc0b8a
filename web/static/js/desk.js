// Every desk page. A page with a script of its own (editor.js, board.js) names it in the block "scripts".
import { $, start } from './lib.js';

start();

/** typing tells whether a key belongs to a field. */
const typing = (e) => e.target.closest?.('input, select, textarea, [contenteditable]');

// Keys are matched by e.code, by position, so they work in Armenian and Russian layouts (never by e.key).
let g = 0;
addEventListener('keydown', (e) => {
  if (typing(e) || e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
  if (document.body.dataset.keys === 'off') return;
  const since = e.timeStamp - g;
  g = 0;
  if (e.code === 'Slash') {
    e.preventDefault();
    if (e.shiftKey) $('#shortcuts')?.showModal();
    else $('#dq')?.focus();
  } else if (e.code === 'KeyG') {
    g = e.timeStamp;
  } else if (since < 1500) {
    $(`[data-go="${e.code}"]`)?.click();
  }
});

// A form is sent once, however often its button is pressed. What takes longer than a moment shows that it is under way
// and says so: a page fetched, terms read again. Forms that scripts send have said preventDefault by now.
const patience = 60000; // ms after which a form may be sent again: the browser was stopped, and no event tells

addEventListener('submit', (e) => {
  const form = e.target, button = e.submitter;
  if (e.defaultPrevented || form.method !== 'post') return;
  if ('sent' in form.dataset) {
    e.preventDefault();
    return;
  }
  form.dataset.sent = '';
  const box = $('.toasts'), line = document.createElement('div');
  line.className = 'toast';
  const timers = [
    setTimeout(() => button?.setAttribute('aria-busy', 'true'), 300),
    setTimeout(() => { line.textContent = box.dataset.busy; box.append(line); }, 1200),
    setTimeout(again, patience),
  ];
  addEventListener('pageshow', again); // come back to from the page it led to

  function again() {
    timers.forEach(clearTimeout);
    delete form.dataset.sent;
    button?.removeAttribute('aria-busy');
    line.remove();
    removeEventListener('pageshow', again);
  }
});
