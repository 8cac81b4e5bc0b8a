package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/ingest"
)

// Outcome is what became of a delivery.
type Outcome string

// The outcomes.
const (
	New       Outcome = "new"
	Revised   Outcome = "revised"
	Unchanged Outcome = "unchanged"
	Failed    Outcome = "failed"
)

// Delivery is a page as received, to be kept and read.
type Delivery struct {
	URL       string // as asked for; may be empty for a file
	Name      string // of the file, for the list of what was ingested where there is no URL
	FinalURL  string // after redirects; empty: as asked
	Redirects []Hop
	Status    int
	Header    http.Header
	Body      []byte // decoded of gzip and the like, as captured
	Origin    Origin
	Overrode  string // why robots.txt was overridden
	By        int64  // the member; 0 for the command line
	At        time.Time
}

// Result is the outcome of a delivery.
type Result struct {
	Outcome  Outcome
	Article  Article
	Revision Revision
	Proposed bool // terms of the outlet were read and wait for a person
}

// Ingest keeps a delivery: raw bytes first, then what is read from them. A page that cannot be read leaves nothing but
// an event, and the error says what to do. The same text again moves "last seen" only.
func (a *Archive) Ingest(ctx context.Context, d Delivery) (Result, error) {
	if d.FinalURL == "" {
		d.FinalURL = d.URL
	}
	if d.At.IsZero() {
		d.At = a.Now()
	}
	pending, digest, err := a.put(ctx, d.Body)
	if err != nil {
		return Result{Outcome: Failed}, fmt.Errorf("ingest: %w", err)
	}
	res, err := a.keep(ctx, d, pending, digest)
	if err != nil {
		err = errors.Join(err, a.discard(context.WithoutCancel(ctx), pending, digest))
		return Result{Outcome: Failed}, errors.Join(err, a.Fail(context.WithoutCancel(ctx), cmp.Or(d.URL, d.Name), d.By, err))
	}
	return res, nil
}

// Fail records that an address could not be fetched or read. Nothing else changes.
func (a *Archive) Fail(ctx context.Context, address string, by int64, cause error) error {
	row := eventRow{URL: shorten(address, 2000), Outcome: string(Failed), Fault: "fault.internal", ByMember: by, At: database.Micros(a.now())}
	if id, data, ok := fault.Message(cause); ok {
		row.Fault, row.Data = id, data
	}
	if key, err := Normalise(address); err == nil {
		if id, err := a.articleAt(ctx, key); err == nil {
			row.ArticleID = int64(id)
		}
	}
	return a.db.Transact(ctx, func(ctx context.Context) error { return a.db.In(ctx).Create(&row).Error })
}

func (a *Archive) keep(ctx context.Context, d Delivery, pending int64, digest database.Digest) (Result, error) {
	page := ingest.Page{URL: d.FinalURL, Header: d.Header, Body: d.Body}
	doc, err := ingest.Read(page)
	if err != nil {
		return Result{}, err
	}
	blocks := BlocksOf(doc)
	addresses, err := addressesOf(d, doc)
	if err != nil {
		return Result{}, err
	}
	var res Result
	err = a.db.Transact(ctx, func(ctx context.Context) error {
		source, err := a.sourceFor(ctx, addresses[0].url, doc)
		if err != nil {
			return err
		}
		res = Result{}
		art, known, err := a.known(ctx, addresses, source.ID, digestOf(blocks))
		if err != nil {
			return err
		}
		if known {
			return a.again(ctx, &res, art, d, doc, blocks, addresses, pending, digest)
		}
		capture, err := a.capture(ctx, d, pending, digest)
		if err != nil {
			return err
		}
		art = Article{
			Source: source.ID, URL: addresses[0].url, Language: doc.Language, Section: doc.Section,
			FirstSeen: d.At, LastSeen: d.At, By: d.By,
		}
		if err := a.addArticle(ctx, &art, doc.Title, addresses); err != nil {
			return err
		}
		res.Outcome = New
		return a.revise(ctx, &res, art, nil, capture, doc, blocks)
	})
	if err != nil {
		return Result{}, err
	}
	return res, a.propose(ctx, &res, page, doc)
}

// again is a delivery of an article that is kept already.
func (a *Archive) again(ctx context.Context, res *Result, art Article, d Delivery, doc ingest.Document, blocks []Block, addresses []address, pending int64, digest database.Digest) error {
	rev, err := a.Revision(ctx, art.Revision)
	if err != nil {
		return err
	}
	art.LastSeen = d.At
	if err := a.addAddresses(ctx, art.ID, addresses); err != nil {
		return err
	}
	if rev.Digest == digestOf(blocks) {
		res.Outcome, res.Article, res.Revision = Unchanged, art, rev
		if err := a.db.In(ctx).Model(&articleRow{}).Where("id = ?", int64(art.ID)).Update("last_seen", database.Micros(art.LastSeen)).Error; err != nil {
			return err
		}
		if err := a.event(ctx, res, d); err != nil {
			return err
		}
		// The bytes may differ where the article does not (a counter, an advertisement): nothing new to keep.
		return a.discard(ctx, pending, digest)
	}
	old, err := a.Blocks(ctx, rev.ID)
	if err != nil {
		return err
	}
	capture, err := a.capture(ctx, d, pending, digest)
	if err != nil {
		return err
	}
	res.Outcome, res.Revision = Revised, rev
	return a.revise(ctx, res, art, old, capture, doc, blocks)
}

// revise writes the next revision of an article and makes it the current one.
func (a *Archive) revise(ctx context.Context, res *Result, art Article, old []Block, c Capture, doc ingest.Document, blocks []Block) error {
	rev := Revision{
		Article: art.ID, Number: res.Revision.Number + 1, Capture: c.ID, Digest: digestOf(blocks), Title: doc.Title,
		Authors: doc.Authors, PublishedAt: doc.PublishedAt, ModifiedAt: doc.ModifiedAt, Section: doc.Section,
		Meta: Meta{
			Subscribers: doc.Subscribers,
			SiteName:    doc.SiteName, Tags: doc.Tags, Images: doc.Images, Alternates: doc.Alternates,
			Upstream: doc.Upstream, License: doc.License, InnerLinks: innerLinks(blocks),
		},
		CreatedAt: a.Now(),
	}
	rev.Characters, rev.Words = measure(doc.Text)
	assignKeys(old, blocks, rev.Number)
	row := newRevisionRow(rev)
	if err := a.db.In(ctx).Create(&row).Error; err != nil {
		return fmt.Errorf("write revision %d of article %d: %w", rev.Number, art.ID, err)
	}
	rev.ID = RevisionID(row.ID)
	rows := make([]blockRow, len(blocks))
	for i, b := range blocks {
		rows[i] = newBlockRow(rev.ID, i, b)
	}
	if err := a.db.In(ctx).CreateInBatches(rows, 50).Error; err != nil {
		return fmt.Errorf("write blocks of revision %d: %w", rev.ID, err)
	}
	art.Revision = rev.ID
	if rev.Section != "" {
		art.Section = rev.Section
	}
	update := newArticleRow(art)
	if err := a.db.In(ctx).Model(&articleRow{}).Where("id = ?", int64(art.ID)).
		Select("revision_id", "last_seen", "section").Updates(&update).Error; err != nil {
		return fmt.Errorf("move article %d to revision %d: %w", art.ID, rev.ID, err)
	}
	res.Article, res.Revision = art, rev
	if err := a.event(ctx, res, Delivery{URL: c.URL, By: c.By}); err != nil {
		return err
	}
	for _, fn := range a.revised {
		if err := fn(ctx, art.ID); err != nil {
			return err
		}
	}
	return nil
}

func (a *Archive) event(ctx context.Context, res *Result, d Delivery) error {
	row := eventRow{URL: shorten(cmp.Or(d.URL, d.Name), 2000), ArticleID: int64(res.Article.ID), Outcome: string(res.Outcome), ByMember: d.By, At: database.Micros(a.now())}
	return a.db.In(ctx).Create(&row).Error
}

func (a *Archive) capture(ctx context.Context, d Delivery, pending int64, digest database.Digest) (Capture, error) {
	c := Capture{
		URL: d.URL, FinalURL: d.FinalURL, Redirects: d.Redirects, Status: d.Status, Header: d.Header, Digest: digest,
		Size: int64(len(d.Body)), Origin: d.Origin, Overrode: d.Overrode, By: d.By, At: d.At,
	}
	c.MediaType, _, _ = mime.ParseMediaType(d.Header.Get("Content-Type"))
	row := newCaptureRow(c)
	if err := a.db.In(ctx).Create(&row).Error; err != nil {
		return Capture{}, fmt.Errorf("write capture: %w", err)
	}
	c.ID = CaptureID(row.ID)
	return c, a.db.In(ctx).Where("id = ?", pending).Delete(&pendingRow{}).Error
}

// KeepCapture keeps bytes that are evidence rather than an article, such as a terms page.
func (a *Archive) KeepCapture(ctx context.Context, d Delivery) (Capture, error) {
	if d.At.IsZero() {
		d.At = a.Now()
	}
	pending, digest, err := a.put(ctx, d.Body)
	if err != nil {
		return Capture{}, fmt.Errorf("keep a capture: %w", err)
	}
	var c Capture
	err = a.db.Transact(ctx, func(ctx context.Context) error {
		c, err = a.capture(ctx, d, pending, digest)
		return err
	})
	if err != nil {
		return Capture{}, errors.Join(fmt.Errorf("keep a capture: %w", err), a.discard(context.WithoutCancel(ctx), pending, digest))
	}
	return c, nil
}

// address is one address of an article with its key.
type address struct{ url, key string }

// addressesOf lists the addresses a delivery is known under, the one to show first. A canonical address counts only
// where it is on the page's own host: a page may not claim another outlet's article.
func addressesOf(d Delivery, doc ingest.Document) ([]address, error) {
	var out []address
	add := func(s string) {
		key, err := Normalise(s)
		if err != nil {
			return
		}
		for _, known := range out {
			if known.key == key {
				return
			}
		}
		out = append(out, address{s, key})
	}
	own, _ := url.Parse(d.FinalURL)
	if canonical, err := url.Parse(doc.CanonicalURL); err == nil && canonical.Host != "" {
		if own == nil || own.Host == "" || sameSite(own.Hostname(), canonical.Hostname()) {
			add(doc.CanonicalURL)
		}
	}
	add(d.FinalURL)
	add(d.URL)
	if len(out) == 0 && d.URL == "" {
		if home := homeOf(doc.SiteName); home != "" { // a file that names its site: known by what it says
			slug := Slug(doc.Title)
			out = append(out, address{home, bareHost(strings.TrimPrefix(home, "https://")) + "#" + slug})
		}
	}
	if len(out) == 0 {
		return nil, fault.New(ErrInvalid, "fault.ingest.address", nil)
	}
	return out, nil
}

// homeOf is the address of a site that is named by its host, such as "Caliber.az".
func homeOf(site string) string {
	host := strings.ToLower(strings.TrimSpace(site))
	if strings.Count(host, ".") == 0 || strings.ContainsAny(host, " /:@?#") {
		return ""
	}
	if u, err := url.Parse("https://" + host + "/"); err == nil && u.Hostname() == host {
		return u.String()
	}
	return ""
}

// sameSite says whether two hosts are one, but for a subdomain.
func sameSite(a, b string) bool {
	a, b = bareHost(a), bareHost(b)
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}

func (a *Archive) articleAt(ctx context.Context, key string) (ArticleID, error) {
	var row addressRow
	err := a.db.In(ctx).Where("address = ?", key).Take(&row).Error
	if database.IsNotFound(err) {
		return 0, fmt.Errorf("article at %s: %w", key, ErrNotFound)
	}
	return ArticleID(row.ArticleID), err
}

// ArticleAt finds the article kept under an address: ErrNotFound where none is.
func (a *Archive) ArticleAt(ctx context.Context, address string) (Article, error) {
	key, err := Normalise(address)
	if err != nil {
		return Article{}, err
	}
	id, err := a.articleAt(ctx, key)
	if err != nil {
		return Article{}, err
	}
	return a.Article(ctx, id)
}

// known finds the article a delivery belongs to: by one of its addresses, or, where the outlet has the very same text
// under another address, by its digest.
func (a *Archive) known(ctx context.Context, addresses []address, source SourceID, digest string) (Article, bool, error) {
	for _, ad := range addresses {
		id, err := a.articleAt(ctx, ad.key)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return Article{}, false, err
		}
		var row articleRow
		if err := a.db.Locked(ctx).Where("id = ?", int64(id)).Take(&row).Error; err != nil {
			return Article{}, false, fmt.Errorf("article %d: %w", id, err)
		}
		return row.article(), true, nil
	}
	var row articleRow
	err := a.db.In(ctx).Table("articles").Select("articles.*").Joins("JOIN revisions ON revisions.id = articles.revision_id").
		Where("revisions.digest = ? AND articles.source_id = ?", digest, int64(source)).Order("articles.id").Limit(1).Take(&row).Error
	if database.IsNotFound(err) {
		return Article{}, false, nil
	}
	if err != nil {
		return Article{}, false, fmt.Errorf("article by digest: %w", err)
	}
	return row.article(), true, nil
}

func (a *Archive) addArticle(ctx context.Context, art *Article, title string, addresses []address) error {
	row := newArticleRow(*art)
	row.Slug = fmt.Sprintf("new-%d-%s", a.now().UnixNano(), addresses[0].key) // until the number is known
	if err := a.db.In(ctx).Create(&row).Error; err != nil {
		return fmt.Errorf("write article: %w", err)
	}
	art.ID = ArticleID(row.ID)
	art.Slug = strings.TrimPrefix(Slug(title)+"-"+strconv.FormatInt(row.ID, 36), "-")
	if err := a.db.In(ctx).Model(&articleRow{}).Where("id = ?", row.ID).Update("slug", art.Slug).Error; err != nil {
		return fmt.Errorf("name article %d: %w", row.ID, err)
	}
	return a.addAddresses(ctx, art.ID, addresses)
}

func (a *Archive) addAddresses(ctx context.Context, id ArticleID, addresses []address) error {
	for _, ad := range addresses {
		known, err := a.articleAt(ctx, ad.key)
		switch {
		case err == nil && known == id:
		case err == nil: // an address that is another article's stays there
		case errors.Is(err, ErrNotFound):
			if err := a.db.In(ctx).Create(&addressRow{Address: ad.key, ArticleID: int64(id)}).Error; err != nil {
				return fmt.Errorf("write address of article %d: %w", id, err)
			}
		default:
			return err
		}
	}
	return nil
}

// sourceFor finds the outlet of an address, or starts one with what the page says of its site.
func (a *Archive) sourceFor(ctx context.Context, address string, doc ingest.Document) (Source, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return Source{}, fault.New(ErrInvalid, "fault.address", fault.Data{"URL": shorten(address, 200)})
	}
	s, err := a.SourceByHost(ctx, u.Host)
	if err == nil || !errors.Is(err, ErrNotFound) {
		return s, err
	}
	name := strings.TrimSpace(doc.SiteName)
	if name == "" {
		name = bareHost(u.Host)
	}
	return a.AddSource(ctx, Source{
		HomeURL: u.Scheme + "://" + u.Host + "/", Names: map[string]Name{"": {Name: shorten(name, 200)}}, Language: doc.Language,
	})
}

// measure counts a running text as limits do: code points with white space folded, and pieces with a letter or digit.
func measure(text string) (characters, words int) {
	for w := range strings.FieldsSeq(text) {
		characters += len([]rune(w)) + 1
		if strings.IndexFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			words++
		}
	}
	return max(0, characters-1), words
}

// innerLinks lists the addresses the text links to, each once.
func innerLinks(blocks []Block) []string {
	var out []string
	seen := make(map[string]bool)
	for _, b := range blocks {
		for _, href := range ingest.Links(b.HTML) {
			if !seen[href] {
				seen[href] = true
				out = append(out, href)
			}
		}
	}
	return out
}
