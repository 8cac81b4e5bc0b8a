package demo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/rights"
	"colophon/translations"
	"colophon/translations/workflow"
)

// Fill brings the newsroom into an empty archive and takes every version to the state its plan names, through the
// operations people use and with their rights: pages are read, terms are confirmed, blocks are saved one by one,
// other people approve, and the gate decides on the page that r renders.
//
// It is one transaction, so that an interrupted Fill leaves nothing. Where the archive or the desk holds anything
// already it does nothing, and filled is false. Due dates count from the archive's clock.
func Fill(ctx context.Context, a *archive.Archive, d *translations.Desk, r translations.Renderer) (filled bool, err error) {
	n, err := Load()
	if err != nil {
		return false, fmt.Errorf("fill the demo: %w", err)
	}
	err = a.DB().Transact(ctx, func(ctx context.Context) error {
		empty, err := a.IsEmpty(ctx)
		if err != nil || !empty {
			return err
		}
		peopled, err := d.HasMembers(ctx)
		if err != nil || peopled {
			return err
		}
		filled = true
		return fill(ctx, n, a, d, r)
	})
	if err != nil {
		return false, fmt.Errorf("fill the demo: %w", err)
	}
	return filled, nil
}

// filling is a Fill under way.
type filling struct {
	Newsroom
	archive  *archive.Archive
	desk     *translations.Desk
	renderer translations.Renderer
	members  map[string]translations.Member
	sources  map[string]archive.SourceID
	articles map[string]archive.ArticleID
}

func fill(ctx context.Context, n Newsroom, a *archive.Archive, d *translations.Desk, r translations.Renderer) error {
	f := filling{
		Newsroom: n, archive: a, desk: d, renderer: r,
		members: map[string]translations.Member{}, sources: map[string]archive.SourceID{}, articles: map[string]archive.ArticleID{},
	}
	if err := f.hire(ctx); err != nil {
		return err
	}
	for _, k := range n.Sections {
		section := translations.Section{Slug: k.Slug, Names: k.Name}
		if err := d.SaveSection(ctx, section, slices.Sorted(maps.Values(k.Name))); err != nil {
			return err
		}
	}
	for _, o := range n.Outlets {
		if err := f.openOutlet(ctx, o); err != nil {
			return fmt.Errorf("outlet %s: %w", o.ID, err)
		}
	}
	for _, art := range n.Articles {
		if err := f.takeIn(ctx, art); err != nil {
			return fmt.Errorf("article %s: %w", art.Slug, err)
		}
	}
	for _, art := range n.Articles {
		if len(art.Pages) > 1 {
			if err := f.correct(ctx, art); err != nil {
				return fmt.Errorf("correction of %s: %w", art.Slug, err)
			}
		}
	}
	return nil
}

// hire adds the people; the first administrator adds the others.
func (f *filling) hire(ctx context.Context) error {
	var first translations.MemberID
	for _, p := range f.People {
		m := translations.Member{Name: p.Name[p.Interface], Email: p.Login, Language: p.Interface}
		for _, r := range p.Roles {
			if len(r.Languages) == 0 {
				m.Grants = append(m.Grants, translations.Grant{Role: workflow.Role(r.Name)})
			}
			for _, l := range r.Languages {
				m.Grants = append(m.Grants, translations.Grant{Role: workflow.Role(r.Name), Language: l})
			}
		}
		var err error
		if first == 0 {
			m, err = f.desk.FirstMember(ctx, m, f.Password)
			first = m.ID
		} else {
			m, err = f.desk.AddMember(ctx, m, f.Password, first)
		}
		if err != nil {
			return fmt.Errorf("person %s: %w", p.ID, err)
		}
		f.members[p.ID] = m
	}
	return nil
}

// openOutlet keeps an outlet.
func (f *filling) openOutlet(ctx context.Context, o Outlet) error {
	names := map[string]archive.Name{}
	for lang, name := range o.Name {
		names[lang] = archive.Name{Name: name}
	}
	names["ru"] = archive.Name{Name: o.Name["ru"], Genitive: o.Forms.RussianGenitive, Instrumental: o.Forms.RussianInstrumental}
	names["hy"] = archive.Name{Name: o.Name["hy"], Dative: o.Forms.ArmenianDative, Definite: o.Forms.ArmenianDefinite}
	s, err := f.archive.AddSource(ctx, archive.Source{
		HomeURL: o.Home, Names: names, Language: o.Language, Jurisdiction: o.Jurisdiction, Contact: "editor@" + o.Host,
	})
	if err != nil {
		return err
	}
	f.sources[o.ID] = s.ID
	return nil
}

// delivery is a file as the outlet's server would have answered with it.
func (f *filling) delivery(file File, at time.Time) archive.Delivery {
	return archive.Delivery{
		URL: file.URL, Status: http.StatusOK, Header: http.Header{"Content-Type": {file.Type}}, Body: file.Data,
		Origin: archive.Fetch, At: at.UTC(),
	}
}

// takeIn ingests an article, has the terms on its page confirmed, and does the work on its versions.
func (f *filling) takeIn(ctx context.Context, a Article) error {
	res, err := f.archive.Ingest(ctx, f.delivery(a.Pages[0], a.Captured[0]))
	if err != nil {
		return err
	}
	f.articles[a.Slug] = res.Article.ID
	o, _ := f.Outlet(a.Outlet)
	if err := f.keepPictures(ctx, o, res); err != nil {
		return err
	}
	if err := f.settleTerms(ctx, o, res); err != nil {
		return fmt.Errorf("terms: %w", err)
	}
	if err := f.keepGrant(ctx, o); err != nil {
		return fmt.Errorf("grant: %w", err)
	}
	// What the gate refuses comes last: by then the outlet has taken its leave back.
	for _, refused := range []bool{false, true} {
		for _, j := range f.Plan {
			if j.Article != a.Slug || refused != (j.State == Refused) {
				continue
			}
			if err := f.work(ctx, a, j); err != nil {
				return fmt.Errorf("into %s: %w", j.Language, err)
			}
		}
	}
	return nil
}

// keepGrant records what an outlet gave in writing, in the name of the person who stands for its terms.
func (f *filling) keepGrant(ctx context.Context, o Outlet) error {
	if o.Grant == nil {
		return nil
	}
	known, err := f.archive.AgreementsOf(ctx, f.sources[o.ID])
	if err != nil || len(known) > 0 {
		return err
	}
	_, err = f.archive.RecordAgreement(ctx, archive.Agreement{
		Source: f.sources[o.ID], Kind: archive.WrittenGrant, Title: o.Grant.Title, SignedBy: o.Grant.SignedBy,
		Allows: []rights.Allowance{rights.AllowText, rights.AllowTranslation}, Languages: []string{"ru", "hy"},
		File: archive.AgreementFile{Name: "letter.txt"}, By: int64(f.members[o.ConfirmedBy].ID),
	}, []byte(strings.TrimSpace(o.Grant.Letter)))
	return err
}

// takeBack ends what the outlet of an article gave in writing.
func (f *filling) takeBack(ctx context.Context, article string, by translations.Member) error {
	art, err := f.archive.Article(ctx, f.articles[article])
	if err != nil {
		return err
	}
	list, err := f.archive.AgreementsOf(ctx, art.Source)
	if err != nil {
		return err
	}
	for _, g := range list {
		for _, o := range f.Outlets {
			if f.sources[o.ID] != g.Source || o.Grant == nil || g.IsOver(f.archive.Now()) {
				continue
			}
			if err := f.archive.EndAgreement(ctx, g.ID, o.Grant.TakenBack, int64(by.ID)); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepPictures keeps the outlet's pictures that an article shows.
func (f *filling) keepPictures(ctx context.Context, o Outlet, res archive.Result) error {
	blocks, err := f.archive.Blocks(ctx, res.Revision.ID)
	if err != nil {
		return err
	}
	for _, b := range blocks {
		for _, file := range o.Media {
			if b.Figure == nil || b.Figure.URL != file.URL {
				continue
			}
			if _, err := f.archive.KeepAsset(ctx, res.Article.ID, file.URL, file.Data); err != nil {
				return fmt.Errorf("picture %s: %w", file.Name, err)
			}
		}
	}
	return nil
}

// settleTerms confirms what the reader proposed from the first page of an outlet, with the clauses of the newsroom. Where
// the reader saw no terms, the statement is put down by hand, as an editor would; an outlet that nobody stands for
// keeps a proposal.
func (f *filling) settleTerms(ctx context.Context, o Outlet, res archive.Result) error {
	history, err := f.archive.TermsHistory(ctx, f.sources[o.ID])
	if err != nil {
		return err
	}
	if len(history) > 0 && history[0].IsConfirmed() {
		return nil
	}
	var terms archive.Terms
	if len(history) > 0 {
		terms = history[0]
	}
	if !strings.Contains(terms.Statement, o.Statement) {
		if o.ConfirmedBy == "" && terms.ID != 0 {
			return nil
		}
		terms, err = f.archive.ProposeTerms(ctx, archive.Terms{
			Source: f.sources[o.ID], Statement: o.Statement, Language: o.Language, Where: "footer",
			PageURL: res.Article.URL, Capture: res.Revision.Capture, Clauses: clausesIn(o.Statement, o.Clauses),
		})
		if err != nil {
			return err
		}
	}
	if o.ConfirmedBy == "" {
		return nil
	}
	by := f.members[o.ConfirmedBy]
	return f.archive.ConfirmTerms(ctx, terms.ID, clausesIn(terms.Statement, o.Clauses), int64(by.ID))
}

// clausesIn ties clauses to the places of their quotes in a statement.
func clausesIn(statement string, clauses []Clause) []rights.Clause {
	out := make([]rights.Clause, len(clauses))
	for i, c := range clauses {
		start := strings.Index(statement, c.Quote)
		out[i] = rights.Clause{
			Kind: rights.Kind(c.Kind), Params: rights.Params{Target: c.Target, Within: c.Within, Value: c.Value},
			Strength: rights.Strength(c.Strength), Quote: c.Quote, Start: start, End: start + len(c.Quote), Confidence: 1,
		}
	}
	return out
}

// work takes one version from opening to the state of its job.
func (f *filling) work(ctx context.Context, a Article, j Job) error {
	boss := f.members[f.People[0].ID]
	opener := boss
	if j.Translator != "" {
		opener = f.members[j.Translator]
	}
	v, err := f.desk.OpenVersion(ctx, f.articles[a.Slug], j.Language, opener)
	if err != nil {
		return err
	}
	if j.Due != 0 || j.Priority != "" || j.Translator != "" && j.State != Published {
		if err := f.assign(ctx, v.ID, j, boss); err != nil {
			return err
		}
	}
	if text, ok := a.Version(j.Language, 1); ok && j.Translator != "" {
		if err := f.translate(ctx, v.ID, text, opener); err != nil {
			return err
		}
	}
	if j.State == Draft {
		return nil
	}
	if _, err := f.desk.Submit(ctx, v.ID, opener); err != nil {
		return err
	}
	switch j.State {
	case InReview:
		return nil
	case ChangesRequested:
		return f.requestChanges(ctx, v.ID, j)
	}
	return f.release(ctx, v.ID, j)
}

func (f *filling) assign(ctx context.Context, id translations.VersionID, j Job, by translations.Member) error {
	priority := map[string]translations.Priority{"high": translations.High, "first": translations.First}[j.Priority]
	var due time.Time
	if j.Due != 0 {
		due = f.archive.Now().Add(time.Duration(j.Due)).Truncate(time.Hour)
	}
	return f.desk.Assign(ctx, id, f.members[j.Translator].ID, priority, due, by)
}

// translate saves the blocks that differ from what stands, as their translator. The last block of a partial version is
// still being written.
func (f *filling) translate(ctx context.Context, id translations.VersionID, text Version, by translations.Member) error {
	w, err := f.desk.Work(ctx, id)
	if err != nil {
		return err
	}
	targets, err := targetsFor(w.Units, text)
	if err != nil {
		return err
	}
	last := len(targets) - 1
	for last >= 0 && targets[last] == "" {
		last--
	}
	for i, u := range w.Units {
		if targets[i] == "" || targets[i] == u.Target.Text && !u.SourceChanged {
			continue
		}
		save := translations.Save{
			Version: id, Block: u.Block.Key, Base: u.Target.Number, Text: targets[i], Confirm: !text.Partial || i < last,
		}
		if _, _, err := f.desk.SaveTarget(ctx, save, by); err != nil {
			return fmt.Errorf("block %d: %w", u.Number, err)
		}
	}
	return nil
}

// targetsFor lays a version's texts beside the blocks the reader found, which must be those it was written for.
func targetsFor(units []translations.Unit, text Version) ([]string, error) {
	out := make([]string, len(units))
	blocks, credits, alts := text.Blocks, text.Credits, text.Alts
	for i, u := range units {
		switch u.Block.Key {
		case archive.TitleKey:
			out[i] = text.Title
			continue
		case archive.DekKey:
			out[i] = text.Dek
			continue
		}
		if u.Block.Kind == translations.KindAlt {
			if len(alts) == 0 {
				return nil, fmt.Errorf("the page has more descriptions of pictures than the version's %d", len(text.Alts))
			}
			out[i], alts = alts[0], alts[1:]
			continue
		}
		if len(blocks) == 0 {
			return nil, fmt.Errorf("the page has more blocks than the version's %d", len(text.Blocks))
		}
		out[i], blocks = blocks[0], blocks[1:]
		if u.Block.Kind == "figure" && len(credits) > 0 {
			out[i], credits = strings.TrimSpace(out[i]+" "+credits[0]), credits[1:]
		}
	}
	if len(blocks) > 0 {
		return nil, fmt.Errorf("the page has %d blocks fewer than the version's %d", len(blocks), len(text.Blocks))
	}
	return out, nil
}

// requestChanges sends a version back with the editor's comments.
func (f *filling) requestChanges(ctx context.Context, id translations.VersionID, j Job) error {
	editor := f.members[j.Editor]
	w, err := f.desk.Work(ctx, id)
	if err != nil {
		return err
	}
	for _, c := range j.Comments {
		for _, u := range w.Units {
			at := strings.Index(u.Target.Text, c.Quote)
			if at < 0 {
				continue
			}
			comment := translations.Comment{Version: id, Block: u.Block.Key, Start: at, End: at + len(c.Quote), Text: c.Text}
			if _, err := f.desk.AddComment(ctx, comment, editor); err != nil {
				return err
			}
			break
		}
	}
	_, err = f.desk.RequestChanges(ctx, id, j.Reason, editor)
	return err
}

// release approves a version and, where the job goes so far, publishes it. A job that ends at the gate has to be refused
// there.
func (f *filling) release(ctx context.Context, id translations.VersionID, j Job) error {
	editor := f.members[j.Editor]
	if _, err := f.desk.Approve(ctx, id, "", nil, editor); err != nil {
		return err
	}
	if j.State == Approved {
		return nil
	}
	if j.State == Refused {
		if err := f.takeBack(ctx, j.Article, editor); err != nil {
			return err
		}
	}
	_, err := f.desk.Publish(ctx, id, nil, editor, f.renderer)
	if j.State != Refused {
		return gateError(err)
	}
	var gate *translations.GateError
	if err == nil {
		return errors.New("the gate let out what it has to refuse")
	}
	if errors.As(err, &gate) || errors.Is(err, archive.ErrForbidden) {
		return nil
	}
	return err
}

// gateError adds to a refusal what was refused.
func gateError(err error) error {
	var gate *translations.GateError
	if !errors.As(err, &gate) {
		return err
	}
	for _, f := range gate.Refusing() {
		err = fmt.Errorf("%w; %s is %s: %s at %q", err, f.Kind, f.Status, f.Why, f.Where)
	}
	return err
}

// correct ingests the corrected page and carries over the versions that were made against it; the others fall behind.
func (f *filling) correct(ctx context.Context, a Article) error {
	for rev := 2; rev <= len(a.Pages); rev++ {
		if _, err := f.archive.Ingest(ctx, f.delivery(a.Pages[rev-1], a.Captured[rev-1])); err != nil {
			return err
		}
		for _, j := range f.Plan {
			text, ok := a.Version(j.Language, rev)
			_, translated := a.Version(j.Language, 1)
			if j.Article != a.Slug || j.State != Published || translated && !ok {
				continue
			}
			if err := f.carryOver(ctx, a, j, text, translated); err != nil {
				return fmt.Errorf("into %s: %w", j.Language, err)
			}
		}
	}
	return nil
}

func (f *filling) carryOver(ctx context.Context, a Article, j Job, text Version, translated bool) error {
	v, err := f.desk.VersionOf(ctx, f.articles[a.Slug], j.Language)
	if err != nil {
		return err
	}
	translator := f.members[j.Translator]
	if translated {
		if err := f.translate(ctx, v.ID, text, translator); err != nil {
			return err
		}
	}
	if _, err := f.desk.Submit(ctx, v.ID, translator); err != nil {
		return err
	}
	return f.release(ctx, v.ID, j)
}
