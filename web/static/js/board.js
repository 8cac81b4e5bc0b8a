// The board: keys, and what the buttons of a job do without a new page.
import { $, $$, fragment, send, toast } from './lib.js';

const links = () => $$('[data-job] .txt a');
const job = () => document.activeElement?.closest?.('[data-job]');

/** renew puts the board as it is now in place of the one shown, and the focus back on the same job. */
async function renew(id) {
  const page = await fragment(location.href);
  $('#board').replaceWith(page.getElementById('board'));
  if (id) document.getElementById(id)?.querySelector('.txt a')?.focus();
}

/** act sends one button of a job's form in the background. */
async function act(button) {
  const row = button.closest('[data-job]');
  button.setAttribute('aria-busy', 'true');
  try {
    const answer = await send(button.form, { [button.name]: button.value });
    if (answer.ok) await renew(row.id);
    else toast((await answer.json()).error);
  } catch {
    button.form.requestSubmit(button); // without an answer the form goes the plain way, and the browser tells
  }
  button.removeAttribute('aria-busy');
}

document.addEventListener('click', (e) => {
  const button = e.target.closest('[data-acts] button');
  if (button) {
    e.preventDefault();
    act(button);
    return;
  }
  const more = e.target.closest('[data-more]');
  if (more) {
    e.preventDefault();
    extend(more);
  }
});

/** extend puts the next jobs of a column below those there are, and the focus on the first of them. */
async function extend(link) {
  const place = link.parentElement, column = place.closest('section');
  link.setAttribute('aria-busy', 'true');
  try {
    const part = await fragment(link.href + '&part=jobs');
    const jobs = [...part.querySelectorAll('.job')];
    column.querySelector('.jobs').append(...jobs);
    const next = part.querySelector('[data-more]');
    if (next) place.replaceChildren(next);
    else place.remove();
    jobs[0]?.querySelector('.txt a')?.focus();
  } catch {
    location.href = link.href;
  }
}

// Keys by position, as desk.js has them; typing in a field and the switch in the profile keep them away.
const move = (step) => {
  const all = links();
  if (!all.length) return;
  const now = job() ? all.indexOf(job().querySelector('.txt a')) : -1;
  all[now < 0 ? (step > 0 ? 0 : all.length - 1) : (now + step + all.length) % all.length].focus();
};
const keys = {
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  KeyV: () => $('[data-view]:not([aria-current])')?.click(),
  KeyA: () => press('KeyA'),
  KeyP: () => press('KeyP'),
};
function press(code) {
  const button = job()?.querySelector(`[data-key=${code}]`);
  if (button) act(button);
}
for (let n = 1; n <= 4; n++) keys[`Digit${n}`] = () => $$('[data-language]')[n - 1]?.click();

addEventListener('keydown', (e) => {
  if (e.target.closest?.('input, select, textarea, [contenteditable]') || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
  if (document.body.dataset.keys === 'off' || document.querySelector('dialog[open]')) return;
  if (keys[e.code]) {
    e.preventDefault();
    keys[e.code]();
  }
});
