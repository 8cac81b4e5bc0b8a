package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

const russian = "Речной вокзал в Заречье открыли во вторник утром. Ремонт шёл два года и обошёлся городу недёшево."

func encoded(t *testing.T, enc encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := enc.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	by := func(label string) encoding.Encoding {
		enc, _ := charset.Lookup(label)
		return enc
	}
	le := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	for _, c := range []struct {
		name, contentType, declaration string
		enc                            encoding.Encoding
		text                           string
	}{
		{"nothing declared, UTF-8", "", "", encoding.Nop, russian},
		{"declared wrongly, UTF-8", "text/html; charset=windows-1251", "", encoding.Nop, russian},
		{"mark", "", "", unicode.UTF8BOM, russian},
		{"windows-1251 by HTTP", "text/html; charset=windows-1251", "", by("windows-1251"), russian},
		{"windows-1251 by meta", "text/html", `<meta http-equiv=Content-Type content="text/html; charset=windows-1251">`, by("windows-1251"), russian},
		{"windows-1251 said to be UTF-8", "text/html; charset=utf-8", "", by("windows-1251"), russian},
		{"windows-1251 said to be latin", "", `<meta charset="iso-8859-1">`, by("windows-1251"), russian},
		{"koi8-r said to be windows-1251", "", `<meta charset="windows-1251">`, by("koi8-r"), russian},
		{"koi8-r", "", "", by("koi8-r"), russian},
		{"ibm866", "", "", by("ibm866"), russian},
		{"iso-8859-5", "", "", by("iso-8859-5"), russian},
		{"MacCyrillic by its other name", "", `<?xml version="1.0" encoding="MacCyrillic"?>`, by("x-mac-cyrillic"), russian},
		{"utf-16 with a mark", "", "", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), russian},
		{"utf-16 without", "", "", le, "<p>" + strings.Repeat("plain words ", 20)},
		{"utf-32 with a mark", "", "", utf32.UTF32(utf32.BigEndian, utf32.UseBOM), russian},
		{"western, nothing declared", "", "", by("windows-1252"), "Le café — c’est déjà l’été, dit-il."},
		{"chinese, declared", "", `<meta charset=gb2312>`, by("gbk"), "中文网页内容在这里"},
		{"unknown label", "text/html; charset=x-nobody-knows", "", by("windows-1251"), russian},
	} {
		body := encoded(t, c.enc, c.declaration+c.text)
		got, err := Decode(body, c.contentType)
		if err != nil || got != c.declaration+c.text {
			t.Errorf("%s: %.80q, %v", c.name, got, err)
		}
	}
}

func TestDecodeDamaged(t *testing.T) {
	got, err := Decode([]byte(russian+"\xff"+russian), "text/html; charset=utf-8")
	if want := russian + "\uFFFD" + russian; err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := Decode(noise(5000), ""); err == nil {
		t.Error("noise was read as text")
	}
}

// The same feeds in five encodings read alike, with the declaration, without it, and with a wrong one.
func TestDecodeCyrillicFeeds(t *testing.T) {
	dir := shared(t, "feeds", "chardet")
	enc := map[string]string{"KOI8-R": "koi8-r", "windows-1251-russian": "windows-1251", "IBM866": "ibm866", "MacCyrillic": "x-mac-cyrillic", "iso-8859-5-russian": "iso-8859-5", "windows-1251-bulgarian": "windows-1251"}
	n, wrong := 0, 0
	for folder, label := range enc {
		files, err := filepath.Glob(filepath.Join(dir, folder, "*.xml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			e, _ := charset.Lookup(label)
			want, err := e.NewDecoder().Bytes(b)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := Decode(b, ""); err != nil || got != string(want) {
				t.Errorf("%s: not read as declared (%v)", f, err)
			}
			i := strings.Index(string(b), "?>")
			bare, wantBare := string(b[i+2:]), string(want[strings.Index(string(want), "?>")+2:])
			n++
			if got, err := Decode([]byte(bare), ""); err != nil || got != wantBare {
				wrong++
				t.Logf("%s: read wrongly without its declaration (%v)", f, err)
			}
		}
	}
	if wrong*10 > n {
		t.Errorf("%d of %d read wrongly without a declaration", wrong, n)
	}
}
