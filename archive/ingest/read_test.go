package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"colophon/archive/fault"
)

// fixture reads a page of testdata; the Russian table page is stored in UTF-8 and served in what it declares.
func fixture(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "pages", name))
	if err != nil {
		t.Fatal(err)
	}
	if name == "table-ru.html" {
		if b, err = charmap.Windows1251.NewEncoder().Bytes([]byte(strings.ReplaceAll(string(b), "ՀԱՅ", "HAY"))); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// texts are the blocks as "kind: text".
func texts(blocks []Block) []string {
	var out []string
	for _, b := range blocks {
		out = append(out, string(b.Kind)+": "+b.Text)
	}
	return out
}

func TestReadPages(t *testing.T) {
	for _, c := range []struct {
		file, url string
		want      Document
		blocks    []string
		terms     []string
		upstream  []string
		not       []string // nowhere in the text
	}{
		{
			file: "table-ru.html", url: "http://vesti-zarechya.example/2026/03/vokzal.html",
			want: Document{
				SiteName: "Вести Заречья", Language: "ru", Title: "Речной вокзал Заречья открыли после ремонта", Section: "Город",
				Authors: []string{"Пётр Лунин"}, PublishedAt: "2026-03-03T09:15",
				Images: []Image{{URL: "http://vesti-zarechya.example/foto/2026/vokzal.jpg", Caption: "Новый зал ожидания. Фото: Анна Ветрова", Credit: "Анна Ветрова"}},
			},
			blocks: []string{
				"paragraph: Речной вокзал в Заречье открыли во вторник утром. Ремонт шёл два года и обошёлся городу в 112 млн рублей, сообщила мэрия.",
				"paragraph: Первым рейсом в Дубровку ушёл теплоход «Ласточка». На нём отправились 46 пассажиров, в основном дачники и школьники. Расписание обещают вывесить на каждой пристани.",
				"figure: Новый зал ожидания. Фото: Анна Ветрова",
				"paragraph: «Стены мы оставили прежние, а крышу пришлось делать заново», — рассказал прораб Олег Тихий.",
				"paragraph: На вокзале теперь три правила:",
				"list_item: не кормить чаек с перил;",
				"list_item: не оставлять удочки в проходе;",
				"list_item: не сушить сети на лавках.",
				"paragraph: Летом рейсов станет больше: город просит у пароходства ещё одно судно.",
			},
			terms: []string{
				"При использовании материалов обязательна активная ссылка на vesti-zarechya.example",
				"Перепечатка материалов допускается только с указанием источника и гиперссылкой на vesti-zarechya.example",
			},
			not: []string{"Читайте также", "Реклама", "Просмотров", "Другие новости", "Автор", "A+"},
		},
		{
			file: "microdata-hy.html", url: "https://dzori.example/hy/news/2026/03/03/khanut/?utm_source=tg",
			want: Document{
				CanonicalURL: "https://dzori.example/hy/news/2026/03/03/khanut/", SiteName: "Ձորի Ձայն", Language: "hy",
				Title: "Ձորագյուղի խանութը բացեց գիշերային պատուհան", Dek: "Հացը կարելի է գնել նաև կեսգիշերին։", Section: "Տնտեսություն",
				Authors: []string{"Արամ Լոռեցյան"}, PublishedAt: "2026-03-03T09:15:00+04:00", License: "https://creativecommons.org/licenses/by/4.0/",
				Alternates: map[string]string{"ru": "https://dzori.example/ru/news/2026/03/03/magazin/"},
				Images: []Image{
					{URL: "https://dzori.example/pics/khanut-1200.jpg"},
					{URL: "https://dzori.example/pics/khanut-800.jpg", Alt: "Խանութի պատուհանը", Caption: "Խանութի պատուհանը գիշերը: Լուսանկարը՝ Նարե Սարյանի", Credit: "Նարե Սարյանի"},
				},
			},
			blocks: []string{
				"paragraph: Ձորագյուղի միակ խանութը երկուշաբթի օրվանից աշխատում է նաև գիշերը: Պատուհանը բացվում է ժամը 23-ին և փակվում լուսաբացին:",
				"paragraph: Առաջին գիշերը եկել է տասնչորս գնորդ: «Քնել չէի կարողանում, եկա գաթա գնելու»,- ասել է նրանցից մեկը՝ հովիվ Սերոբը:",
				"figure: Խանութի պատուհանը գիշերը: Լուսանկարը՝ Նարե Սարյանի",
				"heading: Ի՞նչ են գնում գիշերը",
				"list_item: հաց և պանիր,",
				"list_item: մոմեր,",
				"list_item: մեկ անգամ՝ սամովար:",
				"paragraph: Այս մասին, «Հեռագիր» գործակալության փոխանցմամբ, հայտնել է գյուղապետարանը:",
				"embed: Բարի գիշեր, Ձորագյուղ։",
				"paragraph: Եթե փորձը հաջողվի, ամռանը կբացվի նաև երկրորդ պատուհանը:",
			},
			terms: []string{
				"Ցանկացած նյութ օգտագործելիս հղումը dzori.example կայքին պարտադիր է։",
				"Նյութերի մասնակի կամ ամբողջական արտատպումն առանց խմբագրության թույլտվության արգելվում է։",
				"Օգտագործման կանոններ",
			},
			upstream: []string{"Հեռագիր"},
			not:      []string{"Կիսվել", "Այլ նորություններ", "Հեղինակ"},
		},
		{
			file: "nodate-en.html", url: "https://quaypost.example/features/lighthouse-keeper?fbclid=1",
			want: Document{
				CanonicalURL: "https://quaypost.example/features/lighthouse-keeper", SiteName: "Quay Post", Language: "en", Title: "The lighthouse keeps its keeper",
				Section: "Features", Authors: []string{"Ida Marsh", "Tom Reed"}, License: "https://creativecommons.org/licenses/by-nd/4.0/",
				Images: []Image{{URL: "https://quaypost.example/wp/light-768x512.jpg", Alt: "A lighthouse", Caption: "The lamp room before the storm. Ben Ashby / Quay Post", Credit: "Ben Ashby / Quay Post"}},
			},
			blocks: []string{
				"paragraph: The harbour board voted on Monday to keep a person in the lighthouse, although the lamp has not needed one since 1987.",
				"paragraph: “A light that nobody looks after is only a lamp,” said the keeper, Ruth Calder, according to Reuters.",
				"figure: The lamp room before the storm. Ben Ashby / Quay Post",
				"heading: What she does all day",
				"list_item: She reads the gauges twice.",
				"list_item: She oils the hinges.",
				"list_item: She writes the weather down.",
				"paragraph: The board will look at the question again in five years. Until then the kettle stays on, and H2O is paid for by the town.",
			},
			terms:    []string{"You may republish our articles online if you credit Quay Post and link to the original.", "CC BY-ND 4.0"},
			upstream: []string{"Reuters"},
			not:      []string{"Read more", "Share this", "Recent Posts", "Filed under"},
		},
		{
			file: "switch-ru.html", url: "https://ozerny-kray.example/ru/2026/06/plot",
			want: Document{
				SiteName: "Озёрный край", Language: "ru", Title: "Школьники Озёрного построили плот из бутылок", Section: "Люди",
				Authors: []string{"Марк Ольхов"}, PublishedAt: "2026-06-12T18:05",
				Alternates: map[string]string{"hy": "https://ozerny-kray.example/hy/2026/06/plast", "en": "https://ozerny-kray.example/en/2026/06/raft"},
				Images:     []Image{{URL: "https://ozerny-kray.example/im/plot.jpg", Caption: "Плот у причала. Фото: Зоя Береговая", Credit: "Зоя Береговая"}},
			},
			blocks: []string{
				"paragraph: Плот держит восемь человек и одну собаку.",
				"paragraph: Восьмиклассники посёлка Озёрный за две недели собрали плот из 1 200 пластиковых бутылок. Испытания прошли в субботу, без единого промокшего ботинка.",
				"figure: Плот у причала. Фото: Зоя Береговая",
				"paragraph: «Мы считали, что утонем сразу, — признался капитан Лёва Камышов. — А он поплыл».",
				"embed: Плывём!",
				"paragraph: Осенью плот разберут, а бутылки сдадут: на вырученные деньги класс купит вёсла.",
			},
			terms: []string{
				"Использование материалов сайта возможно только при наличии гиперссылки на ozerny-kray.example в первом абзаце.",
				"© 2026 Ozerny-kray.example. Все права защищены. Любая перепечатка требует гиперссылки на ozerny-kray.example.",
			},
			not: []string{"Читайте также", "Ещё новости", "Автор", "Просмотры", "Поделиться"},
		},
		{
			file: "short-ru.html", url: "https://listok.example/1",
			want: Document{SiteName: "Листок", Language: "ru", Title: "Тираж вырос", PublishedAt: "2026-04-01T08:00:00+03:00"},
			blocks: []string{
				"paragraph: Тираж «Листка» вырос до ста экземпляров.", "heading: Почему", "list_item: читателям мало;", "list_item: печке много.", "quote: Бумага терпит.",
			},
		},
		{
			file: "state-en.html", url: "https://gable.example/2026/bees",
			want: Document{SiteName: "Gable News", Language: "en", Title: "Bees move into the town clock", PublishedAt: "2026-05-02T07:30:00Z"},
			blocks: []string{
				"paragraph: A swarm of bees has moved into the town clock, and the hands have stood at ten to three since Thursday.",
				"paragraph: The beekeeper, Joan Pell, says that the queen likes the bronze. The council likes the honey.",
			},
		},
		{
			file: "dump-hy.txt", url: "https://dzori.example/hy/1",
			want: Document{Language: "hy", Title: "Ձորագյուղի խանութը բացեց գիշերային պատուհան", SiteName: "Dzori.example", Section: "ՏՆՏԵՍՈՒԹՅՈՒՆ", Authors: []string{"Արամ Լոռեցյան"}, PublishedAt: "2026-03-03T09:15"},
			blocks: []string{
				"paragraph: Ձորագյուղի միակ խանութը երկուշաբթի օրվանից աշխատում է նաև գիշերը։ Պատուհանը բացվում է ժամը 23-ին և փակվում լուսաբացին։",
				"paragraph: Առաջին գիշերը եկել է տասնչորս գնորդ։ «Քնել չէի կարողանում, եկա գաթա գնելու»,- ասել է նրանցից մեկը՝ հովիվ Սերոբը։",
				"paragraph: Եթե փորձը հաջողվի, ամռանը կբացվի նաև երկրորդ պատուհանը։",
			},
			terms: []string{"Նյութերի օգտագործման դեպքում հղումը dzori.example կայքին պարտադիր է։"},
		},
	} {
		t.Run(c.file, func(t *testing.T) {
			got, err := Read(Page{URL: c.url, Body: fixture(t, c.file)})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.blocks, texts(got.Blocks)); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
			for _, want := range c.terms {
				if n := countStatements(got.Statements, want); n < 1 {
					t.Errorf("statement %q not found in %+v", want, got.Statements)
				}
				if len(want) > 40 && strings.Contains(got.Text, want) {
					t.Errorf("statement %q stands in the body", want)
				}
			}
			var outlets []string
			for _, u := range got.Upstream {
				outlets = append(outlets, u.Outlet)
			}
			if diff := cmp.Diff(c.upstream, outlets); diff != "" {
				t.Errorf("upstream (-want +got):\n%s", diff)
			}
			for _, s := range c.not {
				if strings.Contains(got.Text, s) {
					t.Errorf("%q stands in the body", s)
				}
			}
			c.want.URL = c.url
			got.Text, got.Blocks, got.Statements, got.Upstream = "", nil, nil, nil
			if len(got.Alternates) == 0 {
				got.Alternates = nil
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

// countStatements counts the statements that hold a text.
func countStatements(all []Statement, text string) int {
	n := 0
	for _, s := range all {
		if strings.Contains(s.Text, text) {
			n++
		}
	}
	return n
}

func TestReadFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		page Page
		kind error
		id   string
	}{
		{"front page", Page{URL: "https://gable.example/", Body: fixture(t, "front-en.html")}, fault.ErrInvalid, "fault.extract.none"},
		{"front page elsewhere", Page{URL: "https://gable.example/news/all", Body: fixture(t, "front-en.html")}, fault.ErrInvalid, "fault.extract.none"},
		{"pdf", Page{Body: []byte("%PDF-1.7\n%âãÏÓ")}, fault.ErrInvalid, "fault.extract.kind"},
		{"picture by header", Page{Header: map[string][]string{"Content-Type": {"image/webp"}}, Body: []byte("anything")}, fault.ErrInvalid, "fault.extract.kind"},
		{"nothing", Page{}, fault.ErrInvalid, "fault.extract.empty"},
		{"script only", Page{Body: []byte(`<!doctype html><title>App</title><div id=root></div><script src="/app.js"></script>`)}, fault.ErrInvalid, "fault.extract.script"},
		{"too large", Page{Body: make([]byte, MaxBytes+1)}, fault.ErrTooLarge, "fault.extract.large"},
		{"too many parts", Page{Body: []byte(strings.Repeat("<p>a", maxNodes))}, fault.ErrTooLarge, "fault.extract.crowded"},
		{"too deep", Page{Body: []byte(strings.Repeat("<div>", 5000) + "text")}, fault.ErrInvalid, "fault.extract.deep"},
		{"garbled", Page{Body: append([]byte("<html><body><p>"), noise(4000)...)}, fault.ErrInvalid, "fault.extract.encoding"},
		{"empty stated body", Page{URL: "https://a.example/x", Body: []byte(`<h1>A thing happened</h1><div itemprop="articleBody"></div><footer>Some words of the publisher, which are long enough to be taken for a paragraph. They are not one.</footer>`)}, fault.ErrInvalid, "fault.extract.none"},
	} {
		doc, err := Read(c.page)
		id, _, _ := fault.Message(err)
		if !errors.Is(err, c.kind) || id != c.id {
			t.Errorf("%s: error %v, want %v %s", c.name, err, c.kind, c.id)
		}
		if doc.Text != "" || len(doc.Blocks) > 0 {
			t.Errorf("%s: a fault and a text: %q", c.name, doc.Text)
		}
	}
}

// noise is bytes that are no text in any encoding.
func noise(n int) []byte {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

// A fault still carries what the page says of itself.
func TestReadFaultKeepsHead(t *testing.T) {
	doc, err := Read(Page{URL: "https://a.example/x", Body: []byte(`<html lang=en><head><title>For members | A Paper</title><meta property="og:title" content="For members"><meta property="og:site_name" content="A Paper"><meta property="article:published_time" content="2026-01-02"></head><body><h1>For members</h1><footer>© A Paper. All rights reserved.</footer></body></html>`)})
	if id, _, _ := fault.Message(err); id != "fault.extract.none" {
		t.Fatalf("error %v", err)
	}
	if doc.Title != "For members" || doc.SiteName != "A Paper" || doc.PublishedAt != "2026-01-02" || len(doc.Statements) != 1 {
		t.Errorf("got %+v", doc)
	}
}
