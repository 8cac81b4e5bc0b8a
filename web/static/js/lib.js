// What every page's script may use. Nothing here depends on a page; texts come from data- attributes, in the
// page's language. Every control it touches is a link or a form that works without it.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
export const root = document.documentElement;

/** cookie reads one of our plain cookies, or ''. */
export function cookie(name) {
  return document.cookie.split('; ').find((c) => c.startsWith(name + '='))?.slice(name.length + 1) ?? '';
}

/** toast says that something happened. Nothing may depend on it: it goes after six seconds. */
export function toast(text) {
  const box = $('.toasts');
  if (!box || !text) return;
  const line = document.createElement('div');
  line.className = 'toast';
  line.textContent = text;
  box.append(line);
  setTimeout(() => line.remove(), 6000);
}

/** copy puts text on the clipboard and says so, inside the dialog if one is open (the page behind it is inert). */
export async function copy(text, done, failed, by) {
  let said = done;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = copyOld(text) ? done : failed;
  }
  const inside = by.closest('dialog')?.querySelector('[role=status]');
  if (inside) inside.textContent = said;
  else toast(said);
}

// copyOld serves pages without HTTPS, where browsers keep the clipboard interface away.
function copyOld(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'vh';
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  let ok = false;
  try {
    ok = document.execCommand('copy');
  } catch {}
  field.remove();
  return ok;
}

/** send submits a form in the background. It answers the response, or throws when there is none. */
export function send(form, extra = {}) {
  const data = new URLSearchParams(new FormData(form));
  for (const [key, value] of Object.entries(extra)) data.set(key, value);
  return fetch(form.action, {
    method: 'POST', body: data, keepalive: true, redirect: 'manual',
    headers: { Accept: 'application/json' },
  });
}

/** fragment fetches a page or a part of one and answers it parsed. Throws unless the answer is 2xx. */
export async function fragment(address) {
  const answer = await fetch(address, { headers: { Accept: 'text/html' } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

// Theme and text size. The server renders both from cookies; here they change without a new page.

const systemNight = matchMedia('(prefers-color-scheme: dark)');
const isNight = () => (root.dataset.theme ? root.dataset.theme === 'night' : systemNight.matches);

function showTheme() {
  for (const button of $$('[data-theme-toggle]')) {
    button.setAttribute('aria-pressed', String(isNight()));
    button.value = isNight() ? 'day' : 'night';
  }
}

function prefs() {
  showTheme();
  systemNight.addEventListener('change', showTheme);
  for (const button of $$('[data-theme-toggle]')) {
    button.addEventListener('click', (e) => {
      e.preventDefault();
      const theme = isNight() ? 'day' : 'night';
      root.dataset.theme = theme;
      showTheme();
      send(button.form, { theme }).catch(() => {});
    });
  }
  for (const button of $$('[data-size-step]')) {
    button.addEventListener('click', (e) => {
      e.preventDefault();
      const size = Math.max(-1, Math.min(3, Number(root.dataset.size || 0) + Number(button.dataset.sizeStep)));
      if (size) root.dataset.size = String(size);
      else delete root.dataset.size;
      for (const b of $$('[data-size-step]')) {
        b.value = String(Math.max(-1, Math.min(3, size + Number(b.dataset.sizeStep))));
      }
      send(button.form, { size: String(size) }).catch(() => {});
    });
  }
  // A page that comes back from the browser's memory keeps the look it was left in: bring it up to date.
  addEventListener('pageshow', (e) => {
    if (!e.persisted) return;
    const theme = cookie('theme'), size = cookie('size');
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    if (size && size !== '0') root.dataset.size = size;
    else delete root.dataset.size;
    showTheme();
  });
}

// Tabs are links to sections that all show; with a script they follow the ARIA pattern: one tab stop, arrows move.

function tabs(list, n) {
  const all = [...list.children];
  const pane = (tab) => document.getElementById(tab.hash.slice(1));
  const select = (i) => all.forEach((tab, j) => {
    tab.setAttribute('aria-selected', String(i === j));
    tab.tabIndex = i === j ? 0 : -1;
    pane(tab).hidden = i !== j;
  });
  list.setAttribute('role', 'tablist');
  all.forEach((tab, i) => {
    tab.setAttribute('role', 'tab');
    tab.id ||= `tab${n}-${i}`;
    const p = pane(tab);
    tab.setAttribute('aria-controls', p.id);
    p.setAttribute('role', 'tabpanel');
    p.setAttribute('aria-labelledby', tab.id);
    p.tabIndex = 0;
    tab.addEventListener('click', (e) => { e.preventDefault(); select(i); });
    tab.addEventListener('keydown', (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      if (step) {
        const next = (i + step + all.length) % all.length;
        select(next);
        all[next].focus();
      }
      if (e.key === ' ') { e.preventDefault(); select(i); }
    });
  });
  select(Math.max(0, all.findIndex((tab) => tab.hasAttribute('aria-current'))));
  for (const tab of all) tab.removeAttribute('aria-current');
}

function dialogs() {
  for (const opener of $$('[data-open]')) {
    opener.addEventListener('click', (e) => { e.preventDefault(); $(opener.dataset.open).showModal(); });
  }
  for (const closer of $$('dialog [data-close]')) {
    closer.addEventListener('click', (e) => { e.preventDefault(); closer.closest('dialog').close(); });
  }
}

/** start wires what both kinds of pages share. Call it once. */
export function start() {
  prefs();
  $$('[data-tabs]').forEach(tabs);
  dialogs();
  for (const button of $$('[data-copy]')) {
    button.addEventListener('click', (e) => {
      e.preventDefault();
      const what = button.dataset.copy === 'here' ? location.href.split('#')[0] : $(button.dataset.copy).textContent;
      copy(what, button.dataset.done, button.dataset.failed, button);
    });
  }
  for (const button of $$('[data-print]')) button.addEventListener('click', () => print());
}
