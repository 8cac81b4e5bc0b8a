// The budget of a limited text, while it is written: what the server counted, with the block that is being typed counted
// anew. The server's count is the one that holds.
const boxes = [...document.querySelectorAll('.budget')];
const main = document.querySelector('main[data-edit]');
const began = new Map();
const now = new Map();
const codes = /\{\/?\d+\}/g;
const nothing = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

function sizeOf(text, row) {
  const kind = row.dataset.k;
  const words = text.replace(codes, '').replace(nothing, '').split(/\s+/u).filter(Boolean);
  const said = words.some((w) => /[\p{L}\p{N}]/u.test(w));
  if (!said || row.dataset.key === 'title' || kind === 'figure') return { characters: 0, words: 0, paragraphs: 0, source: 0 };
  const source = row.dataset.source.replace(codes, '').replace(nothing, '').split(/\s+/u).filter(Boolean).join(' ');
  return {
    characters: [...words.join(' ')].length, words: words.filter((w) => /[\p{L}\p{N}]/u.test(w)).length,
    paragraphs: kind === 'heading' ? 0 : 1, source: [...source].length,
  };
}

function written(field) {
  if (field.value !== undefined) return field.value;
  const copy = field.cloneNode(true);
  for (const chip of copy.querySelectorAll('[data-code]')) chip.remove();
  return copy.textContent;
}

let wait;
function draw() {
  for (const box of boxes) {
    const unit = box.dataset.unit;
    let used = Number(box.dataset.used);
    for (const [key, size] of now) used += size[unit] - began.get(key)[unit];
    const allowed = Number(box.dataset.allowed);
    const over = used > allowed;
    const near = used * 10 >= allowed * 9;
    const text = box.dataset.text.replace('%1', used).replace('%2', allowed).replace('%3', allowed ? Math.floor(used * 100 / allowed) : 100);
    const note = over ? box.dataset.over : near ? box.dataset.near : '';
    box.dataset.tone = over ? 'bad' : near ? 'changes' : 'ok';
    box.querySelector('.budget-said').textContent = text;
    box.querySelector('.budget-note').textContent = note;
    box.querySelector('meter').value = Math.min(used, allowed);
    // Spoken when the typing rests, and not for every letter.
    clearTimeout(wait);
    wait = setTimeout(() => { for (const b of boxes) b.querySelector('[role=status]').textContent = `${b.querySelector('.budget-said').textContent} ${b.querySelector('.budget-note').textContent}`; }, 1500);
  }
}

if (boxes.length && main) {
  main.addEventListener('input', (e) => {
    const row = e.target.closest('.seg');
    if (!row) return;
    const key = row.dataset.key;
    if (!began.has(key)) began.set(key, sizeOf(row.dataset.text, row));
    now.set(key, sizeOf(written(e.target), row));
    draw();
  });
}
