package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/translations"
	"colophon/translations/workflow"
)

func TestMistakes(t *testing.T) {
	t.Parallel()
	s := open(t)
	title, day := fault.New(fault.ErrInvalid, "fault.agreement.title", nil), fault.New(fault.ErrInvalid, "fault.agreement.day", fault.Data{"Value": "soon"})
	fields := fieldsOf{"fault.agreement.title": "ti", "fault.takedown.*": "td"}
	for _, c := range []struct {
		name string
		err  error
		want []string // fields
	}{
		{"by its message", title, []string{"ti"}},
		{"by the beginning of its message", fault.New(fault.ErrInvalid, "fault.takedown.when", nil), []string{"td"}},
		{"by what it is wrapped in", inField("un", day), []string{"un"}},
		{"about no field", day, []string{""}},
		{"several, each once", errors.Join(inField("fr", day), title, title, inField("un", day)), []string{"fr", "ti", "un"}},
		{"the wrapping wins", inField("x", title), []string{"x"}},
		{"our fault tells nothing", errors.New("disk"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := s.newRequest(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/desk", nil), nil)
			r.refuse(c.err, fields)
			var got []string
			for _, m := range r.mistakes {
				got = append(got, m.Field)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

// TestFormMistakes sends forms that are wrong and reads the answer as a browser does: the field says that it is wrong and
// is described by the message, the notice leads to it, and the first of them alone takes the focus.
func TestFormMistakes(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.hire(t, "sona", translations.Grant{Role: workflow.Administrator}, translations.Grant{Role: workflow.Editor, Language: "en"})
	source, err := s.Archive.AddSource(t.Context(), archive.Source{HomeURL: "https://courier.example/", Names: map[string]archive.Name{"": {Name: "Courier"}}})
	if err != nil {
		t.Fatal(err)
	}
	cookie := s.session(t, "sona")
	outlet := fmt.Sprintf("/desk/sources/%d", source.ID)
	for _, c := range []struct {
		name, path string
		form       url.Values
		want       []string // ids of the fields
		kept       string   // what was typed stays on the page
	}{
		{"address to check", "/desk/verify", url.Values{"terms": {"own"}, "original": {"https://kept.example/"}}, []string{"ad"}, "https://kept.example/"},
		{"address and page", "/desk/verify", url.Values{"terms": {"own"}, "page": {"nowhere"}, "html": {"<p>kept</p>"}}, []string{"pa"}, "kept"},
		{"terms to check by", "/desk/verify", url.Values{"terms": {""}, "html": {"<p>kept</p>"}}, []string{"te"}, "kept"},
		{"nothing to list", "/desk/republications", url.Values{"ours": {"https://kept.example/"}}, []string{"as"}, "https://kept.example/"},
		{"not ours", "/desk/republications", url.Values{"addresses": {"https://kept.example/"}, "ours": {"https://other.example/"}}, []string{"ou"}, "https://kept.example/"},
		{"nothing to archive", "/desk/ingest", url.Values{}, []string{"ad"}, ""},
		{"no reason", "/desk/ingest", url.Values{"addresses": {"https://kept.example/"}, "override": {"1"}}, []string{"re"}, "https://kept.example/"},
		{"no outlet", "/desk/sources", url.Values{"address": {"kept"}}, []string{"ad"}, "kept"},
		{"words that stand nowhere", outlet + "/terms", url.Values{"do": {"write"}, "statement": {"Kept words."}}, []string{"st"}, "Kept words."},
		{"no country", outlet, url.Values{"jurisdiction": {"X1"}, "name.en": {"Kept Courier"}}, []string{"ju"}, "Kept Courier"},
		{"agreement without a title", outlet + "/agreements/new", url.Values{"do": {"record"}, "signed": {"Kept Person"}, "allows": {"translate"}}, []string{"ti"}, "Kept Person"},
		{"agreement with a bad day", outlet + "/agreements/new", url.Values{"do": {"record"}, "title": {"Kept"}, "until": {"soon"}}, []string{"un"}, "soon"},
		{"two lists of links and an address", "/desk/settings", url.Values{"follow": {"kept"}, "apps": {"x"}, "licence": {"y"}}, []string{"follow", "apps", "licence"}, "kept"},
		{"person", "/desk/people", url.Values{"name": {"Kept"}, "email": {"nobody"}, "password": {"long enough to pass"}, "roles": {"translator hy"}}, []string{"em"}, "Kept"},
		{"short password", "/desk/people", url.Values{"name": {"Kept"}, "email": {"a@b.example"}, "password": {"short"}, "roles": {"translator hy"}}, []string{"pw"}, "Kept"},
		{"old password", "/desk/me/password", url.Values{"old": {"wrong"}, "password": {"long enough to pass"}}, []string{"old"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, c.path, strings.NewReader(c.form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.AddCookie(cookie)
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code/100 != 4 {
				t.Fatalf("status %d, want one of 4xx\n%s", w.Code, w.Body)
			}
			page, err := html.Parse(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			ids, invalid, focus, links := map[string]string{}, []string(nil), []string(nil), []string(nil)
			var text strings.Builder
			for n := range page.Descendants() {
				if n.Type == html.TextNode {
					text.WriteString(n.Data)
					continue
				}
				at := map[string]string{}
				for _, a := range n.Attr {
					at[a.Key] = a.Val
				}
				ids[at["id"]] = at["class"]
				text.WriteString(at["value"])
				if at["aria-invalid"] == "true" {
					invalid = append(invalid, at["id"])
					if first, _, _ := strings.Cut(at["aria-describedby"], " "); first != at["id"]+"-e" {
						t.Errorf("%s is described by %q", at["id"], at["aria-describedby"])
					}
				}
				if _, ok := at["autofocus"]; ok {
					focus = append(focus, at["id"])
				}
				if n.Parent != nil && n.Parent.Parent != nil && n.Data == "a" && strings.HasPrefix(at["href"], "#") {
					for _, a := range n.Parent.Parent.Attr {
						if a.Key == "role" && a.Val == "alert" {
							links = append(links, at["href"][1:])
						}
					}
				}
			}
			if diff := cmp.Diff(c.want, invalid); diff != "" {
				t.Errorf("wrong fields (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.want[:1], focus); diff != "" {
				t.Errorf("focus (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.want, links); diff != "" {
				t.Errorf("links of the notice (-want +got):\n%s", diff)
			}
			for _, id := range c.want {
				if ids[id+"-e"] != "err" {
					t.Errorf("no message %s-e", id)
				}
			}
			if !strings.Contains(text.String(), c.kept) {
				t.Errorf("%q is lost", c.kept)
			}
		})
	}
}
