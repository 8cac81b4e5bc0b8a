package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"colophon/archive"
	"colophon/archive/fault"
	"colophon/archive/rights"
	"colophon/translations"
)

// agreementPath is the address of an agreement on the desk, whatever its outlet.
func agreementPath(id int64) string { return fmt.Sprintf("/desk/agreements/%d", id) }

// agreementLine is an agreement in words.
type agreementLine struct {
	archive.Agreement
	Link   string
	What   string // agreement or grant
	Allows string
	In     string // languages
	Dates  string
	Uses   string
	State  archive.AgreementState
	Says   string // the state in words: "in force, expires in 12 days"
	Tone   string // ok, changes, bad, draft
	Person string // who recorded it, and when
	Ended  string // who ended it, and when; "" where nobody did
	Digest string // of the file, shortened
	IsOver bool
}

// soon is how long before its end an agreement is pointed out.
const soon = 30

// agreementLines puts agreements into words.
func (s *Server) agreementLines(r *request, list []archive.Agreement) ([]agreementLine, error) {
	var ids []translations.MemberID
	for _, g := range list {
		ids = append(ids, translations.MemberID(g.By), translations.MemberID(g.EndedBy))
	}
	names, err := s.Desk.Names(r.Context(), ids...)
	if err != nil {
		return nil, err
	}
	out := make([]agreementLine, len(list))
	for i, g := range list {
		out[i] = r.agreement(g, s.Now(), names)
	}
	return out, nil
}

func (r *request) agreement(g archive.Agreement, at time.Time, names map[translations.MemberID]string) agreementLine {
	l := agreementLine{
		Agreement: g, Link: agreementPath(int64(g.ID)), What: r.T("agreement.kind." + string(g.Kind)), State: g.State(at), IsOver: g.IsOver(at), Digest: shortDigest(string(g.File.Digest)),
		In: r.T("agreement.languages.all"), Uses: r.T("agreement.uses.any", "Used", g.Used),
		Person: r.T("agreement.recorded", "Name", names[translations.MemberID(g.By)], "Date", r.words.Date(g.At)),
	}
	l.Says, l.Tone = r.T("agreement.state."+string(l.State)), map[archive.AgreementState]string{
		archive.AgreementInForce: "ok", archive.AgreementNotYet: "draft", archive.AgreementUsedUp: "changes", archive.AgreementExpired: "bad", archive.AgreementEnded: "bad",
	}[l.State]
	if days, ok := g.DaysLeft(at); ok && days <= soon && l.State == archive.AgreementInForce {
		l.Says, l.Tone = r.N("agreement.state.expiring", days), "changes"
	}
	var allows, in []string
	for _, a := range g.Allows {
		allows = append(allows, r.T("agreement.allows."+string(a)))
	}
	for _, lang := range g.Languages {
		in = append(in, r.words.LanguageName(lang))
	}
	l.Allows = strings.Join(allows, ", ")
	if len(in) > 0 {
		l.In = strings.Join(in, ", ")
	}
	if g.Max > 0 {
		l.Uses = r.T("agreement.uses.of", "Used", g.Used, "Max", g.Max)
	}
	switch from, until := !g.From.IsZero(), !g.Until.IsZero(); {
	case from && until:
		l.Dates = r.T("agreement.dates.both", "From", r.words.Date(g.From), "Until", r.words.Date(g.Until.Add(-1)))
	case from:
		l.Dates = r.T("agreement.dates.from", "From", r.words.Date(g.From))
	case until:
		l.Dates = r.T("agreement.dates.until", "Until", r.words.Date(g.Until.Add(-1)))
	default:
		l.Dates = r.T("agreement.dates.none")
	}
	if !g.EndedAt.IsZero() {
		l.Ended = r.T("agreement.ended", "Name", names[translations.MemberID(g.EndedBy)], "Date", r.words.Date(g.EndedAt))
	}
	return l
}

// agreementPage fills templates/pages/agreement.html: one agreement, what it asks, what rests on it, and its end.
type agreementPage struct {
	base
	Source    archive.Source
	Name      string // of the outlet
	Agreement agreementLine
	Rules     []ruleLine
	Pages     []restingPage
	MaySign   bool
	Reason    string // as sent
	Refuse    string
}

// restingPage is a page readers see that rests on the agreement.
type restingPage struct{ Title, Lang, Link string }

// restingAtOnce is how many of the last publications on an agreement are looked at.
const restingAtOnce = 100

func (s *Server) agreement(r *request) error { return s.showAgreement(r, http.StatusOK, "", "") }

func (s *Server) showAgreement(r *request, status int, reason, refuse string) error {
	g, source, err := s.agreementOf(r)
	if err != nil {
		return err
	}
	lines, err := s.agreementLines(r, []archive.Agreement{g})
	if err != nil {
		return err
	}
	items, err := s.Desk.RelyingOn(r.Context(), g.ID, restingAtOnce)
	if err != nil {
		return err
	}
	p := agreementPage{
		base: s.deskBase(r, g.Title, "sources"), Source: source, Name: source.NameIn(r.lang).Name, Agreement: lines[0], Rules: r.rules(g.Clauses),
		MaySign: r.answersForTerms(), Reason: reason, Refuse: refuse,
	}
	for _, item := range items {
		p.Pages = append(p.Pages, restingPage{item.Title, item.Language, articleDeskPath(item.Article)})
	}
	return r.showStatus(status, "agreement", p)
}

// agreementOf finds the agreement of the address, and its outlet.
func (s *Server) agreementOf(r *request) (archive.Agreement, archive.Source, error) {
	id, err := r.number("id")
	if err != nil {
		return archive.Agreement{}, archive.Source{}, err
	}
	g, err := s.Archive.Agreement(r.Context(), archive.AgreementID(id))
	if err != nil {
		return archive.Agreement{}, archive.Source{}, err
	}
	source, err := s.Archive.Source(r.Context(), g.Source)
	return g, source, err
}

// endAgreement answers POST /desk/agreements/:id/end: with a reason, and with a box to tick.
func (s *Server) endAgreement(r *request) error {
	g, _, err := s.agreementOf(r)
	if err != nil {
		return err
	}
	if err := r.form(); err != nil {
		return err
	}
	reason := strings.ToValidUTF8(r.value("reason"), "�")
	switch {
	case !r.answersForTerms():
		return fault.New(fault.ErrForbidden, "fault.role.editor", nil)
	case r.value("sure") == "":
		err = fault.New(fault.ErrInvalid, "agreement.end.unsure", nil)
	default:
		err = s.Archive.DB().Transact(r.Context(), func(ctx context.Context) error {
			if err := s.Archive.EndAgreement(ctx, g.ID, reason, int64(r.member.ID)); err != nil {
				return err
			}
			return s.Desk.Record(ctx, translations.OfSource, int64(g.Source), "agreement_ended", map[string]string{"To": "", "Reason": g.Title + ": " + reason}, r.member.ID)
		})
	}
	if err != nil {
		if a := r.refuse(err, fieldsOf{"fault.agreement.why": "re", "agreement.end.unsure": "su"}); a.Status < http.StatusInternalServerError {
			return s.showAgreement(r, a.Status, reason, a.Text)
		}
		return err
	}
	return r.redirect(agreementPath(int64(g.ID)) + "?done=agreement_ended")
}

// agreementFile answers GET /desk/agreements/:id/file with the proof as it was given. It is foreign: it is only ever
// saved, under a name of ours, and would run nothing if a browser showed it all the same.
func (s *Server) agreementFile(r *request) error {
	g, _, err := s.agreementOf(r)
	if err != nil {
		return err
	}
	body, err := s.Archive.AgreementFile(r.Context(), g)
	if err != nil {
		return err
	}
	kind, ending := g.File.MediaType, agreementEndings[g.File.MediaType]
	if strings.HasPrefix(kind, "text/") {
		kind = "text/plain; charset=utf-8"
	}
	h := r.w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="agreement-%d%s"`, g.ID, ending))
	r.send(http.StatusOK, kind, body)
	return nil
}

// agreementEndings are how the names of saved files end.
var agreementEndings = map[string]string{
	"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/gif": ".gif",
	"text/plain": ".txt", "text/html": ".html.txt",
}

// lapses says, of versions, which public pages rest on an agreement that is over.
func (s *Server) lapses(r *request, versions []translations.Version) (map[translations.VersionID]lapse, error) {
	found, err := s.Desk.Lapsed(r.Context(), versions...)
	if err != nil {
		return nil, err
	}
	out := map[translations.VersionID]lapse{}
	for id, list := range found {
		out[id] = lapse{Text: r.T("agreement.lapsed", "Title", list[0].Title), Link: agreementPath(int64(list[0].ID))}
	}
	return out, nil
}

// flagLapses marks the jobs of a board whose public page rests on an agreement that is over, in one go for all of them.
func (s *Server) flagLapses(r *request, p *boardPage) error {
	lists := [][]jobLine{p.Mine, p.Jobs}
	for _, col := range p.Columns {
		lists = append(lists, col.Jobs)
	}
	var versions []translations.Version
	for _, list := range lists {
		for _, job := range list {
			versions = append(versions, translations.Version{ID: job.ID, Article: job.Article})
		}
	}
	found, err := s.lapses(r, versions)
	if err != nil || len(found) == 0 {
		return err
	}
	for _, list := range lists {
		for i := range list {
			list[i].Lapse = found[list[i].ID]
		}
	}
	return nil
}

// lapse is the flag of a public page whose agreement is over.
type lapse struct{ Text, Link string }

// barred says why an article may not be translated into a language; "" where it may.
func (s *Server) barred(r *request, art archive.Article, lang string) (barredLine, error) {
	by, is, err := s.Desk.Barred(r.Context(), art, lang)
	if err != nil || !is {
		return barredLine{}, err
	}
	lines, err := s.supports(r, []rights.Support{by.Support})
	if err != nil {
		return barredLine{}, err
	}
	id := "agreement.barred.no"
	if by.Value == "permission" {
		id = "agreement.barred.permission"
	}
	return barredLine{
		Text: r.T(id, "Language", r.words.LanguageName(lang)), Quote: by.Quote, Lang: by.Origin.Language, Rests: lines[0],
		Record: fmt.Sprintf("/desk/sources/%d/agreements/new", art.Source),
	}, nil
}

// barredLine is a language an article may not be translated into, with the words that say so.
type barredLine struct {
	Text, Quote, Lang string
	Rests             supportLines
	Record            string // address where a grant is recorded
}
