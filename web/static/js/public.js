// Public pages: theme, size, copy, share, more. All of it works without, slower.
import { $$, fragment, start } from './lib.js';

start();

// The system's own share sheet, where there is one, in place of the row of links.
if (navigator.share) {
  for (const button of $$('[data-share]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      navigator.share({ title: button.dataset.share, url: location.href.split('#')[0] }).catch(() => {});
    });
  }
}

// "Load earlier" is a link to the next page. The list it names by data-more is taken from that page and added here,
// focus goes to the first new entry, and the link moves on with the fetched page's own link.
for (const link of $$('a[data-more]')) {
  link.addEventListener('click', async (e) => {
    e.preventDefault();
    if (link.getAttribute('aria-busy')) return;
    link.setAttribute('aria-busy', 'true');
    const selector = link.dataset.more;
    try {
      const page = await fragment(link.href);
      const items = [...(page.querySelector(selector)?.children ?? [])].map((item) => document.adoptNode(item));
      document.querySelector(selector).append(...items);
      const next = page.querySelector(`a[data-more="${selector}"]`);
      if (next) link.href = next.getAttribute('href');
      else link.hidden = true;
      items[0]?.querySelector('a')?.focus();
      link.removeAttribute('aria-busy');
    } catch {
      location.href = link.href;
    }
  });
}
