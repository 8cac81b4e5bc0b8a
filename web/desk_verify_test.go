package web

import (
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"colophon/archive/rights"
	"colophon/locales"
	"colophon/translations"
	"colophon/translations/workflow"
)

// hostilePage tries every way out of a page it is quoted on.
const hostilePage = `<!doctype html><html lang="en"><title></title></textarea><script>alert(0)</script></title><base href="https://evil.example/"><article>
<h1 id='"><script>alert(1)</script>' onclick="alert(2)">Swifts &lt;script>alert(1)&lt;/script> ]]>--></h1>
<p>The stone bridge of the city is open again after four years of repair, and people walked across it for the first time.</p>
<p hidden><a onclick="alert(3)" href="https://vardakar-courier.example/"><img src=x onerror=alert(4)>Courier</pre></textarea></a><style>*{display:none}</style><iframe src=x></iframe></p></article></html>`

// What a checked page does to harm stays text, in every language: nothing of it becomes an element of ours.
func TestVerifyHostile(t *testing.T) {
	s := openNewsroom(t)
	s.hire(t, "visitor", translations.Grant{Role: workflow.Translator, Language: "en"})
	reader := s.reader(t).as("visitor")
	source, err := s.Archive.SourceBySlug(t.Context(), "vardakar-courier-example")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locales.Languages() {
		for _, terms := range []string{"own", strconv.FormatInt(int64(source.ID), 10)} {
			got := reader.post("/desk/verify?lang="+lang, "html", hostilePage, "page", `https://copy.example/"><script>alert(5)</script>`, "terms", terms, "original", "")
			got.want(t, 200)
			doc, err := html.Parse(strings.NewReader(got.Text))
			if err != nil {
				t.Fatal(err)
			}
			for n := range doc.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				if n.Data == "script" && strings.Contains(text(n), "alert") || n.Data == "iframe" || n.Data == "style" || n.Data == "base" || n.Data == "img" {
					t.Errorf("%s, %s: <%s> of the page got out", lang, terms, n.Data)
				}
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || a.Key == "href" && strings.HasPrefix(a.Val, "javascript:") {
						t.Errorf("%s, %s: <%s %s> got out", lang, terms, n.Data, a.Key)
					}
				}
			}
			if !strings.Contains(got.Text, "&lt;script&gt;alert(1)") {
				t.Errorf("%s, %s: the page is not quoted", lang, terms)
			}
		}
	}
}

// Every kind of clause that a page can break has a sentence of its own in the letter, and every letter holds what it must.
func TestLetters(t *testing.T) {
	s := open(t)
	for _, kind := range []rights.Kind{
		rights.LinkRequired, rights.LinkPlace, rights.LinkFollowable, rights.LinkDirect, rights.LinkVisible, rights.LinkKeepInner, rights.CreditSource,
		rights.CreditWording, rights.CreditPlace, rights.CreditAuthor, rights.CreditTranslator, rights.CreditChain, rights.CreditLicenceLink,
		rights.LimitShare, rights.LimitCount, rights.LimitReadMore, rights.EditDeclare, rights.MediaExclude, rights.SEOCanonical, rights.TimeEmbargo,
		rights.TrackPixel, rights.TranslationAllowed,
	} {
		if !s.words["en"].Has("letter.fix." + string(kind)) {
			t.Errorf("no letter asks to mend %s", kind)
		}
	}
	e := sampleExamination()
	misses := locales.Misses()
	for lang, want := range map[string][]string{
		"en": {"Good day,", "Vardakar Courier", "https://vardakar-courier.example/swifts", "Please let search engines follow the link", "Please name the author: Տիգրան Ասլանյան.", "The terms say: «հիպերհղում անելու դեպքում»", "Nare Petrosyan"},
		"ru": {"Здравствуйте!", "«Вардакарский курьер»", "Пожалуйста, откройте ссылку", "назовите автора: Տիգրան Ասլանյան.", "Впервые опубликовано"},
		"hy": {"Բարև Ձեզ,", "«Վարդաքարի սուրհանդակ»", "Խնդրում ենք հղումը բաց թողնել", "նշել հեղինակին՝ Տիգրան Ասլանյան։"},
	} {
		subject, body := s.letter(s.words[lang], e, "Nare Petrosyan")
		for _, w := range want {
			if !strings.Contains(body, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, body)
			}
		}
		if !strings.Contains(subject, "Стрижи под мостом") || strings.Contains(body, "Source: Courier") {
			t.Errorf("%s: subject %q; what is only liked is not asked for\n%s", lang, subject, body)
		}
		if !strings.Contains(body, `<a href="https://vardakar-courier.example/swifts">«Вардакарским курьером»</a>`) {
			t.Errorf("%s: the example is not in the language of the page\n%s", lang, body)
		}
	}
	if n := locales.Misses() - misses; n > 0 {
		t.Errorf("%d messages are missing or lack a value", n)
	}
}
