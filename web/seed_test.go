package web

import (
	"bytes"
	"cmp"
	"fmt"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"colophon/translations"
	"colophon/translations/workflow"
)

// shared is a file of the data that is kept apart from the code; the test is skipped where it is absent.
func shared(t *testing.T, name ...string) string {
	t.Helper()
	root := cmp.Or(os.Getenv("COLOPHON_SHARED"), filepath.Join("..", "..", "shared"))
	path := filepath.Join(append([]string{root}, name...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no shared data at %s", path)
	}
	return path
}

// sendFile archives a file through the page of the desk, as a browser would.
func (r *reader) sendFile(path, address string) page {
	r.t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		r.t.Fatal(err)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", filepath.Base(path))
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.WriteField("address", address)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		r.t.Fatal(err)
	}
	return r.do(http.MethodPost, "/desk/ingest", &body, form.FormDataContentType())
}

func (p page) want(t *testing.T, status int) {
	t.Helper()
	if p.StatusCode != status {
		t.Fatalf("%s %s: status %d, want %d\n%s", p.Request.Method, p.Request.URL, p.StatusCode, status, p.Text)
	}
}

func (p page) find(t *testing.T, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(p.Text)
	if m == nil {
		t.Fatalf("%s shows nothing like %s", p.Request.URL, pattern)
	}
	return m[1]
}

// One real page the whole way: archived, its terms confirmed, carried into two languages, approved by another person, and
// published in three. Then the credit loses its link, and nothing goes out any more.
func TestSeedPublished(t *testing.T) {
	path := shared(t, "data", "seed", "page.html")
	s := open(t)
	var translator, editor []translations.Grant
	for _, lang := range []string{"en", "ru", "hy"} {
		translator = append(translator, translations.Grant{Role: workflow.Translator, Language: lang})
		editor = append(editor, translations.Grant{Role: workflow.Editor, Language: lang})
	}
	s.hire(t, "nare", translator...)
	s.hire(t, "helen", editor...)
	nare, helen := s.reader(t).as("nare"), s.reader(t).as("helen")

	kept := nare.sendFile(path, "https://caliber.az/en/post/ft-us-signals-willingness")
	kept.want(t, http.StatusOK)
	article, source := kept.find(t, `href="(/desk/articles/\d+)"`), kept.find(t, `href="(/desk/sources/\d+)"`)

	about := helen.get(source)
	about.want(t, http.StatusOK)
	terms := about.find(t, `href="(`+source+`/terms/\d+)"`)
	form := helen.get(terms)
	form.want(t, http.StatusOK)
	if target := form.find(t, `<select class="in" id="target.1" name="target.1"[^>]*>(?s:.*?)<option value="(\w+)" selected>`); target == "article" {
		t.Errorf("the notice asks for a hyperlink to the outlet; the rule that was read says %s", target)
	}
	pairs := []string{"do", "confirm"}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([a-z]+(?:\.\d+)?)" value="([^"]*)">`).FindAllStringSubmatch(form.Text, -1) {
		pairs = append(pairs, m[1], m[2])
	}
	for _, m := range regexp.MustCompile(`(?s)<textarea[^>]* name="quote\.(\d+)"[^>]*>(.*?)</textarea>`).FindAllStringSubmatch(form.Text, -1) {
		pairs = append(pairs, "keep."+m[1], "1", "strength."+m[1], "must", "quote."+m[1], strings.TrimSpace(htmlText(m[2])))
	}
	helen.post(terms, append(pairs, "target.1", "homepage")...).want(t, http.StatusSeeOther)

	versions := map[string]string{}
	for _, lang := range []string{"en", "ru", "hy"} {
		open := nare.post(article+"/versions", "language", lang)
		open.want(t, http.StatusSeeOther)
		versions[lang] = strings.TrimSuffix(open.Header.Get("Location"), "/review")
	}
	for lang, words := range map[string]string{"ru": "Перевод. ", "hy": "Թարգմանություն։ "} {
		var id int64
		if _, err := fmt.Sscanf(versions[lang], "/desk/versions/%d", &id); err != nil {
			t.Fatal(err)
		}
		work, err := s.Desk.Work(t.Context(), translations.VersionID(id))
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range work.Units {
			if u.Block.IsTranslated() {
				nare.post(fmt.Sprintf("%s/blocks/%s", versions[lang], u.Block.Key), "base", "0", "text", words+u.Source, "do", "confirm").want(t, http.StatusSeeOther)
			}
		}
	}
	for _, lang := range []string{"en", "ru", "hy"} {
		nare.post(versions[lang]+"/submit").want(t, http.StatusSeeOther)
		nare.post(versions[lang]+"/approve").want(t, http.StatusForbidden)
		helen.post(versions[lang]+"/approve").want(t, http.StatusSeeOther)
		helen.post(versions[lang]+"/publish").want(t, http.StatusSeeOther)
		public := helen.get(article).find(t, `href="(/`+lang+`/articles/[^"]+)"`)
		got := s.reader(t).get(public)
		got.want(t, http.StatusOK)
		if !strings.Contains(got.Text, `href="https://caliber.az/`) {
			t.Errorf("%s has no link to the outlet", public)
		}
	}

	// The same desk behind templates without the link.
	bare := s.uncredited(t)
	helen.post(versions["ru"]+"/publish").want(t, http.StatusSeeOther) // with the link it goes out once more
	refused := bare.reader(t).as("helen").post(versions["ru"] + "/publish")
	refused.want(t, http.StatusConflict)
	if !strings.Contains(refused.Text, s.words["en"].Text("clause.link.required.name", nil)) {
		t.Error("the refusal does not name the rule that is not met")
	}
}

// htmlText undoes the escapes of a text in a page.
func htmlText(s string) string {
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "&#43;", "+", "&amp;", "&").Replace(s)
}

// Foreign pages written to do harm are archived or refused, and nothing of them runs on the desk.
func TestHostilePages(t *testing.T) {
	dir := shared(t, "data", "hostile")
	s := open(t)
	s.hire(t, "sona", translations.Grant{Role: workflow.Administrator})
	sona := s.reader(t).as("sona")
	pages, err := filepath.Glob(filepath.Join(dir, "*", "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no hostile pages in %s (%v)", dir, err)
	}
	if len(pages) > 40 && testing.Short() {
		pages = pages[:40]
	}
	for i, path := range pages {
		got := sona.sendFile(path, fmt.Sprintf("https://hostile.example/%d", i))
		if got.StatusCode != http.StatusOK && got.StatusCode != http.StatusUnprocessableEntity && got.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: status %d", filepath.Base(path), got.StatusCode)
		}
		if inline := findInline(got.Text); inline != "" {
			t.Errorf("%s puts %s on the page", filepath.Base(path), inline)
		}
		if m := regexp.MustCompile(`href="(/desk/articles/\d+)"`).FindStringSubmatch(got.Text); m != nil {
			shown := sona.get(m[1])
			shown.want(t, http.StatusOK)
			if inline := findInline(shown.Text); inline != "" {
				t.Errorf("the article of %s has %s", filepath.Base(path), inline)
			}
		}
	}
	for _, path := range []string{"/desk", "/desk/ingest", "/desk/articles", "/desk/sources", "/desk?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/desk?q=%00%ff%25_", "/desk?before=-9223372036854775808&state=draft"} {
		got := sona.get(path)
		got.want(t, http.StatusOK)
		if inline := findInline(got.Text); inline != "" {
			t.Errorf("%s has %s", path, inline)
		}
	}
}
