// The live preview: the real page in a frame, as it would be published with what is typed at this moment. The frame is
// loaded once; after that its main part is replaced, so that it does not jump.

const pause = 500; // ms after the last key

/** preview wires the button. unsaved lists [key, text] of what is not saved yet. */
export function preview({ button, main, texts, at, unsaved }) {
  let frame = null, timer = 0, asked = 0, opener = button;
  button.setAttribute('role', 'button');
  button.setAttribute('aria-pressed', 'false');

  async function load() {
    const mine = ++asked;
    const data = new URLSearchParams();
    for (const [key, text] of unsaved()) { data.append('key', key); data.append('text', text); }
    try {
      const answer = await fetch(`${at}/preview`, { method: 'POST', body: data });
      if (!answer.ok || mine !== asked || !frame) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const old = frame.contentDocument?.querySelector('main');
      const fresh = page.querySelector('main');
      if (old && fresh) old.replaceWith(frame.contentDocument.adoptNode(fresh));
    } catch {}
  }

  const self = {
    update() {
      if (document.body.dataset.look !== 'on') return;
      clearTimeout(timer);
      timer = setTimeout(load, pause);
    },
    open() {
      opener = document.activeElement; // by its key it opens from the field, and gives the caret back
      if (!frame) {
        const pane = document.createElement('section');
        pane.className = 'look';
        pane.setAttribute('aria-label', texts.frame);
        frame = document.createElement('iframe');
        frame.id = 'lookframe';
        frame.title = texts.frame;
        frame.setAttribute('sandbox', 'allow-same-origin');
        frame.src = `${at}/preview`;
        frame.addEventListener('load', load);
        pane.append(frame);
        main.append(pane);
      } else load();
      document.body.dataset.look = 'on';
      button.setAttribute('aria-pressed', 'true');
    },
    close() {
      delete document.body.dataset.look;
      button.setAttribute('aria-pressed', 'false');
      (opener?.isConnected && opener !== document.body ? opener : button).focus();
    },
  };
  button.addEventListener('click', (e) => {
    e.preventDefault();
    if (document.body.dataset.look === 'on') self.close();
    else self.open();
  });
  button.addEventListener('keydown', (e) => { if (e.code === 'Space') { e.preventDefault(); button.click(); } });
  return self;
}
