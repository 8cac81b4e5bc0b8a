package web

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
	"colophon/web/webtest"
)

// sample shows a template of templates/pages with data a person could meet. Its name is the template's, with a slash and
// a word where one page has several: "error/ours". A page whose samples show every branch is a page whose template is
// tested.
type sample func(*request) (template string, page any)

// samples are all of them. A new page adds its own in <audience>_samples_test.go and that table here.
func samples(t testing.TB) map[string]sample {
	t.Helper()
	all := map[string]sample{}
	for _, table := range []map[string]sample{
		baseSamples,
		accessSamples,
		newsroomSamples,
		newsroomPageSamples,
		agreementSamples,
		editorSamples,
		reviewSamples,
		readerSamples,
		watchSamples,
		releaseSamples,
	} {
		for name, s := range table {
			if all[name] != nil {
				t.Fatalf("two samples are called %s", name)
			}
			all[name] = s
		}
	}
	return all
}

// nare is who is signed in on the samples of the desk.
func nare() translations.Member {
	return translations.Member{
		ID: 7, Name: "Nare Petrosyan", Email: "nare@colophon.example",
		Grants: []translations.Grant{{Role: workflow.Translator, Language: "en"}},
	}
}

var baseSamples = map[string]sample{
	"error/ours": func(r *request) (string, any) {
		return "error", errorPage{base: r.base(r.T("error.ours.title")), Error: r.explain(http.ErrBodyNotAllowed)}
	},
	"error/desk": func(r *request) (string, any) {
		r.member = nare()
		return "error", errorPage{base: r.base(r.T("error.forbidden.title")), Error: r.explain(errTooMany), Desk: true}
	},
	"not_found": func(r *request) (string, any) {
		return "not_found", newNotFound(r.base(r.T("error.notfound.title")))
	},
}

// rendered is a sample in one language and theme.
func (s *site) rendered(t testing.TB, name, lang, theme string) []byte {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/"+lang+"/sample", nil)
	r := s.newRequest(httptest.NewRecorder(), req, nil)
	r.look.theme, r.id = theme, "k3j9x0a2m7qd"
	template, page := samples(t)[name](r)
	body, err := r.render(template, page)
	if err != nil {
		t.Fatalf("%s in %s: %v", name, lang, err)
	}
	return body
}

// Every template has a sample, renders in every language, names only messages there are, and keeps to the policy.
func TestPages(t *testing.T) {
	webtest.Looks(t)
	s := open(t)
	without := map[string]bool{}
	for name := range s.templates {
		without[name] = true
	}
	for name := range samples(t) {
		template, _, _ := strings.Cut(name, "/")
		delete(without, template)
	}
	for name := range without {
		t.Errorf("templates/pages/%s.html has no sample", name)
	}
	for _, name := range slices.Sorted(maps.Keys(samples(t))) {
		for _, lang := range locales.Languages() {
			before := locales.Misses()
			body := s.rendered(t, name, lang, "night")
			if locales.Misses() != before {
				t.Errorf("%s in %s names a message that is missing or lacks a value", name, lang)
			}
			if inline := findInline(string(body)); inline != "" {
				t.Errorf("%s has %s, which the Content Security Policy forbids", name, inline)
			}
			if want := fmt.Sprintf(`<html lang="%s" data-theme="night"`, lang); !bytes.Contains(body, []byte(want)) {
				t.Errorf("%s lacks %s", name, want)
			}
			for _, bad := range []string{"<no value>", "(!)", "%!", "ZgotmplZ"} {
				if bytes.Contains(body, []byte(bad)) {
					t.Errorf("%s in %s shows %s", name, lang, bad)
				}
			}
		}
	}
}

// Every sample is valid HTML.
func TestPagesValid(t *testing.T) {
	webtest.Looks(t)
	t.Parallel()
	s := open(t)
	pages := map[string][]byte{}
	for name := range samples(t) {
		for _, lang := range locales.Languages() {
			pages[name+" "+lang] = s.rendered(t, name, lang, "")
		}
	}
	for _, fault := range webtest.Valid(t, pages) {
		t.Error(fault)
	}
}

// Every sample passes axe-core. An ordinary run looks at each page in one language and theme, turn about; all of them take
// minutes: COLOPHON_LOOKS=all.
func TestPagesAccessible(t *testing.T) {
	webtest.Looks(t)
	t.Parallel()
	b := openBrowser(t, open(t))
	for i, name := range slices.Sorted(maps.Keys(samples(t))) {
		for j, lang := range locales.Languages() {
			for k, theme := range []string{"day", "night"} {
				if os.Getenv("COLOPHON_LOOKS") != "all" && (i+2*j+3*k)%6 != 0 { // each page in one look, each look on some page
					continue
				}
				b.open("/sample/" + lang + "/" + theme + "/" + name)
				for _, v := range webtest.Axe(b.ctx, t) {
					t.Errorf("%s in %s by %s: %v", name, lang, theme, v)
				}
			}
		}
	}
}
