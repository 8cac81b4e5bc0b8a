package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/net/html"
)

// Journeys are what a person does from start to end, as scripts a person can read: testdata/journeys/*.txtar. Each runs
// on a sample newsroom of its own (package translations/demo). Beside testscript's own commands (env, cp, exists, stdin …):
//
//	empty                          leave the sample newsroom for an archive with nothing and nobody in it
//	as nare                        sign in as one of the site's people; as nobody signs out
//	get /en                        ask for a page; redirects are not followed
//	post /login name=x pass=y      send a form; values may be quoted: 'text=two words', or name=@file for a file's text
//	upload /desk/ingest file=@a.html name=x   send a form with files
//	follow                         go where the last answer redirects to
//	follow 'Read on'               press the link with that text
//	submit 'Approve' name=value    press the button with that text: its form goes as it stands on the page, changed by the pairs
//	see 422  ·  see 'a text'       the status, or a text that shows on the page; ! see: not so
//	header Location /en            a header of the answer, by regular expression
//	translate ru                   write a sentence of ours for every block of the version in the editor, and confirm each
//	clock 2025-09-03T10:00:00Z     hold the clock of the site at that instant
//	links https://a.example        a link of the article leads to that site's front page; ! links: none does
//	uncredited                     the same site with templates that have lost the links of the credit; ! uncredited: with them
//	serve https://a.example/x x.html   that page of somebody's is there for our fetcher; with a number, that status; serve ADDRESS to ADDRESS: a redirect
//	called http://a.example        readers know the site by this address
//	job links                      the background work of that name is done once
//	later 72h                      so much time passes
//	keep ID /desk/versions/(\d+)   find in address, headers and body, and keep the first group as $ID
//
// A text shows where a reader would see it: tags are gone, white space is one space.
func TestJourneys(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                "testdata/journeys",
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			tb, ok := env.T().(testing.TB)
			if !ok {
				tb = t
			}
			env.Values[walkKey{}] = newWalk(tb)
			return nil
		},
		Cmds: journeyCommands(),
	})
}

// journeyCommands are the commands of the scripts.
func journeyCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"empty": func(ts *testscript.TestScript, _ bool, _ []string) {
			w := walkOf(ts)
			w.reader = open(w.reader.t).reader(w.reader.t)
		},
		"as":         func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).as(ts, args) },
		"get":        func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).get(ts, args) },
		"post":       func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).post(ts, args) },
		"upload":     func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).upload(ts, args) },
		"follow":     func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).follow(ts, args) },
		"submit":     func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).submit(ts, args) },
		"see":        func(ts *testscript.TestScript, neg bool, args []string) { walkOf(ts).see(ts, neg, args) },
		"header":     func(ts *testscript.TestScript, neg bool, args []string) { walkOf(ts).header(ts, neg, args) },
		"translate":  func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).translate(ts, args) },
		"uncredited": func(ts *testscript.TestScript, neg bool, _ []string) { walkOf(ts).uncredited(neg) },
		"links":      func(ts *testscript.TestScript, neg bool, args []string) { walkOf(ts).links(ts, neg, args) },
		"clock": func(ts *testscript.TestScript, _ bool, args []string) {
			need(ts, args, 1, "clock 2025-09-03T10:00:00Z")
			at, err := time.Parse(time.RFC3339, args[0])
			ts.Check(err)
			walkOf(ts).clock.set(at)
		},
		"keep":   func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).keep(ts, args) },
		"serve":  func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).serve(ts, args) },
		"called": func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).called(ts, args) },
		"job":    func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).job(ts, args) },
		"later":  func(ts *testscript.TestScript, _ bool, args []string) { walkOf(ts).later(ts, args) },
	}
}

type walkKey struct{}

// walk is one person's way through the site, and the page they are on.
type walk struct {
	reader *reader
	at     *url.URL
	page   page
	doc    *html.Node
	before *site // the site that uncredited left
	clock  *clock
	web    *foreignWeb // the rest of the web
}

func walkOf(ts *testscript.TestScript) *walk {
	w, ok := ts.Value(walkKey{}).(*walk)
	if !ok {
		ts.Fatalf("no site in this script")
	}
	return w
}

func need(ts *testscript.TestScript, args []string, n int, usage string) {
	if len(args) < n {
		ts.Fatalf("usage: %s", usage)
	}
}

func (w *walk) arrive(ts *testscript.TestScript, p page) {
	w.page, w.at = p, p.Request.URL
	doc, err := html.Parse(strings.NewReader(p.Text))
	ts.Check(err)
	w.doc = doc
	ts.Logf("%s %s: %d", p.Request.Method, p.Request.URL.RequestURI(), p.StatusCode)
}

func (w *walk) as(ts *testscript.TestScript, args []string) {
	need(ts, args, 1, "as PERSON")
	if args[0] == "nobody" {
		w.reader.as("")
		return
	}
	w.reader.as(args[0])
}

func (w *walk) get(ts *testscript.TestScript, args []string) {
	need(ts, args, 1, "get PATH")
	w.arrive(ts, w.reader.get(args[0]))
}

// pairs reads name=value arguments; name=@file is the text of a file of the script.
func pairs(ts *testscript.TestScript, args []string) []string {
	var out []string
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok {
			ts.Fatalf("%s is no name=value", arg)
		}
		if file, ok := strings.CutPrefix(value, "@"); ok {
			value = ts.ReadFile(file)
		}
		out = append(out, name, value)
	}
	return out
}

func (w *walk) post(ts *testscript.TestScript, args []string) {
	need(ts, args, 1, "post PATH name=value…")
	w.arrive(ts, w.reader.post(args[0], pairs(ts, args[1:])...))
}

func (w *walk) upload(ts *testscript.TestScript, args []string) {
	need(ts, args, 2, "upload PATH name=@file…")
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, arg := range args[1:] {
		name, value, _ := strings.Cut(arg, "=")
		file, ok := strings.CutPrefix(value, "@")
		if !ok {
			ts.Check(form.WriteField(name, value))
			continue
		}
		part, err := form.CreateFormFile(name, filepath.Base(file))
		ts.Check(err)
		bytes, err := os.ReadFile(ts.MkAbs(file))
		ts.Check(err)
		_, err = part.Write(bytes)
		ts.Check(err)
	}
	ts.Check(form.Close())
	w.arrive(ts, w.reader.do("POST", args[0], &body, form.FormDataContentType()))
}

func (w *walk) follow(ts *testscript.TestScript, args []string) {
	if len(args) == 0 {
		to := w.page.Header.Get("Location")
		if to == "" {
			ts.Fatalf("the last answer (%d) does not redirect", w.page.StatusCode)
		}
		w.goTo(ts, to)
		return
	}
	for _, link := range find(w.doc, "a") {
		if shows(link) == args[0] {
			w.goTo(ts, attr(link, "href"))
			return
		}
	}
	ts.Fatalf("no link says %q", args[0])
}

func (w *walk) goTo(ts *testscript.TestScript, to string) {
	u, err := w.at.Parse(to)
	ts.Check(err)
	if u.Host != w.at.Host {
		ts.Fatalf("%s leads away from the site", to)
	}
	was := w.reader.header.Get("Referer")
	w.reader.header.Set("Referer", w.at.String())
	w.reader.header.Set("Sec-Fetch-Mode", "navigate")
	w.arrive(ts, w.reader.get(u.String()))
	w.reader.header.Set("Referer", was)
	w.reader.header.Del("Sec-Fetch-Mode")
}

func (w *walk) submit(ts *testscript.TestScript, args []string) {
	need(ts, args, 1, "submit 'BUTTON' name=value…")
	for _, form := range find(w.doc, "form") {
		for _, button := range find(form, "button") {
			if shows(button) != args[0] && attr(button, "aria-label") != args[0] {
				continue
			}
			w.send(ts, form, button, pairs(ts, args[1:]))
			return
		}
	}
	ts.Fatalf("no button of a form says %q", args[0])
}

// send submits a form as it stands, with some values changed.
func (w *walk) send(ts *testscript.TestScript, form, button *html.Node, changed []string) {
	values := fields(form)
	if name := attr(button, "name"); name != "" {
		values.Set(name, attr(button, "value"))
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(changed); i += 2 {
		if !seen[changed[i]] {
			values.Del(changed[i])
			seen[changed[i]] = true
		}
		values.Add(changed[i], changed[i+1])
	}
	action := attr(form, "action")
	if own := attr(button, "formaction"); own != "" {
		action = own
	}
	to, err := w.at.Parse(action)
	ts.Check(err)
	if strings.EqualFold(attr(form, "method"), "post") {
		w.arrive(ts, w.reader.do("POST", to.String(), strings.NewReader(values.Encode()), "application/x-www-form-urlencoded"))
		return
	}
	to.RawQuery = values.Encode()
	w.goTo(ts, to.String())
}

// uncredited changes to another server on the same archive, and back.
func (w *walk) uncredited(back bool) {
	if back {
		w.reader.site = w.before
		return
	}
	w.before = w.reader.site
	w.reader.site = w.reader.site.uncredited(w.reader.t)
}

// links looks for a link in the article that leads to an address, with or without a slash at its end.
func (w *walk) links(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, args, 1, "links ADDRESS")
	got := false
	for _, article := range find(w.doc, "article") {
		for _, a := range find(article, "a") {
			got = got || strings.TrimSuffix(attr(a, "href"), "/") == args[0] && shows(a) != ""
		}
	}
	if got == neg {
		ts.Fatalf("a link to %s is %v on %s", args[0], got, w.at)
	}
}

// translate fills the editor of the version the walk is at, as a browser without scripts would.
func (w *walk) translate(ts *testscript.TestScript, args []string) {
	need(ts, args, 1, "translate LANGUAGE")
	at := w.at.Path
	n := 0
	for _, row := range find(w.doc, "li") {
		if attr(row, "class") != "seg" || attr(row, "data-st") == "none" {
			continue
		}
		pieces, codes := filling(args[0], attr(row, "data-source"), n)
		n++
		var text strings.Builder
		for i, piece := range pieces {
			text.WriteString(piece)
			if i < len(codes) {
				text.WriteString(codes[i])
			}
		}
		w.arrive(ts, w.reader.post(at+"/blocks/"+attr(row, "data-key"), "base", attr(row, "data-base"), "was", attr(row, "data-text"), "text", text.String(), "do", "confirm"))
		if w.page.StatusCode != http.StatusSeeOther {
			ts.Fatalf("block %s: %d\n%s", attr(row, "data-number"), w.page.StatusCode, shows(w.doc))
		}
	}
	if n == 0 {
		ts.Fatalf("no block to translate on %s", at)
	}
	w.goTo(ts, at)
}

// fields is what a browser would send of a form nobody has touched.
func fields(form *html.Node) url.Values {
	values := url.Values{}
	for _, in := range find(form, "input") {
		kind := attr(in, "type")
		if hasAttr(in, "disabled") || attr(in, "name") == "" || kind == "submit" || kind == "file" {
			continue
		}
		if (kind == "checkbox" || kind == "radio") && !hasAttr(in, "checked") {
			continue
		}
		value := attr(in, "value")
		if value == "" && kind == "checkbox" {
			value = "on"
		}
		values.Add(attr(in, "name"), value)
	}
	for _, area := range find(form, "textarea") {
		values.Add(attr(area, "name"), strings.TrimPrefix(text(area), "\n"))
	}
	for _, sel := range find(form, "select") {
		options := find(sel, "option")
		for i, o := range options {
			if hasAttr(o, "selected") || (i == 0 && !anySelected(options)) {
				value := attr(o, "value")
				if !hasAttr(o, "value") {
					value = shows(o)
				}
				values.Add(attr(sel, "name"), value)
			}
		}
	}
	return values
}

func anySelected(options []*html.Node) bool {
	for _, o := range options {
		if hasAttr(o, "selected") {
			return true
		}
	}
	return false
}

func (w *walk) see(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, args, 1, "see STATUS or see 'TEXT'")
	for _, arg := range args {
		got := false
		if regexp.MustCompile(`^[1-5]\d\d$`).MatchString(arg) {
			got = w.page.Status[:3] == arg
		} else {
			got = strings.Contains(shows(w.doc), oneSpace(arg))
		}
		if got == neg {
			ts.Fatalf("see %q is %v on %s (%s):\n%s", arg, got, w.at, w.page.Status, shows(w.doc))
		}
	}
}

func (w *walk) header(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, args, 2, "header NAME REGEXP")
	pattern, err := regexp.Compile(args[1])
	ts.Check(err)
	got := strings.Join(w.page.Header.Values(args[0]), "\n")
	if pattern.MatchString(got) == neg {
		ts.Fatalf("%s is %q", args[0], got)
	}
}

func (w *walk) keep(ts *testscript.TestScript, args []string) {
	need(ts, args, 2, "keep NAME REGEXP")
	pattern, err := regexp.Compile(args[1])
	ts.Check(err)
	var headers bytes.Buffer
	ts.Check(w.page.Header.Write(&headers))
	m := pattern.FindStringSubmatch(w.at.String() + "\n" + headers.String() + "\n" + w.page.Text)
	if len(m) < 2 {
		ts.Fatalf("nothing like %s here", args[1])
	}
	ts.Setenv(args[0], html.UnescapeString(m[1]))
}

// find is every element of a name below n, in order.
func find(n *html.Node, name string) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			out = append(out, d)
		}
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// text is all text below n.
func text(n *html.Node) string {
	var out strings.Builder
	if n.Type == html.TextNode {
		out.WriteString(n.Data)
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return out.String()
}

// shows is the text a reader sees: without scripts and the head, blocks apart, white space as one space.
func shows(n *html.Node) string {
	var out strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			switch n.Data {
			case "head", "script", "style", "template":
				return
			case "a", "b", "i", "em", "strong", "span", "mark", "ins", "del", "cite", "time", "sup", "sub", "code", "abbr", "q":
			default:
				defer out.WriteByte(' ')
				out.WriteByte(' ')
			}
		}
		if n.Type == html.TextNode {
			out.WriteString(n.Data)
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	walk(n)
	return oneSpace(out.String())
}

// oneSpace makes every run of white space, no-break spaces too, one space.
func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }
