// Package demo is the sample newsroom: a handful of invented outlets, their pages as they would serve them, complete
// and half-finished translations, the people who made them, and a plan of how far each has come.
//
// It exists so that an empty archive can be filled with something worth looking at. Nothing in it goes around the
// product: the pages are whole web pages which the reader has to read, the terms stand in their footers, and Fill
// takes every version to its place through the same operations as a person would.
//
// The folder is meant to be edited by people who write, not by people who program. A page is
// pages/<outlet>/<slug>.html, a later state of it <slug>.v2.html; a translation is versions/<slug>.<language>.toml,
// made against the later state where its name has .v2; everything else is in newsroom.toml. Load checks that the
// parts fit each other.
package demo

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

//go:embed newsroom.toml pages versions
var files embed.FS

// Newsroom is the whole of the sample, read and checked.
type Newsroom struct {
	Password string    `toml:"password"` // of everybody
	Sections []Section `toml:"sections"` // in the order of the site
	People   []Person  `toml:"people"`
	Outlets  []Outlet  `toml:"outlets"`
	Articles []Article `toml:"articles"` // in the order in which they reach the archive
	Plan     []Job     `toml:"plan"`
}

// Text is the same thing said in several languages, by language tag.
type Text map[string]string

// Section is a heading of the site. Outlets call it by any of its names.
type Section struct {
	Slug string `toml:"slug"`
	Name Text   `toml:"name"`
}

// Person is somebody who works in the newsroom.
type Person struct {
	ID        string `toml:"id"`
	Login     string `toml:"login"`     // an e-mail address
	Interface string `toml:"interface"` // the language the desk speaks to them
	Name      Text   `toml:"name"`
	Roles     []Role `toml:"roles"`
}

// Role is what a person may do: translator and editor of some languages, or administrator of everything.
type Role struct {
	Name      string   `toml:"role"`
	Languages []string `toml:"languages"`
}

// Outlet is a source with its terms of reuse. ConfirmedBy is empty where nobody has confirmed them.
type Outlet struct {
	ID           string   `toml:"id"`
	Host         string   `toml:"host"`
	Home         string   `toml:"home"`
	Language     string   `toml:"language"`
	Jurisdiction string   `toml:"jurisdiction"` // ISO 3166-1
	Statement    string   `toml:"statement"`    // word for word as it stands on each of the outlet's pages
	ConfirmedBy  string   `toml:"confirmed_by"`
	Name         Text     `toml:"name"`
	Forms        Forms    `toml:"forms"`
	Clauses      []Clause `toml:"clauses"`
	Grant        *Grant   `toml:"grant"`
	Media        []File   `toml:"-"` // its pictures, by their addresses
}

// Grant is leave to translate and reprint that an outlet gave in writing, and took back before anything of it went out.
type Grant struct {
	Title     string `toml:"title"`
	SignedBy  string `toml:"signed_by"`
	Letter    string `toml:"letter"`
	TakenBack string `toml:"taken_back"` // why it was ended
}

// Forms are the cases of an outlet's name which the sentences of a credit need, without quotation marks.
type Forms struct {
	RussianGenitive     string `toml:"ru_genitive"`
	RussianInstrumental string `toml:"ru_instrumental"`
	ArmenianDative      string `toml:"hy_dative"`
	ArmenianDefinite    string `toml:"hy_definite"`
}

// Clause is one requirement of an outlet, in the words of rights.Clause.
type Clause struct {
	Kind     string `toml:"kind"`
	Target   string `toml:"target"`
	Within   string `toml:"within"`
	Value    string `toml:"value"`
	Strength string `toml:"strength"`
	Quote    string `toml:"quote"` // a part of the outlet's statement
}

// File is what the outlet's server answers at an address.
type File struct {
	URL  string
	Name string // in this folder
	Type string // media type
	Data []byte
}

// Article is one article of an outlet. Pages are its states in order: usually one, two where the outlet corrected it.
type Article struct {
	Slug     string      `toml:"slug"`
	Outlet   string      `toml:"outlet"`
	Path     string      `toml:"path"`
	Upstream string      `toml:"upstream"` // the outlet it retells, empty for its own reporting
	Captured []time.Time `toml:"captured"` // one for each page
	URL      string      `toml:"-"`
	Pages    []File      `toml:"-"`
	Versions []Version   `toml:"-"`
}

// Version is a translation, block by block in the order of the source. A text keeps the inline elements of its
// source block as codes: {1} for the first start tag of the block, {/1} for its end. In a partial version the blocks
// that nobody has translated yet are empty.
type Version struct {
	Language string   `toml:"-"`
	Revision int      `toml:"-"` // the page it was made against, from 1
	Partial  bool     `toml:"partial"`
	Title    string   `toml:"title"`
	Dek      string   `toml:"dek"`
	Blocks   []string `toml:"blocks"`  // of a figure: its caption
	Credits  []string `toml:"credits"` // one for each figure
	Alts     []string `toml:"alts"`    // one for each figure
}

// The states in which the plan leaves a version.
const (
	Draft            = "draft"
	InReview         = "in_review"
	ChangesRequested = "changes_requested"
	Approved         = "approved"
	Refused          = "refused" // approved, and the gate does not let it out
	Published        = "published"
	Behind           = "behind" // published; its source was corrected since
)

// States lists them in the order of the work.
func States() []string {
	return []string{Draft, InReview, ChangesRequested, Approved, Refused, Published, Behind}
}

// Job is the place of one version in the newsroom's work. A job in the article's own language is the original: its
// translator compared it with the page and hands it on.
type Job struct {
	Article    string    `toml:"article"`
	Language   string    `toml:"language"`
	State      string    `toml:"state"`
	Translator string    `toml:"translator"` // empty: opened, and nobody has begun
	Editor     string    `toml:"editor"`
	Priority   string    `toml:"priority"` // normal where empty, high, first
	Due        Due       `toml:"due"`
	Reason     string    `toml:"reason"` // with which changes were requested
	Comments   []Comment `toml:"comments"`
}

// Comment is an editor's note on a few words of a translation.
type Comment struct {
	Quote string `toml:"quote"`
	Text  string `toml:"text"`
}

// Due is a time counted from the moment the demo is filled; negative is late, zero is no date.
type Due time.Duration

// UnmarshalText reads a Go duration such as "-24h".
func (d *Due) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = Due(v)
	return err
}

// Load reads the embedded newsroom. An error names the file at fault.
func Load() (Newsroom, error) {
	var n Newsroom
	if err := decode("newsroom.toml", &n); err != nil {
		return Newsroom{}, err
	}
	for i := range n.Outlets {
		if err := n.Outlets[i].readMedia(); err != nil {
			return Newsroom{}, err
		}
	}
	for i := range n.Articles {
		if err := n.readArticle(&n.Articles[i]); err != nil {
			return Newsroom{}, err
		}
	}
	if err := n.check(); err != nil {
		return Newsroom{}, fmt.Errorf("newsroom.toml: %w", err)
	}
	return n, nil
}

// Person finds somebody by ID.
func (n Newsroom) Person(id string) (Person, bool) {
	i := slices.IndexFunc(n.People, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return Person{}, false
	}
	return n.People[i], true
}

// Outlet finds an outlet by ID.
func (n Newsroom) Outlet(id string) (Outlet, bool) {
	i := slices.IndexFunc(n.Outlets, func(o Outlet) bool { return o.ID == id })
	if i < 0 {
		return Outlet{}, false
	}
	return n.Outlets[i], true
}

// Article finds an article by slug.
func (n Newsroom) Article(slug string) (Article, bool) {
	i := slices.IndexFunc(n.Articles, func(a Article) bool { return a.Slug == slug })
	if i < 0 {
		return Article{}, false
	}
	return n.Articles[i], true
}

// Version finds the translation into a language made against a revision of the page, counted from 1.
func (a Article) Version(language string, revision int) (Version, bool) {
	i := slices.IndexFunc(a.Versions, func(v Version) bool { return v.Language == language && v.Revision == revision })
	if i < 0 {
		return Version{}, false
	}
	return a.Versions[i], true
}

// HasRole tells whether the person may do this work in a language.
func (p Person) HasRole(role, language string) bool {
	return slices.ContainsFunc(p.Roles, func(r Role) bool {
		return r.Name == role && (len(r.Languages) == 0 || slices.Contains(r.Languages, language))
	})
}

// Server answers as the outlets' servers would: the states of each article in turn and the pictures, by address.
func (n Newsroom) Server() map[string][]File {
	m := map[string][]File{}
	for _, o := range n.Outlets {
		for _, f := range o.Media {
			m[f.URL] = append(m[f.URL], f)
		}
	}
	for _, a := range n.Articles {
		m[a.URL] = append(m[a.URL], a.Pages...)
	}
	return m
}

func (o *Outlet) readMedia() error {
	dir := path.Join("pages", o.ID, "media")
	entries, err := fs.ReadDir(files, dir)
	if err != nil {
		return nil //nolint:nilerr // an outlet without a folder of pictures has none
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		data, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		o.Media = append(o.Media, File{URL: "https://" + o.Host + "/media/" + e.Name(), Name: name, Type: "image/svg+xml", Data: data})
	}
	return nil
}

func (n Newsroom) readArticle(a *Article) error {
	o, ok := n.Outlet(a.Outlet)
	if !ok {
		return fmt.Errorf("newsroom.toml: article %s: no outlet %q", a.Slug, a.Outlet)
	}
	a.URL = "https://" + o.Host + a.Path
	for rev := 1; ; rev++ {
		name := path.Join("pages", a.Outlet, a.Slug+revisionSuffix(rev)+".html")
		data, err := files.ReadFile(name)
		if err != nil && rev > 1 {
			break
		}
		if err != nil {
			return err
		}
		a.Pages = append(a.Pages, File{URL: a.URL, Name: name, Type: "text/html; charset=utf-8", Data: data})
	}
	names, err := fs.Glob(files, "versions/"+a.Slug+".*.toml")
	if err != nil {
		return err
	}
	for _, name := range names {
		v := Version{Revision: 1}
		if err := decode(name, &v); err != nil {
			return err
		}
		parts := strings.Split(path.Base(name), ".") // slug, language, perhaps v2, toml
		v.Language = parts[1]
		if len(parts) == 4 {
			if v.Revision, err = strconv.Atoi(strings.TrimPrefix(parts[2], "v")); err != nil {
				return fmt.Errorf("%s: name: %w", name, err)
			}
		}
		a.Versions = append(a.Versions, v)
	}
	return nil
}

func revisionSuffix(rev int) string {
	if rev == 1 {
		return ""
	}
	return ".v" + strconv.Itoa(rev)
}

// decode reads a TOML file and refuses keys it has no place for, since a misspelt key is otherwise lost in silence.
func decode(name string, into any) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	meta, err := toml.Decode(string(data), into)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if keys := meta.Undecoded(); len(keys) > 0 {
		return fmt.Errorf("%s: unknown key %s", name, keys[0])
	}
	return nil
}
