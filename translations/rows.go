package translations

import (
	"encoding/json"
	"strings"

	"gorm.io/gorm"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/translations/workflow"
)

// The stored forms. Nothing outside this package can name them.

type gormDB = gorm.DB

type memberRow struct {
	ID         int64
	Name       string
	Email      string
	Password   string
	Language   string
	PlainField bool
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	DisabledAt int64
}

// TableName implements gorm's Tabler.
func (memberRow) TableName() string { return "members" }

type roleRow struct {
	MemberID int64  `gorm:"primaryKey"`
	Role     string `gorm:"primaryKey"`
	Language string `gorm:"primaryKey"`
}

// TableName implements gorm's Tabler.
func (roleRow) TableName() string { return "member_roles" }

type sessionRow struct {
	ID        int64
	TokenHash string
	MemberID  int64
	Device    string
	Address   string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	SeenAt    int64
	ExpiresAt int64
}

// TableName implements gorm's Tabler.
func (sessionRow) TableName() string { return "sessions" }

func (r sessionRow) session() Session {
	return Session{
		ID: SessionID(r.ID), Member: MemberID(r.MemberID), Device: r.Device, Address: r.Address,
		CreatedAt: database.Time(r.CreatedAt), SeenAt: database.Time(r.SeenAt), ExpiresAt: database.Time(r.ExpiresAt),
	}
}

type loginRow struct {
	ID  int64
	Who string
	At  int64
}

// TableName implements gorm's Tabler.
func (loginRow) TableName() string { return "login_failures" }

type versionRow struct {
	ID         int64
	ArticleID  int64
	Language   string
	RevisionID int64
	State      string
	Standing   string
	Stale      bool
	TargetHash string
	AssigneeID int64
	Priority   int
	DueAt      int64
	Done       int
	Total      int
	Held       bool
	Words      string
	CreatedBy  int64
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	UpdatedAt  int64 `gorm:"autoUpdateTime:false"`
}

// TableName implements gorm's Tabler.
func (versionRow) TableName() string { return "versions" }

func (r versionRow) version() Version {
	return Version{
		ID: VersionID(r.ID), Article: archive.ArticleID(r.ArticleID), Language: r.Language, Revision: archive.RevisionID(r.RevisionID),
		State: workflow.State(r.State), Standing: workflow.Standing(r.Standing), Stale: r.Stale, TargetHash: r.TargetHash,
		Assignee: MemberID(r.AssigneeID), Priority: Priority(r.Priority), DueAt: database.Time(r.DueAt), Done: r.Done, Total: r.Total,
		Held: r.Held, By: MemberID(r.CreatedBy), CreatedAt: database.Time(r.CreatedAt), UpdatedAt: database.Time(r.UpdatedAt),
	}
}

type wordRow struct {
	Word      string `gorm:"primaryKey"`
	VersionID int64  `gorm:"primaryKey;autoIncrement:false"`
}

// TableName implements gorm's Tabler.
func (wordRow) TableName() string { return "version_words" }

type targetRow struct {
	ID         int64
	VersionID  int64
	BlockKey   string
	Number     int
	Text       string
	Status     string
	SourceHash string
	SourceText string
	AuthorID   int64
	UpdatedAt  int64 `gorm:"autoUpdateTime:false"`
}

// TableName implements gorm's Tabler.
func (targetRow) TableName() string { return "targets" }

func newTargetRow(id VersionID, t Target) targetRow {
	return targetRow{
		VersionID: int64(id), BlockKey: string(t.Block), Number: t.Number, Text: t.Text, Status: string(t.Status),
		SourceHash: t.SourceHash, SourceText: t.SourceText, AuthorID: int64(t.Author), UpdatedAt: database.Micros(t.UpdatedAt),
	}
}

func (r targetRow) target() Target {
	return Target{
		Block: archive.BlockKey(r.BlockKey), Number: r.Number, Text: r.Text, Status: TargetStatus(r.Status),
		SourceHash: r.SourceHash, SourceText: r.SourceText, Author: MemberID(r.AuthorID), UpdatedAt: database.Time(r.UpdatedAt),
	}
}

type pastRow struct {
	ID         int64
	VersionID  int64
	BlockKey   string
	Number     int
	Text       string
	Status     string
	SourceHash string
	Origin     string
	AuthorID   int64
	At         int64
}

// TableName implements gorm's Tabler.
func (pastRow) TableName() string { return "target_history" }

type commentRow struct {
	ID         int64
	VersionID  int64
	BlockKey   string
	Side       string
	StartAt    int
	EndAt      int
	Quote      string
	Text       string
	AuthorID   int64
	At         int64
	ResolvedAt int64
	ResolvedBy int64
}

// TableName implements gorm's Tabler.
func (commentRow) TableName() string { return "comments" }

func newCommentRow(c Comment) commentRow {
	return commentRow{
		VersionID: int64(c.Version), BlockKey: string(c.Block), Side: c.Side, StartAt: c.Start, EndAt: c.End, Quote: c.Quote,
		Text: c.Text, AuthorID: int64(c.Author), At: database.Micros(c.At),
	}
}

func (r commentRow) comment() Comment {
	return Comment{
		ID: r.ID, Version: VersionID(r.VersionID), Block: archive.BlockKey(r.BlockKey), Side: r.Side, Start: r.StartAt, End: r.EndAt,
		Quote: r.Quote, Text: r.Text, Author: MemberID(r.AuthorID), At: database.Time(r.At),
		ResolvedAt: database.Time(r.ResolvedAt), ResolvedBy: MemberID(r.ResolvedBy),
	}
}

type reviewRow struct {
	ID         int64
	VersionID  int64
	Verdict    string
	Comment    string
	SourceHash string
	TargetHash string
	Text       map[archive.BlockKey]string `gorm:"serializer:json"`
	MemberID   int64
	At         int64
}

// TableName implements gorm's Tabler.
func (reviewRow) TableName() string { return "reviews" }

type approvalRow struct {
	ID         int64
	VersionID  int64
	RevisionID int64
	SourceHash string
	TargetHash string
	Waiver     string
	Cosmetic   string
	Answers    map[string]string `gorm:"serializer:json"`
	MemberID   int64
	At         int64
}

// TableName implements gorm's Tabler.
func (approvalRow) TableName() string { return "approvals" }

func (r approvalRow) approval() Approval {
	return Approval{
		ID: r.ID, Version: VersionID(r.VersionID), Revision: archive.RevisionID(r.RevisionID), SourceHash: r.SourceHash,
		TargetHash: r.TargetHash, Waiver: r.Waiver, Cosmetic: r.Cosmetic, Answers: r.Answers, By: MemberID(r.MemberID), At: database.Time(r.At),
	}
}

type publicationRow struct {
	ID         int64
	VersionID  int64
	ArticleID  int64
	RevisionID int64
	ApprovalID int64
	TermsID    *int64 // nil: an agreement stood in the place of terms
	Language   string
	SourceHash string
	TargetHash string
	Content    Content                `gorm:"serializer:json"`
	Findings   []rights.Finding       `gorm:"serializer:json"`
	Reasons    map[rights.Kind]string `gorm:"serializer:json"`
	MemberID   int64
	At         int64
}

// TableName implements gorm's Tabler.
func (publicationRow) TableName() string { return "publications" }

func newPublicationRow(p Publication) publicationRow {
	row := publicationRow{
		VersionID: int64(p.Version), ArticleID: int64(p.Article), RevisionID: int64(p.Revision), ApprovalID: p.Approval,
		Language: p.Language, SourceHash: p.SourceHash, TargetHash: p.TargetHash, Content: p.Content,
		Findings: p.Findings, Reasons: p.Reasons, MemberID: int64(p.By), At: database.Micros(p.At),
	}
	if p.Terms != 0 {
		id := int64(p.Terms)
		row.TermsID = &id
	}
	return row
}

func (r publicationRow) publication() Publication {
	p := Publication{
		ID: PublicationID(r.ID), Version: VersionID(r.VersionID), Article: archive.ArticleID(r.ArticleID),
		Revision: archive.RevisionID(r.RevisionID), Approval: r.ApprovalID, Language: r.Language,
		SourceHash: r.SourceHash, TargetHash: r.TargetHash, Content: r.Content, Findings: r.Findings, Reasons: r.Reasons,
		By: MemberID(r.MemberID), At: database.Time(r.At), FirstAt: database.Time(r.At),
	}
	if r.TermsID != nil {
		p.Terms = archive.TermsID(*r.TermsID)
	}
	return p
}

type shelfRow struct {
	ArticleID     int64  `gorm:"primaryKey;autoIncrement:false"`
	Language      string `gorm:"primaryKey"`
	PublicationID int64
	VersionID     int64
	SourceID      int64
	Slug          string
	Section       string
	Card          Card `gorm:"serializer:json"`
	FirstAt       int64
	At            int64
	ShownFrom     int64 `gorm:"primaryKey;autoIncrement:false"`
	ShownUntil    int64
}

// TableName implements gorm's Tabler.
func (shelfRow) TableName() string { return "shelf" }

func newShelfRow(p Publication, s archive.Source) shelfRow {
	c := Card{
		Title: p.Content.Title, Dek: p.Content.Dek, SourceName: s.NameIn(p.Language).Name, SourceLang: p.Content.SourceLanguage,
		Author: strings.Join(p.Content.Authors, ", "), Published: p.Content.PublishedAt, Words: p.Content.Words,
	}
	for _, b := range p.Content.Blocks {
		if b.Kind == ingest.Figure && b.Asset != "" && c.Image == "" {
			c.Image, c.ImageAlt = b.Asset, b.Figure.Alt
		}
		if b.Kind == ingest.Paragraph && c.Opening == "" {
			c.Opening = shorten(ingest.PlainText(b.HTML), 600)
		}
	}
	return shelfRow{
		ArticleID: int64(p.Article), Language: p.Language, PublicationID: int64(p.ID), VersionID: int64(p.Version), SourceID: int64(s.ID),
		Slug: p.Slug, Section: p.Content.Section, Card: c, FirstAt: database.Micros(p.FirstAt), At: database.Micros(p.Content.Release.begins(p.At)),
		ShownFrom: database.Micros(p.Content.Release.begins(p.At)), ShownUntil: p.Content.Release.ends(),
	}
}

func (r shelfRow) item() Item {
	out := Item{
		Card: r.Card, Article: archive.ArticleID(r.ArticleID), Publication: PublicationID(r.PublicationID), Source: archive.SourceID(r.SourceID),
		Language: r.Language, Slug: r.Slug, Section: r.Section, FirstAt: database.Time(r.FirstAt), At: database.Time(r.At),
		ShownFrom: database.Time(r.ShownFrom),
	}
	if r.ShownUntil != forever {
		out.ShownUntil = database.Time(r.ShownUntil)
	}
	return out
}

type searchRow struct {
	ID            int64
	ArticleID     int64
	Language      string
	PublicationID int64
	SourceID      int64
	Section       string
	ShownFrom     int64
	ShownUntil    int64
}

// TableName implements gorm's Tabler.
func (searchRow) TableName() string { return "search_pages" }

type sectionRow struct {
	ID       int64
	Slug     string
	Names    map[string]string `gorm:"serializer:json"`
	Position int
}

// TableName implements gorm's Tabler.
func (sectionRow) TableName() string { return "sections" }

type aliasRow struct {
	Alias     string `gorm:"primaryKey"`
	SectionID int64
}

// TableName implements gorm's Tabler.
func (aliasRow) TableName() string { return "section_aliases" }

type withdrawalRow struct {
	ID            int64
	PublicationID int64
	ArticleID     int64
	Language      string
	Reason        string
	MemberID      int64
	At            int64
	TakedownID    int64
}

// TableName implements gorm's Tabler.
func (withdrawalRow) TableName() string { return "withdrawals" }

type viewRow struct {
	ArticleID int64  `gorm:"primaryKey;autoIncrement:false"`
	Language  string `gorm:"primaryKey"`
	Count     int64
}

// TableName implements gorm's Tabler.
func (viewRow) TableName() string { return "views" }

type historyRow struct {
	ID        int64
	Subject   string
	SubjectID int64
	Event     string
	Data      map[string]string `gorm:"serializer:json"`
	MemberID  int64
	At        int64
}

// TableName implements gorm's Tabler.
func (historyRow) TableName() string { return "history" }

type settingRow struct {
	Name  string `gorm:"primaryKey"`
	Value string
}

// TableName implements gorm's Tabler.
func (settingRow) TableName() string { return "settings" }

// affectedRow is what AffectedBy reads; it is no table.
type affectedRow struct {
	VersionID int64
	ArticleID int64
	Language  string
	Title     string
	Slug      string
	Terms     int
	Card      string
	At        int64
}

func (r affectedRow) affected() Affected {
	a := Affected{
		Version: VersionID(r.VersionID), Article: archive.ArticleID(r.ArticleID), Language: r.Language, Title: r.Title,
		Slug: r.Slug, Terms: r.Terms, At: database.Time(r.At),
	}
	var card Card
	if json.Unmarshal([]byte(r.Card), &card) == nil && card.Title != "" {
		a.Title = card.Title
	}
	return a
}
