package web

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"colophon/translations"
	"colophon/translations/workflow"
)

// A form that takes its time is sent once, shows that it is under way, and comes back with the focus in the first field
// that is wrong.
func TestFormInBrowser(t *testing.T) {
	s := open(t)
	s.hire(t, "sona", translations.Grant{Role: workflow.Administrator})
	b := openBrowser(t, s)
	var sent atomic.Int32
	next := s.handler
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.Path == "/desk/verify" {
			sent.Add(1)
			time.Sleep(2 * time.Second) // long enough for all the page does while it waits
		}
		next.ServeHTTP(w, r)
	})
	b.as("sona")
	b.open("/desk/verify")
	b.fill("#or", "https://original.example/")
	// The browser answers no questions while it waits for a page, so the page itself notes what it shows.
	b.eval(`(() => {
		const button = document.querySelector('form[action="/desk/verify"] .btn--main');
		new MutationObserver(() => {
			if (button.getAttribute('aria-busy')) sessionStorage.busy = 'true';
			sessionStorage.said = document.querySelector('.toasts').innerText;
		}).observe(document.body, { subtree: true, childList: true, attributes: true });
		for (const after of [10, 100, 900]) setTimeout(() => button.click(), after);
	})()`)
	b.until(`document.activeElement?.id === 'ad' && document.activeElement.getAttribute('aria-invalid') === 'true'`)
	if busy, said := b.eval(`sessionStorage.busy`), b.eval(`sessionStorage.said`); busy != "true" || !strings.HasPrefix(said, "Working on it.") {
		t.Errorf("while it waits the button is busy: %s, and the page says %q", busy, said)
	}
	if n := sent.Load(); n != 1 {
		t.Errorf("the form was sent %d times", n)
	}
	b.until(`document.querySelector('#or').value === 'https://original.example/' && document.querySelector('#ad-e').innerText.length > 10`)
	b.eval(`document.querySelector('[role=alert] a[href="#ad"]').click()`)
	b.until(`location.hash === '#ad'`)
}
