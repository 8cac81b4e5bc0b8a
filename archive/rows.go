package archive

import (
	"net/http"

	"colophon/archive/database"
	"colophon/archive/ingest"
	"colophon/archive/rights"
)

// The stored forms. Nothing outside this package can name them.

type sourceRow struct {
	ID           int64
	Slug         string
	Host         string
	HomeURL      string
	Names        map[string]Name `gorm:"serializer:json"`
	Language     string
	Jurisdiction string
	Contact      string
	CreatedAt    int64 `gorm:"autoCreateTime:false"`
	ReadAt       int64
	TriedAt      int64
}

// TableName implements gorm's Tabler.
func (sourceRow) TableName() string { return "sources" }

func newSourceRow(s Source) sourceRow {
	return sourceRow{
		ID: int64(s.ID), Slug: s.Slug, Host: s.Host, HomeURL: s.HomeURL, Names: s.Names, Language: s.Language,
		Jurisdiction: s.Jurisdiction, Contact: s.Contact, CreatedAt: database.Micros(s.CreatedAt),
		ReadAt: database.Micros(s.ReadAt), TriedAt: database.Micros(s.TriedAt),
	}
}

func (r sourceRow) source() Source {
	return Source{
		ID: SourceID(r.ID), Slug: r.Slug, Host: r.Host, HomeURL: r.HomeURL, Names: r.Names, Language: r.Language,
		Jurisdiction: r.Jurisdiction, Contact: r.Contact, CreatedAt: database.Time(r.CreatedAt),
		ReadAt: database.Time(r.ReadAt), TriedAt: database.Time(r.TriedAt),
	}
}

type captureRow struct {
	ID        int64
	URL       string
	FinalURL  string
	Redirects []Hop `gorm:"serializer:json"`
	Status    int
	Header    http.Header `gorm:"serializer:json"`
	Digest    string
	Size      int64
	MediaType string
	Origin    string
	Overrode  string
	ByMember  int64
	At        int64
}

// TableName implements gorm's Tabler.
func (captureRow) TableName() string { return "captures" }

func newCaptureRow(c Capture) captureRow {
	return captureRow{
		ID: int64(c.ID), URL: c.URL, FinalURL: c.FinalURL, Redirects: c.Redirects, Status: c.Status, Header: c.Header,
		Digest: string(c.Digest), Size: c.Size, MediaType: c.MediaType, Origin: string(c.Origin), Overrode: c.Overrode,
		ByMember: c.By, At: database.Micros(c.At),
	}
}

func (r captureRow) capture() Capture {
	return Capture{
		ID: CaptureID(r.ID), URL: r.URL, FinalURL: r.FinalURL, Redirects: r.Redirects, Status: r.Status, Header: r.Header,
		Digest: database.Digest(r.Digest), Size: r.Size, MediaType: r.MediaType, Origin: Origin(r.Origin),
		Overrode: r.Overrode, By: r.ByMember, At: database.Time(r.At),
	}
}

type termsRow struct {
	ID          int64
	SourceID    int64
	Version     int
	Statement   string
	Language    string
	Stands      string
	PageURL     string
	CaptureID   int64
	Clauses     []rights.Clause `gorm:"serializer:json"`
	ProposedAt  int64
	ProposedBy  int64
	ConfirmedAt int64
	ConfirmedBy int64
	Note        string
	Evidence    []Evidence `gorm:"serializer:json"`
	Changed     int
	DroppedAt   int64
	DroppedBy   int64
}

// TableName implements gorm's Tabler.
func (termsRow) TableName() string { return "terms" }

func newTermsRow(t Terms) termsRow {
	return termsRow{
		ID: int64(t.ID), SourceID: int64(t.Source), Version: t.Version, Statement: t.Statement, Language: t.Language,
		Stands: t.Where, PageURL: t.PageURL, CaptureID: int64(t.Capture), Clauses: t.Clauses,
		ProposedAt: database.Micros(t.ProposedAt), ProposedBy: t.ProposedBy,
		ConfirmedAt: database.Micros(t.ConfirmedAt), ConfirmedBy: t.ConfirmedBy, Note: t.Note, Evidence: t.Evidence,
		Changed: map[bool]int{true: 1}[t.Changed], DroppedAt: database.Micros(t.DroppedAt), DroppedBy: t.DroppedBy,
	}
}

func (r termsRow) terms() Terms {
	t := Terms{
		ID: TermsID(r.ID), Source: SourceID(r.SourceID), Version: r.Version, Statement: r.Statement, Language: r.Language,
		Where: r.Stands, PageURL: r.PageURL, Capture: CaptureID(r.CaptureID), Clauses: r.Clauses,
		ProposedAt: database.Time(r.ProposedAt), ProposedBy: r.ProposedBy,
		ConfirmedAt: database.Time(r.ConfirmedAt), ConfirmedBy: r.ConfirmedBy, Note: r.Note, Evidence: r.Evidence,
		Changed: r.Changed != 0, DroppedAt: database.Time(r.DroppedAt), DroppedBy: r.DroppedBy,
	}
	if len(t.Evidence) == 0 { // kept when a version had one statement
		t.Evidence = []Evidence{t.single()}
	}
	return t
}

type articleRow struct {
	ID         int64
	SourceID   int64
	Slug       string
	URL        string
	Language   string
	Section    string
	RevisionID int64
	FirstSeen  int64
	LastSeen   int64
	CreatedBy  int64
}

// TableName implements gorm's Tabler.
func (articleRow) TableName() string { return "articles" }

func newArticleRow(a Article) articleRow {
	return articleRow{
		ID: int64(a.ID), SourceID: int64(a.Source), Slug: a.Slug, URL: a.URL, Language: a.Language, Section: a.Section,
		RevisionID: int64(a.Revision), FirstSeen: database.Micros(a.FirstSeen), LastSeen: database.Micros(a.LastSeen), CreatedBy: a.By,
	}
}

func (r articleRow) article() Article {
	return Article{
		ID: ArticleID(r.ID), Source: SourceID(r.SourceID), Slug: r.Slug, URL: r.URL, Language: r.Language, Section: r.Section,
		Revision: RevisionID(r.RevisionID), FirstSeen: database.Time(r.FirstSeen), LastSeen: database.Time(r.LastSeen), By: r.CreatedBy,
	}
}

type addressRow struct {
	Address   string `gorm:"primaryKey"`
	ArticleID int64
}

// TableName implements gorm's Tabler.
func (addressRow) TableName() string { return "article_addresses" }

type revisionRow struct {
	ID          int64
	ArticleID   int64
	Number      int
	CaptureID   int64
	Digest      string
	Title       string
	Authors     []string `gorm:"serializer:json"`
	PublishedAt string
	ModifiedAt  string
	Section     string
	Meta        Meta `gorm:"serializer:json"`
	Characters  int
	Words       int
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
}

// TableName implements gorm's Tabler.
func (revisionRow) TableName() string { return "revisions" }

func newRevisionRow(r Revision) revisionRow {
	return revisionRow{
		ID: int64(r.ID), ArticleID: int64(r.Article), Number: r.Number, CaptureID: int64(r.Capture), Digest: r.Digest,
		Title: r.Title, Authors: r.Authors, PublishedAt: r.PublishedAt, ModifiedAt: r.ModifiedAt, Section: r.Section,
		Meta: r.Meta, Characters: r.Characters, Words: r.Words, CreatedAt: database.Micros(r.CreatedAt),
	}
}

func (r revisionRow) revision() Revision {
	return Revision{
		ID: RevisionID(r.ID), Article: ArticleID(r.ArticleID), Number: r.Number, Capture: CaptureID(r.CaptureID), Digest: r.Digest,
		Title: r.Title, Authors: r.Authors, PublishedAt: r.PublishedAt, ModifiedAt: r.ModifiedAt, Section: r.Section,
		Meta: r.Meta, Characters: r.Characters, Words: r.Words, CreatedAt: database.Time(r.CreatedAt),
	}
}

type blockRow struct {
	ID         int64
	RevisionID int64
	Position   int
	BlockKey   string
	Kind       string
	Level      int
	HTML       string
	Text       string
	Figure     *Figure `gorm:"serializer:json"`
	Hash       string
}

// TableName implements gorm's Tabler.
func (blockRow) TableName() string { return "blocks" }

func newBlockRow(id RevisionID, position int, b Block) blockRow {
	return blockRow{
		RevisionID: int64(id), Position: position, BlockKey: string(b.Key), Kind: string(b.Kind), Level: b.Level,
		HTML: b.HTML, Text: b.Text, Figure: b.Figure, Hash: b.Hash,
	}
}

func (r blockRow) block() Block {
	return Block{Key: BlockKey(r.BlockKey), Kind: ingest.Kind(r.Kind), Level: r.Level, HTML: r.HTML, Text: r.Text, Figure: r.Figure, Hash: r.Hash}
}

type eventRow struct {
	ID        int64
	URL       string
	ArticleID int64
	Outcome   string
	Fault     string
	Data      map[string]any `gorm:"serializer:json"`
	ByMember  int64
	At        int64
}

// TableName implements gorm's Tabler.
func (eventRow) TableName() string { return "ingest_events" }

func (r eventRow) event() Event {
	return Event{
		ID: r.ID, URL: r.URL, Article: ArticleID(r.ArticleID), Outcome: Outcome(r.Outcome), Fault: r.Fault, Data: r.Data,
		By: r.ByMember, At: database.Time(r.At),
	}
}

type assetRow struct {
	ID        int64
	ArticleID int64
	URL       string
	Digest    string
	MediaType string
	Size      int64
	At        int64
}

// TableName implements gorm's Tabler.
func (assetRow) TableName() string { return "assets" }

func (r assetRow) asset() Asset {
	return Asset{URL: r.URL, Digest: database.Digest(r.Digest), MediaType: r.MediaType, Size: r.Size}
}

type pendingRow struct {
	ID     int64
	Digest string
	At     int64
}

// TableName implements gorm's Tabler.
func (pendingRow) TableName() string { return "pending_blobs" }

type jobRow struct {
	Name      string `gorm:"primaryKey"`
	Holder    string
	HeldUntil int64
	DueAt     int64
	StartedAt int64
	EndedAt   int64
	Failure   string
}

// TableName implements gorm's Tabler.
func (jobRow) TableName() string { return "jobs" }
