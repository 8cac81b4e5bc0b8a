package translations

import (
	"context"
	"errors"
	"fmt"
	"html"
	"reflect"
	"slices"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/archive/ingest"
	"colophon/archive/rights"
	"colophon/translations/inline"
	"colophon/translations/workflow"
)

// PublicationID identifies a Publication.
type PublicationID int64

// Publication is an approved version as readers see it: an immutable copy of everything the page shows about the text.
type Publication struct {
	ID         PublicationID // 0: not out yet
	Version    VersionID
	Article    archive.ArticleID
	Revision   archive.RevisionID
	Approval   int64
	Terms      archive.TermsID
	Language   string
	Slug       string
	SourceHash string
	TargetHash string
	Content    Content
	Findings   []rights.Finding
	Reasons    map[rights.Kind]string // why an unmet should, or what no machine decides, was passed
	By         MemberID
	At         time.Time
	FirstAt    time.Time // of the article in this language
	Budgets    []Budget  // of a candidate: how much of each limit its text uses; not kept
}

// IsOriginal says whether the page shows the article in the language it was written in.
func (p Publication) IsOriginal() bool { return p.Language == p.Content.SourceLanguage }

// Content is what a page of an article is made of.
type Content struct {
	Title  string         `json:"title"`
	Dek    string         `json:"dek,omitempty"`
	Blocks []ContentBlock `json:"blocks"` // of the body, title and dek not among them

	Section        string   `json:"section,omitempty"` // slug
	Authors        []string `json:"authors,omitempty"`
	PublishedAt    string   `json:"published_at,omitempty"` // by the outlet, its own precision
	ModifiedAt     string   `json:"modified_at,omitempty"`
	SourceLanguage string   `json:"source_language"`
	OriginalTitle  string   `json:"original_title"`
	OriginalURL    string   `json:"original_url"`

	SourceID      archive.SourceID        `json:"source_id"`
	SourceNames   map[string]archive.Name `json:"source_names"`
	SourceHome    string                  `json:"source_home"`
	Statement     string                  `json:"statement,omitempty"` // of the terms in force
	StatementLang string                  `json:"statement_lang,omitempty"`
	TermsVersion  int                     `json:"terms_version,omitempty"`
	TermsURL      string                  `json:"terms_url,omitempty"`
	Agreement     archive.AgreementID     `json:"agreement,omitempty"` // stands in the place of terms nobody has confirmed
	Clauses       []rights.Clause         `json:"clauses,omitempty"`
	Support       []rights.Support        `json:"support,omitempty"` // of each clause: what it rests on
	Facts         rights.Facts            `json:"facts"`

	Translators    []string  `json:"translators,omitempty"`
	Approver       string    `json:"approver,omitempty"`
	RevisionNumber int       `json:"revision_number"`
	CapturedAt     time.Time `json:"captured_at"`
	CaptureDigest  string    `json:"capture_digest,omitempty"`
	Words          int       `json:"words"`

	Release Release `json:"release,omitzero"`  // when readers see it
	Excerpt bool    `json:"excerpt,omitempty"` // the terms allow no more of the text than this
}

// ContentBlock is a block of the body with its inline HTML, safe as the archive's sanitiser and package inline make it.
type ContentBlock struct {
	Key    archive.BlockKey `json:"key"`
	Kind   ingest.Kind      `json:"kind"`
	Level  int              `json:"level,omitempty"`
	HTML   string           `json:"html"`
	Figure *archive.Figure  `json:"figure,omitempty"`
	// AltLanguage is the language the picture's description was carried into; empty: it is the source's.
	AltLanguage string          `json:"alt_language,omitempty"`
	Asset       database.Digest `json:"asset,omitempty"` // of the figure's picture, where we keep it
}

// GateError says that a page would break the terms it is republished under: every unmet clause at once.
type GateError struct {
	Terms    archive.Terms
	Findings []Finding
}

// Error implements error.
func (e *GateError) Error() string {
	var b strings.Builder
	b.WriteString("the gate refuses:")
	for _, f := range e.Refusing() {
		fmt.Fprintf(&b, " %s %s (%s)", f.Kind, f.Status, f.Why)
		if f.Output != "" {
			fmt.Fprintf(&b, " in %s", f.Output)
		}
	}
	return b.String()
}

// Unwrap gives the kind and the message.
func (e *GateError) Unwrap() error {
	return fault.New(archive.ErrConflict, "fault.gate.unmet", fault.Data{"Count": len(e.Refusing())})
}

// Refusing lists the findings that refuse.
func (e *GateError) Refusing() []Finding {
	return slices.DeleteFunc(slices.Clone(e.Findings), func(f Finding) bool { return f.Passes() })
}

// kinds are the kinds of what refuses, for the history.
func (e *GateError) kinds() string {
	var out []string
	for _, f := range e.Refusing() {
		out = append(out, string(f.Kind))
	}
	return strings.Join(out, " ")
}

// Finding is what the gate found for one clause, with the clause it rests on and what the editor answered.
type Finding struct {
	rights.Finding
	Clause  rights.Clause
	Support rights.Support
	Reason  string     // the editor's, where one is asked for
	Output  OutputName // where it was found; empty: on the page
}

// Key is where the editor's reason is kept.
func (f Finding) Key() rights.Kind { return f.Clause.Key() }

// Passes says whether publication may go on with this finding: met, or liked only, or answered for by an editor where
// the clause leaves room: an unmet should, or a must that no machine decides.
func (f Finding) Passes() bool {
	switch {
	case f.Status == rights.Met || f.Clause.Strength == rights.Liked:
		return true
	case f.Status == rights.Unmet && f.Clause.Strength == rights.Should, f.Status == rights.Undecidable:
		return f.Reason != ""
	}
	return false
}

// AsksReason says whether an editor's reason would let the finding pass.
func (f Finding) AsksReason() bool {
	return f.Status == rights.Undecidable && f.Clause.Strength != rights.Liked || f.Status == rights.Unmet && f.Clause.Strength == rights.Should
}

// Gate renders a version as it would be published and checks the served page against what is in force. Reasons are by the
// key of their clause. It changes nothing. An outlet without confirmed terms, and without an agreement that gives this use, is
// ErrForbidden, and so is one whose words changed since.
func (d *Desk) Gate(ctx context.Context, id VersionID, reasons map[rights.Kind]string, r Renderer) (Publication, []Finding, error) {
	p, findings, _, err := d.gate(ctx, id, reasons, r)
	return p, findings, err
}

func (d *Desk) gate(ctx context.Context, id VersionID, reasons map[rights.Kind]string, r Renderer) (Publication, []Finding, archive.Force, error) {
	refuse := func(err error) (Publication, []Finding, archive.Force, error) {
		return Publication{}, nil, archive.Force{}, err
	}
	w, err := d.Work(ctx, id)
	if err != nil {
		return refuse(err)
	}
	force, err := d.inForce(ctx, w)
	if err != nil {
		return refuse(err)
	}
	if !force.IsConfirmed() {
		return refuse(unfounded(force.Short, w))
	}
	if err := d.unchanged(ctx, w.Source, w.Version.Language); err != nil {
		return refuse(err)
	}
	p, err := d.candidate(ctx, w, force)
	if err != nil {
		return refuse(err)
	}
	findings, err := d.judge(ctx, &p, reasons, r)
	if err != nil {
		return refuse(err)
	}
	return p, findings, force, nil
}

// judge renders a publication with everything that goes out beside it, checks it against its clauses, and keeps its
// findings and the reasons that were asked for with it.
func (d *Desk) judge(ctx context.Context, p *Publication, reasons map[rights.Kind]string, r Renderer) ([]Finding, error) {
	page, err := r.Render(ctx, *p)
	if err != nil {
		return nil, fmt.Errorf("render version %d for the gate: %w", p.Version, err)
	}
	p.Findings = rights.Verify(page, p.Content.Facts, p.Content.Clauses)
	p.judgeTime(p.Findings, d.now())
	if err := d.judgeLink(ctx, *p); err != nil {
		return nil, err
	}
	p.Reasons = make(map[rights.Kind]string)
	findings := make([]Finding, len(p.Findings))
	for i, f := range p.Findings {
		findings[i] = Finding{Finding: f, Clause: p.Content.Clauses[i], Support: p.Content.Support[i]}
		key := findings[i].Key()
		findings[i].Reason = reasons[key]
		if findings[i].AsksReason() && reasons[key] != "" {
			p.Reasons[key] = reasons[key]
		}
	}
	outputs, err := r.Outputs(ctx, *p)
	if err != nil {
		return nil, fmt.Errorf("render version %d for the gate: %w", p.Version, err)
	}
	for _, f := range judgeOutputs(*p, findings, outputs) {
		f.Reason = reasons[f.Key()]
		if f.AsksReason() && f.Reason != "" {
			p.Reasons[f.Key()] = f.Reason
		}
		findings = append(findings, f)
	}
	return findings, nil
}

// unfounded says that nothing gives leave for the page of a version: nobody has confirmed the outlet's terms, and of its
// agreements the nearest lacks something.
func unfounded(short archive.Shortfall, w Work) error {
	data := fault.Data{"Source": w.Source.NameIn(w.Version.Language).Name}
	if short.Agreement.ID == 0 {
		return fault.New(archive.ErrForbidden, "fault.gate.unconfirmed", data)
	}
	data["Title"] = short.Agreement.Title
	return fault.New(archive.ErrForbidden, "fault.gate.agreement."+string(short.Lack), data)
}

// inForce is what the outlet may ask of the page of a version today.
func (d *Desk) inForce(ctx context.Context, w Work) (archive.Force, error) {
	return d.archive.InForce(ctx, w.Source.ID, archive.Use{
		Article: w.Article.ID, Language: w.Version.Language, Translation: !w.IsOriginal, At: d.now(),
	})
}

// Preview is a version as it would be published now, drafts included, without the gate: for looking at.
func (d *Desk) Preview(ctx context.Context, id VersionID) (Publication, error) {
	w, err := d.Work(ctx, id)
	if err != nil {
		return Publication{}, err
	}
	force, err := d.inForce(ctx, w)
	if err != nil {
		return Publication{}, err
	}
	return d.candidate(ctx, w, force)
}

// PreviewWith is Preview with texts that are not saved yet, by block.
func (d *Desk) PreviewWith(ctx context.Context, id VersionID, unsaved map[archive.BlockKey]string) (Publication, error) {
	w, err := d.Work(ctx, id)
	if err != nil {
		return Publication{}, err
	}
	for i, u := range w.Units {
		if text, ok := unsaved[u.Block.Key]; ok && !w.IsOriginal {
			if text, err = cleanTarget(text); err != nil {
				return Publication{}, err
			}
			w.Units[i].Target.Text = text
		}
	}
	force, err := d.inForce(ctx, w)
	if err != nil {
		return Publication{}, err
	}
	return d.candidate(ctx, w, force)
}

// Publish puts an approved version before readers, if the gate lets it. A *GateError holds everything it found.
func (d *Desk) Publish(ctx context.Context, id VersionID, reasons map[rights.Kind]string, by Member, r Renderer) (Publication, error) {
	v, err := d.Version(ctx, id)
	if err != nil {
		return Publication{}, err
	}
	if !by.RoleIn(v.Language).AtLeast(workflow.Editor) {
		return Publication{}, fault.New(archive.ErrForbidden, "fault.role.editor", nil)
	}
	p, findings, force, err := d.gate(ctx, id, reasons, r)
	if err != nil {
		return Publication{}, fmt.Errorf("publish version %d: %w", id, err)
	}
	terms := archive.Terms{ID: p.Terms, Version: p.Content.TermsVersion, Statement: p.Content.Statement}
	gate := &GateError{Terms: terms, Findings: findings}
	if len(gate.Refusing()) > 0 {
		err := d.db.Transact(ctx, func(ctx context.Context) error {
			if err := d.db.In(ctx).Model(&versionRow{}).Where("id = ?", int64(id)).Update("held", true).Error; err != nil {
				return err
			}
			return d.record(ctx, OfVersion, int64(id), "gate_refused", map[string]string{"Kinds": gate.kinds()}, by.ID)
		})
		return Publication{}, errors.Join(gate, err)
	}
	p.By, p.At = by.ID, d.now()
	err = d.db.Transact(ctx, func(ctx context.Context) error { return d.shelve(ctx, &p, force, by) })
	if err != nil {
		return Publication{}, fmt.Errorf("publish version %d: %w", id, err)
	}
	return p, nil
}

// stillUnder locks a version in the transaction that puts its page on the shelf; same says whether what is in force for it
// is still what the gate looked at.
func (d *Desk) stillUnder(ctx context.Context, id VersionID, force archive.Force) (v Version, w Work, same bool, err error) {
	if v, err = d.locked(ctx, id); err != nil {
		return v, w, false, err
	}
	if w, err = d.work(ctx, v); err != nil {
		return v, w, false, err
	}
	now, err := d.inForce(ctx, w)
	return v, w, now.Terms.ID == force.Terms.ID && reflect.DeepEqual(now.Rulings, force.Rulings), err
}

// shelve writes a publication the gate passed, if nothing it rests on changed meanwhile: neither texts nor what is in force.
func (d *Desk) shelve(ctx context.Context, p *Publication, force archive.Force, by Member) error {
	v, w, same, err := d.stillUnder(ctx, p.Version, force)
	if err != nil {
		return err
	}
	var approval approvalRow
	err = d.db.In(ctx).Where("version_id = ? AND target_hash = ? AND source_hash = ?", int64(v.ID), p.TargetHash, p.SourceHash).
		Order("id DESC").Limit(1).Take(&approval).Error
	if database.IsNotFound(err) {
		return fault.New(archive.ErrConflict, "fault.publish.not_approved", nil)
	}
	if err != nil {
		return err
	}
	if v.State != workflow.Approved || v.TargetHash != p.TargetHash || w.Revision.Digest != p.SourceHash || !same {
		return fault.New(archive.ErrConflict, "fault.publish.changed", nil)
	}
	if err := d.notTakenDown(ctx, p.Article, p.Language); err != nil {
		return err
	}
	p.Approval = approval.ID
	row := newPublicationRow(*p)
	if err := d.db.In(ctx).Create(&row).Error; err != nil {
		return err
	}
	p.ID = PublicationID(row.ID)
	if err := d.archive.RelyOn(ctx, p.agreements(), p.Article, p.Language, row.ID); err != nil {
		return err
	}
	if err := d.addSection(ctx, p.Content.Section, w.Article.Section); err != nil {
		return err
	}
	if err := d.point(ctx, p, w.Source); err != nil {
		return err
	}
	if err := d.db.In(ctx).Model(&versionRow{}).Where("id = ?", int64(v.ID)).Update("held", false).Error; err != nil {
		return err
	}
	if _, err := d.refresh(ctx, v.ID); err != nil {
		return err
	}
	return d.record(ctx, OfVersion, int64(v.ID), "published", map[string]string{"Publication": fmt.Sprint(row.ID)}, by.ID)
}

// agreements lists the agreements a publication rests on.
func (p Publication) agreements() []archive.AgreementID {
	var out []archive.AgreementID
	for _, s := range p.Content.Support {
		for _, id := range s.Agreements() {
			out = append(out, archive.AgreementID(id))
		}
	}
	return out
}

// candidate is the publication a version would become.
func (d *Desk) candidate(ctx context.Context, w Work, force archive.Force) (Publication, error) {
	capture, err := d.archive.Capture(ctx, w.Revision.Capture)
	if err != nil {
		return Publication{}, err
	}
	section, err := d.sectionFor(ctx, w.Article.Section)
	if err != nil {
		return Publication{}, err
	}
	p := Publication{
		Version: w.Version.ID, Article: w.Article.ID, Revision: w.Revision.ID, Language: w.Version.Language,
		Slug: w.Article.Slug, SourceHash: w.Revision.Digest, TargetHash: w.Version.TargetHash, At: d.now(), FirstAt: d.now(),
		Content: Content{
			Section: section, Authors: w.Revision.Authors, PublishedAt: w.Revision.PublishedAt, ModifiedAt: w.Revision.ModifiedAt,
			SourceLanguage: w.Article.Language, OriginalTitle: w.Revision.Title, OriginalURL: w.Article.URL,
			SourceID: w.Source.ID, SourceNames: w.Source.Names, SourceHome: w.Source.HomeURL,
			RevisionNumber: w.Revision.Number, CapturedAt: capture.At, CaptureDigest: string(capture.Digest), Words: w.Revision.Words,
		},
	}
	assets, err := d.archive.Assets(ctx, w.Article.ID)
	if err != nil {
		return Publication{}, err
	}
	p.Content.setText(w, assets)
	if err := d.setPeople(ctx, &p, w); err != nil {
		return Publication{}, err
	}
	p.Content.Facts = factsOf(p.Content, w)
	p.rest(force, w.IsOriginal)
	p.askAccess(w, capture)
	p.hold(d.now())
	p.Content.dropMedia()
	p.limit(w)
	if shelf, err := d.current(ctx, w.Article.ID, w.Version.Language); err == nil && !shelf.FirstAt.After(d.now()) {
		p.FirstAt = shelf.FirstAt
	} else if err != nil && !errors.Is(err, archive.ErrNotFound) {
		return Publication{}, err
	}
	return p, nil
}

func (c *Content) setText(w Work, assets map[string]archive.Asset) {
	for _, u := range w.Units {
		if isFigureText(u.Block) {
			continue // describe has it
		}
		switch u.Block.Key {
		case archive.TitleKey:
			c.Title = inline.Plain(u.Target.Text)
			if c.Title == "" {
				c.Title = w.Revision.Title
			}
		case archive.DekKey:
			c.Dek = inline.Plain(u.Target.Text)
		default:
			b := ContentBlock{Key: u.Block.Key, Kind: u.Block.Kind, Level: u.Block.Level, HTML: u.HTML(), Figure: u.Block.Figure}
			if w.IsOriginal {
				b.HTML = u.Block.HTML
			}
			if b.Figure != nil {
				b.Asset = assets[b.Figure.URL].Digest
				b.describe(w)
			}
			if u.Target.Text == "" && u.Block.IsTranslated() {
				continue // a draft: nothing is written here yet
			}
			c.Blocks = append(c.Blocks, b)
		}
	}
	c.Title = html.UnescapeString(c.Title)
}

func (d *Desk) setPeople(ctx context.Context, p *Publication, w Work) error {
	writers, err := d.Writers(ctx, p.Version)
	if err != nil {
		return err
	}
	approvals, err := d.Approvals(ctx, p.Version)
	if err != nil {
		return err
	}
	ids := slices.Clone(writers)
	if len(approvals) > 0 {
		ids = append(ids, approvals[0].By)
	}
	names, err := d.Names(ctx, ids...)
	if err != nil {
		return err
	}
	if !w.IsOriginal {
		for _, id := range writers {
			if n := names[id]; n != "" {
				p.Content.Translators = append(p.Content.Translators, n)
			}
		}
	}
	if len(approvals) > 0 {
		p.Content.Approver = names[approvals[0].By]
	}
	return nil
}

// factsOf gathers what the rules of package rights ask about the original.
func factsOf(c Content, w Work) rights.Facts {
	f := rights.Facts{Original: rights.Original{
		URL: w.Article.URL, CanonicalURL: w.Article.URL, HomeURL: w.Source.HomeURL, OutletNames: w.Source.AllNames(),
		Authors: c.Authors, Title: w.Revision.Title, Language: w.Article.Language, WordCount: w.Revision.Words,
		CharCount: w.Revision.Characters, InnerLinks: w.Revision.Meta.InnerLinks,
	}}
	if len(c.Translators) > 0 {
		f.Translator = c.Translators[0]
	}
	for _, u := range w.Revision.Meta.Upstream {
		if u.Href != "" && !slices.ContainsFunc(f.Chain, func(h rights.Hop) bool { return h.Outlet == u.Outlet }) {
			f.Chain = append(f.Chain, rights.Hop{Outlet: u.Outlet, URL: u.Href})
		}
	}
	if len(f.Chain) > 0 {
		f.Chain = append(f.Chain, rights.Hop{Outlet: w.Source.NameIn(w.Article.Language).Name, HomeURL: w.Source.HomeURL, URL: w.Article.URL})
	}
	return f
}

// rest puts a publication on what is in force.
func (p *Publication) rest(force archive.Force, original bool) {
	t, c := force.Terms, &p.Content
	p.Terms = t.ID
	c.Statement, c.StatementLang, c.TermsVersion, c.TermsURL, c.Agreement = t.Leading(), t.Language, t.Version, t.PageURL, force.Standing.ID
	c.Clauses, c.Support = nil, nil
	c.bind(force.Rulings, original)
}

// askAccess asks the approving editor of an article that is kept for subscribers whether the permission covers that. No
// machine decides it, whatever the terms say: they seldom say anything of it.
func (p *Publication) askAccess(w Work, capture archive.Capture) {
	if !w.Revision.Meta.Subscribers {
		return
	}
	p.Content.Clauses = append(p.Content.Clauses, rights.Clause{Kind: rights.AccessSubscribers, Strength: rights.Must, Quote: "isAccessibleForFree: false"})
	p.Content.Support = append(p.Content.Support, rights.Support{Origin: rights.Origin{
		Basis: rights.OnPage, PageURL: w.Article.URL, Capture: int64(capture.ID), Digest: string(capture.Digest), At: capture.At,
	}})
}

// bind sets the clauses that bear on the page: a translator's credit has no meaning where nobody translated, nor an
// author's where the page named none, nor leave for photographs where none is shown.
func (c *Content) bind(rulings []rights.Ruling, original bool) {
	pictured := slices.ContainsFunc(c.Blocks, func(b ContentBlock) bool { return b.Figure != nil })
	for _, r := range rulings {
		switch {
		case r.Kind == rights.CreditTranslator && original:
		case r.Kind == rights.CreditAuthor && len(c.Authors) == 0:
		case r.Kind == rights.PermissionRequired && r.Scope == "photos" && !pictured:
		default:
			c.Clauses, c.Support = append(c.Clauses, r.Clause), append(c.Support, r.Support)
		}
	}
}

// Withdraw takes a publication from readers. The record stays, and its page becomes a tombstone that keeps the credit.
func (d *Desk) Withdraw(ctx context.Context, article archive.ArticleID, lang, reason string, by Member) error {
	reason, err := words(reason, "fault.review.reason")
	if err != nil {
		return err
	}
	if !by.RoleIn(lang).AtLeast(workflow.Editor) {
		return fault.New(archive.ErrForbidden, "fault.role.editor", nil)
	}
	return d.db.Transact(ctx, func(ctx context.Context) error {
		p, err := d.current(ctx, article, lang)
		if err != nil {
			return err
		}
		if err := d.unshelve(ctx, withdrawalRow{ArticleID: int64(article), Language: lang, Reason: reason, MemberID: int64(by.ID)}); err != nil {
			return err
		}
		if _, err := d.refresh(ctx, p.Version); err != nil {
			return err
		}
		return d.record(ctx, OfVersion, int64(p.Version), "withdrawn", map[string]string{"Reason": reason}, by.ID)
	})
}
