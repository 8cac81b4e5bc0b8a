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
