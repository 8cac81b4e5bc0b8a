// Package locales is what the interface says, in every language it speaks.
//
// The messages stand in active.<language>.toml, one table a message, and are embedded. A Localizer puts an ID and its
// data into words and writes dates and numbers as the language does; there is one per language, shared by everybody, and
// safe for concurrent use. A message that is missing never breaks a page: the English text is shown, or the ID itself,
// and the miss is counted, so that a test and a metric can see it.
//
// The languages are data. A new one is a file active.<language>.toml and a row in the table of languages.go.
// The tag of Armenian is hy everywhere; ARM is only the label readers know, and arm and hye are read as hy.
package locales

import (
	"embed"
	"fmt"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	_ "time/tzdata" // zones by name, on machines without a zone database too
)

//go:embed active.*.toml
var files embed.FS

// catalogue is every message in every language.
type catalogue struct {
	localizers map[string]*Localizer
	misses     atomic.Uint64
}

// shared is the catalogue of the embedded files, read at first use.
var shared = sync.OnceValue(func() *catalogue {
	c, err := load()
	if err != nil {
		panic(err) // the files are part of the program: a fault here is a fault of the build, and a test finds it
	}
	return c
})

// load reads the embedded files and makes a Localizer for each language.
func load() (*catalogue, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	zone, err := time.LoadLocation(DefaultZone)
	if err != nil {
		return nil, err
	}
	c := &catalogue{localizers: make(map[string]*Localizer, len(languages))}
	for i := range languages {
		lang := &languages[i]
		if _, err := bundle.LoadMessageFileFS(files, "active."+lang.tag+".toml"); err != nil {
			return nil, fmt.Errorf("messages in %s: %w", lang.tag, err)
		}
		c.localizers[lang.tag] = &Localizer{catalogue: c, lang: lang, i18n: i18n.NewLocalizer(bundle, lang.tag), zone: zone}
	}
	return c, nil
}

// Localizer speaks one language. Its methods are safe for concurrent use.
type Localizer struct {
	catalogue *catalogue
	lang      *form
	i18n      *i18n.Localizer
	zone      *time.Location
}

// For returns the Localizer of a language, given as a tag or code such as "hy", "hy-AM" or "arm"; English for one the
// interface does not speak. It costs nothing: the Localizers are shared.
func For(lang string) *Localizer {
	tag, _ := Canonical(lang)
	if l, ok := shared().localizers[tag]; ok {
		return l
	}
	return shared().localizers[fallback]
}

// Misses counts the messages that were asked for and not there, or not whole, since the program started.
func Misses() uint64 { return shared().misses.Load() }

// In is l with times shown in another zone.
func (l *Localizer) In(zone *time.Location) *Localizer {
	other := *l
	other.zone = zone
	return &other
}

// Lang is the tag of the language: "en", "ru", "hy".
func (l *Localizer) Lang() string { return l.lang.tag }

// Label is the short name readers know: EN, RU, ARM.
func (l *Localizer) Label() string { return l.lang.label }

// Name is the language's name in itself, standing alone: English, Русский, Հայերեն.
func (l *Localizer) Name() string { return l.lang.name }

// Text is the message with its places filled from data, as plain text: whoever puts it into HTML escapes it.
func (l *Localizer) Text(id string, data map[string]any) string {
	return l.message(&i18n.LocalizeConfig{MessageID: id, TemplateData: data})
}

// Plural is the form of the message that goes with n. Beside data, {{.Count}} is n as the language writes it and
// {{.PluralCount}} the bare number. In Armenian and Russian the form "one" is not only for 1 (0 in hy, 21 in ru), so
// messages write the number and not a word for it.
func (l *Localizer) Plural(id string, n int, data map[string]any) string {
	all := make(map[string]any, len(data)+2)
	all["Count"] = l.Number(n)
	all["PluralCount"] = n
	maps.Copy(all, data)
	return l.message(&i18n.LocalizeConfig{MessageID: id, TemplateData: all, PluralCount: n})
}

// message localizes; go-i18n returns the English text and an error for a message missing in one language, and nothing for
// an unknown one.
func (l *Localizer) message(c *i18n.LocalizeConfig) string {
	text, err := l.i18n.Localize(c)
	if err != nil || strings.Contains(text, "<no value>") {
		l.catalogue.misses.Add(1)
	}
	if text == "" {
		return c.MessageID
	}
	return text
}

// Has says whether the language itself has the message.
func (l *Localizer) Has(id string) bool {
	_, tag, err := l.i18n.LocalizeWithTag(&i18n.LocalizeConfig{MessageID: id})
	return err == nil && tag.String() == l.lang.tag
}

// LanguageName is the name of a language in this one, by tag or code: "Armenian", «армянский», «հայերեն». A language
// without a name of its own is named by its tag.
func (l *Localizer) LanguageName(lang string) string {
	tag, _ := Canonical(lang)
	if id := "language." + tag; l.Has(id) {
		return l.Text(id, nil)
	}
	return tag
}
