package translations

import (
	"colophon/archive"
	"colophon/archive/database"
)

type republicationRow struct {
	ID        int64
	URL       string
	Address   string
	Host      string
	ArticleID int64
	Language  string
	Origin    string
	State     string
	Title     string
	Failures  int
	AddedBy   int64
	AddedAt   int64
	CheckedAt int64
	NextAt    int64
	RetiredAt int64
}

// TableName implements gorm's Tabler.
func (republicationRow) TableName() string { return "republications" }

func (r republicationRow) republication() Republication {
	return Republication{
		ID: RepublicationID(r.ID), URL: r.URL, Host: r.Host, Of: Viewed{archive.ArticleID(r.ArticleID), r.Language}, Origin: r.Origin,
		State: RepublicationState(r.State), Title: r.Title, Failures: r.Failures, By: MemberID(r.AddedBy), At: database.Time(r.AddedAt),
		Checked: database.Time(r.CheckedAt), Next: database.Time(r.NextAt), Retired: database.Time(r.RetiredAt),
	}
}

type republicationCheckRow struct {
	ID              int64
	RepublicationID int64
	At              int64
	Outcome         string
	CaptureID       int64
	Unmet           string
	Fault           string
	Data            map[string]any `gorm:"serializer:json"`
}

// TableName implements gorm's Tabler.
func (republicationCheckRow) TableName() string { return "republication_checks" }

type leadRow struct {
	Day       int    `gorm:"primaryKey;autoIncrement:false"`
	Kind      string `gorm:"primaryKey"`
	Host      string `gorm:"primaryKey"`
	Path      string `gorm:"primaryKey"`
	ArticleID int64  `gorm:"primaryKey;autoIncrement:false"`
	Language  string `gorm:"primaryKey"`
	Count     int64
}

// TableName implements gorm's Tabler.
func (leadRow) TableName() string { return "republication_leads" }

func (r leadRow) lead() Lead {
	return Lead{Kind: r.Kind, Host: r.Host, Path: r.Path, Of: Viewed{archive.ArticleID(r.ArticleID), r.Language}}
}

type republicationHostRow struct {
	Host     string `gorm:"primaryKey"`
	Rule     string
	ByMember int64
	At       int64
}

// TableName implements gorm's Tabler.
func (republicationHostRow) TableName() string { return "republication_hosts" }
