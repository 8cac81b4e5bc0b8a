package archive

import (
	"errors"
	"testing"
)

func TestNormalise(t *testing.T) {
	for _, tt := range []struct{ a, b string }{
		{"https://courier.example/a", "http://www.courier.example/a/"},
		{"https://courier.example/a", "https://m.courier.example/a?utm_source=x&fbclid=1#top"},
		{"https://courier.example/a?b=1&c=2", "https://COURIER.example:443/a?c=2&b=1"},
		{"https://courier.example/a", "https://courier.example/a/amp"},
		{"https://пример.example/a", "https://xn--e1afmkfd.example/a"},
	} {
		x, err := Normalise(tt.a)
		if err != nil {
			t.Fatal(err)
		}
		if y, err := Normalise(tt.b); err != nil || x != y {
			t.Errorf("%s is known as %s, %s as %s (%v): want the same", tt.a, x, tt.b, y, err)
		}
	}
	for _, tt := range []struct{ a, b string }{
		{"https://courier.example/a", "https://courier.example/A"},
		{"https://courier.example/a", "https://courier.example/a?page=2"},
		{"https://courier.example/a", "https://news.courier.example/a"},
		{"https://courier.example/a", "https://courier.example:8443/a"},
	} {
		x, err := Normalise(tt.a)
		if err != nil {
			t.Fatal(err)
		}
		if y, err := Normalise(tt.b); err != nil || x == y {
			t.Errorf("%s and %s are both known as %s (%v): want two", tt.a, tt.b, x, err)
		}
	}
	for _, bad := range []string{"", "courier.example/a", "javascript:alert(1)", "ftp://courier.example/", "https:///a", "https://[::1", "\x00"} {
		if got, err := Normalise(bad); !errors.Is(err, ErrInvalid) {
			t.Errorf("Normalise(%q) = %q, %v; want ErrInvalid", bad, got, err)
		}
	}
}

func FuzzNormalise(f *testing.F) {
	f.Add("https://www.courier.example:443/a/?utm_source=x&b=%20#c")
	f.Add("http://[::1]:80/..//a;b?=&=")
	f.Fuzz(func(t *testing.T, address string) {
		key, err := Normalise(address)
		if err != nil {
			return
		}
		if again, err := Normalise("https://" + key); err == nil && again != key {
			t.Errorf("%q is known as %q, and that as %q", address, key, again)
		}
	})
}

func TestSlug(t *testing.T) {
	for _, tt := range []struct{ title, want string }{
		{"The bridge reopens, after 4 years!", "the-bridge-reopens-after-4-years"},
		{"Ёлка и Чайник: щи", "elka-i-chainik-shchi"},
		{"Վարդաքարի քարե կամուրջը", "vardakari-kare-kamurjy"},
		{"Ի՞նչ և ո՞ւմ", "inch-ev-um"},
		{"«…»", ""},
		{"漢字", ""},
	} {
		if got := Slug(tt.title); got != tt.want {
			t.Errorf("Slug(%q) = %q, want %q", tt.title, got, tt.want)
		}
	}
	if got := Slug("word word word word word word word word word word word word word word word"); len(got) > 60 || got == "" {
		t.Errorf("a long title became %q", got)
	}
}
