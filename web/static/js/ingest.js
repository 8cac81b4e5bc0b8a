// Archiving pages: files can be dropped anywhere on the page, and each page is sent by itself, so that progress shows.
import { $ } from './lib.js';

const form = $('#ingest');
if (form) {
  const field = $('#fi'), list = $('#outcomes');
  const note = (text) => { $('#chosen').replaceChildren(...text.map((t) => Object.assign(document.createElement('li'), { textContent: t }))); };
  const shown = () => note([...field.files].map((f) => f.name));
  field.addEventListener('change', shown);

  let depth = 0;
  addEventListener('dragenter', (e) => { e.preventDefault(); depth++; $('#drop').dataset.over = ''; });
  addEventListener('dragleave', () => { if (--depth <= 0) delete $('#drop').dataset.over; });
  addEventListener('dragover', (e) => e.preventDefault());
  addEventListener('drop', (e) => {
    e.preventDefault();
    depth = 0;
    delete $('#drop').dataset.over;
    const all = new DataTransfer();
    for (const f of [...field.files, ...e.dataTransfer.files]) all.items.add(f);
    field.files = all.files;
    const link = e.dataTransfer.getData('text/uri-list');
    if (link && !e.dataTransfer.files.length) {
      const area = $('#ad');
      area.value = [area.value.trim(), ...link.split(/\r?\n/).filter((l) => l && !l.startsWith('#'))].filter(Boolean).join('\n');
    }
    shown();
    field.focus();
  });

  form.addEventListener('submit', async (e) => {
    const addresses = [...new Set($('#ad').value.split('\n').map((l) => l.trim()).filter(Boolean))];
    const files = [...field.files];
    if (addresses.length > Number(form.dataset.lines) || !(addresses.length + files.length)) return; // the server says why
    if (files.length > 1 && $('#fa').value.trim()) return;
    e.preventDefault();
    if (files.length > Number(form.dataset.files)) {
      note([form.dataset.many]);
      return;
    }
    const parcels = [
      ...addresses.map((a) => ({ name: a, fill: (d) => { d.set('addresses', a); d.delete('file'); d.delete('address'); } })),
      ...files.map((f) => ({ name: f.name, file: f, fill: (d) => { d.delete('addresses'); d.set('file', f); } })),
    ];
    $('#progress').hidden = false;
    $('#recent')?.setAttribute('hidden', ''); // it would be behind: the lines above are newer
    list.replaceChildren();
    const bar = $('#bar'), state = $('#state'), button = form.querySelector('.btn--main');
    bar.hidden = false;
    bar.max = parcels.length;
    button.setAttribute('aria-busy', 'true');
    button.disabled = true;
    for (const [n, parcel] of parcels.entries()) {
      bar.value = n;
      state.textContent = state.dataset.words.replace('{done}', n).replace('{total}', parcels.length);
      show(await keep(parcel));
    }
    bar.value = parcels.length;
    state.textContent = state.dataset.end;
    button.disabled = false;
    button.removeAttribute('aria-busy');
    form.reset();
    shown();
  });

  /** keep sends one page and answers what became of it. */
  async function keep(parcel) {
    const failed = (text) => ({ name: parcel.name, outcome: 'failed', label: form.dataset.failed, text });
    if (parcel.file && parcel.file.size > Number(form.dataset.bytes) << 20) return failed(form.dataset.large);
    const data = new FormData(form);
    parcel.fill(data);
    try {
      const answer = await fetch(form.action, { method: 'POST', body: data, headers: { Accept: 'application/jsonl' } });
      const text = await answer.text();
      const line = JSON.parse(text.split('\n')[0]);
      return line.error ? failed(line.error) : line;
    } catch {
      return failed(form.dataset.lost);
    }
  }

  /** show adds a line to the list, as the template ingest/line writes it. */
  function show(line) {
    const li = document.createElement('li');
    li.className = 'outcome';
    const add = (tag, props, parent = li) => {
      const el = Object.assign(document.createElement(tag), props);
      parent.append(el, ' ');
      return el;
    };
    const chip = add('span', { className: 'chip', textContent: line.label });
    chip.dataset.tone = { new: 'ok', revised: 'review', failed: 'bad' }[line.outcome] ?? 'draft';
    if (line.article) add('a', { className: 'txt', href: line.article, lang: line.language ?? '', textContent: line.title || line.name });
    add('span', { className: 'sub name', textContent: line.name });
    if (line.text) add('p', { className: 'err', textContent: line.text });
    if (line.terms) add('a', { href: line.terms, textContent: list.dataset.terms }, add('p', {}));
    list.append(li);
  }
}
