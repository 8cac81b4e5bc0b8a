package ingest

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// A page that stands in for the one that was asked for says so, in three languages; a page of the outlet's own does not,
// whatever it is about.
func TestAbsent(t *testing.T) {
	menu := `<nav><a href="/a">Politics</a> <a href="/b">Culture</a> <a href="/c">Sport and a long list of other sections of the site</a></nav>`
	long := strings.Repeat("<p>The council met on Monday and spoke about the road along the river, which has been closed since spring.</p>", 30)
	page := func(title, body string) string {
		return "<!doctype html><html><head><title>" + title + "</title></head><body>" + menu + body + "</body></html>"
	}
	for _, c := range []struct {
		name   string
		status int
		header http.Header
		body   string
		want   Absence
	}{
		{"terms", 200, nil, page("Terms | Courier", "<h1>Terms</h1><p>Any use of materials of Courier is allowed only with a hyperlink to courier.example.</p>"), Present},
		{"short terms, of no index", 200, nil, page("Terms", `<meta name="robots" content="noindex"><p>Any use of materials of Courier is allowed only with a hyperlink to courier.example. All rights are reserved by the publishing house and by its authors.</p>`), Present},
		{"Russian terms", 200, nil, page("Правила использования материалов — Курьер", "<h1>Правила</h1><p>Использование материалов разрешено только при наличии гиперссылки на courier.example.</p>"), Present},
		{"an article about errors", 200, nil, page("Page not found: how the web forgets", long), Present},
		{"an article called so", 200, nil, page("Not found", "<h1>Not found</h1>"+long), Present},
		{"an article about maintenance", 200, nil, page("The bridge is under maintenance again", "<h1>The bridge</h1><p>"+strings.Repeat("The bridge will be closed. ", 40)+"</p>"), Present},
		{"404 in the title", 200, nil, page("404 | Courier", "<p>Go to the front page.</p>"), NotFound},
		{"behind a dash", 200, nil, page("Courier — Page not found", "<p>See what is new on our front page today.</p>"), NotFound},
		{"in a heading", 200, nil, page("Courier", "<h1>Sorry, this page isn’t available</h1><p>See what is new on our front page.</p>"), NotFound},
		{"in the text", 200, nil, page("Courier", "<p>The page you are looking for may have been moved or deleted, or never was.</p>"), NotFound},
		{"Russian", 200, nil, page("Страница не найдена – Курьер", "<p>Перейдите на главную страницу нашего сайта.</p>"), NotFound},
		{"Russian text", 200, nil, page("Курьер", "<p>К сожалению, запрашиваемая страница не существует или была удалена.</p>"), NotFound},
		{"Armenian", 200, nil, page("Էջը չի գտնվել | Սուրհանդակ", "<p>Վերադարձեք գլխավոր էջ և շարունակեք ընթերցել։</p>"), NotFound},
		{"Armenian text", 200, nil, page("Սուրհանդակ", "<p>Ցավոք, այդպիսի էջ չկա, կամ այն հեռացվել է կայքից։</p>"), NotFound},
		{"maintenance", 200, nil, page("Back soon", "<h1>Back soon</h1><p>We are mending the house.</p>"), Maintenance},
		{"maintenance in Russian", 200, nil, page("Курьер", "<p>На сайте ведутся технические работы. Пожалуйста, зайдите позже.</p>"), Maintenance},
		{"maintenance in Armenian", 200, nil, page("Սուրհանդակ", "<p>Կայքում կատարվում են տեխնիկական աշխատանքներ։ Փորձեք ավելի ուշ։</p>"), Maintenance},
		{"asks to come again", 200, http.Header{"Retry-After": {"3600"}}, page("Courier", "<p>We are moving our presses to another house.</p>"), Maintenance},
		{"a long page that says when to come again", 200, http.Header{"Retry-After": {"3600"}}, page("Courier", long), Present},
		{"error", 200, nil, page("Error", "<p>Something is not as it should be with our database.</p>"), Broken},
		{"database", 200, nil, "<html><head><title>Database Error</title></head><body><h1>Error establishing a database connection</h1></body></html>", Broken},
		{"bot check", 200, nil, page("Just a moment...", `<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>`), Challenge},
		{"bot check by its script", 200, nil, page("Courier", `<p>One second, and we will show you what you came here for.</p><script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>`), Challenge},
		{"bot check in Russian", 200, nil, page("Вы не робот?", "<p>Нам очень жаль, но запросы с вашего устройства похожи на автоматические.</p>"), Challenge},
		{"bot check by header", 200, http.Header{"Cf-Mitigated": {"challenge"}}, page("Courier", long), Challenge},
		{"bot check by status", 202, nil, page("", ""), Challenge},
		{"a form with a captcha on a page of its own", 200, nil, page("Contact", long+`<script src="https://www.google.com/recaptcha/api.js"></script>`), Present},
		{"consent", 200, nil, page("Before you continue to Courier", "<p>We and our partners store cookies.</p>"), Consent},
		{"consent in Russian", 200, nil, page("Мы используем файлы cookie", "<p>Нажмите, чтобы продолжить чтение нашего издания.</p>"), Consent},
		{"blank", 200, nil, "<html><head><title>Courier</title></head><body><div id=root></div><script>start()</script></body></html>", Blank},
		{"nothing to index", 200, nil, `<html><head><title>Courier</title><meta name=robots content="noindex,nofollow"></head><body><p>Hello, this is the server of the Courier.</p></body></html>`, Blank},
		{"no content", 204, nil, "", Blank},
		{"no HTML", 200, http.Header{"Content-Type": {"application/pdf"}}, "%PDF-1.4", Present},
	} {
		header := c.header
		if header == nil {
			header = http.Header{}
		}
		if header.Get("Content-Type") == "" {
			header.Set("Content-Type", "text/html; charset=utf-8")
		}
		if got := Absent(c.status, Page{URL: "https://courier.example/terms", Header: header, Body: []byte(c.body)}); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLikeness(t *testing.T) {
	page := func(body string) Page {
		return Page{URL: "https://courier.example/", Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte("<html><body>" + body + "</body></html>")}
	}
	menu := "<p>Politics Culture Sport Weather Archive Contact About us Advertising</p>"
	one := page(menu + "<p>Nothing was found at the address you typed, a1b2.</p>")
	for _, c := range []struct {
		name     string
		a, b     Page
		from, to float64
	}{
		{"the same", one, one, 1, 1},
		{"another address named", one, page(menu + "<p>Nothing was found at the address you typed, c3d4.</p>"), 0.8, 0.99},
		{"another page of the site", one, page(menu + "<p>The council met on Monday and spoke about the road along the river, which has been closed since the flood in spring.</p>"), 0.01, 0.4},
		{"another site", one, page("<p>Использование материалов разрешено только при наличии гиперссылки.</p>"), 0, 0},
		{"nothing", one, page(""), 0, 0},
		{"one word each", page("hello"), page("hello"), 1, 1},
	} {
		if got := Likeness(c.a, c.b); got < c.from || got > c.to {
			t.Errorf("%s: %.2f, want %.2f to %.2f", c.name, got, c.from, c.to)
		}
	}
}

// FuzzAbsent: whatever comes, an answer is one of those there are.
func FuzzAbsent(f *testing.F) {
	f.Add("<title>404</title><p>x")
	f.Add("<a><a><h1>Էջը չի գտնվել")
	f.Fuzz(func(t *testing.T, body string) {
		p := Page{URL: "https://courier.example/", Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte(body)}
		switch Absent(200, p) {
		case Present, NotFound, Maintenance, Broken, Challenge, Consent, Blank:
		default:
			t.Error("another answer")
		}
		if l := Likeness(p, p); l != 0 && l != 1 {
			t.Errorf("a page is like itself by %v", l)
		}
	})
}

// Pages of articles are there: on real ones no rule speaks.
func TestAbsentOnRealPages(t *testing.T) {
	said, all := 0, 0
	for _, dir := range []string{"extraction", "extraction-ru-hy", "pages"} {
		for _, pattern := range []string{"html/*", "*.html*"} {
			files, err := filepath.Glob(filepath.Join(shared(t, dir), pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				p := Page{URL: "https://courier.example/", Header: http.Header{"Content-Type": {"text/html"}}, Body: readFile(t, file)}
				all++
				if why := Absent(200, p); why != Present {
					said++
					t.Logf("%s: %s", filepath.Base(file), why)
				}
			}
		}
	}
	if all < 50 || said*200 > all {
		t.Errorf("%d of %d pages of articles are said to be absent, want at most one in two hundred", said, all)
	}
}
