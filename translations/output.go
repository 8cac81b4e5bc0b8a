package translations

import (
	"slices"

	"colophon/archive"
	"colophon/archive/rights"
)

// OutputName names a form in which a publication reaches people beside its page.
type OutputName string

// The outputs. Each is a page to the verifier: what a person would see of it, without style sheets but for print.
const (
	InPrint OutputName = "print" // the page as the print style sheet leaves it
	InFeed  OutputName = "feed"  // the item of the feed as a feed reader shows it
	OnCard  OutputName = "card"  // the story in lists, with the picture and the description that social media show
	InKit   OutputName = "kit"   // the copy for whoever republishes
)

// Output is one of them.
type Output struct {
	Name OutputName
	Page rights.Page
}

// judged are the clauses each output is held to. On paper nothing can be followed, indexed or tracked. A feed item and a
// copy have no head of their own. A card is a pointer to the page that carries the credit: it names the outlet, shows no
// more of text and media than the page may, and owes no links.
var judged = map[OutputName][]rights.Kind{
	InPrint: {
		rights.LinkRequired, rights.LinkPlace, rights.LinkVisible, rights.CreditSource, rights.CreditWording, rights.CreditPlace,
		rights.CreditAuthor, rights.CreditTranslator, rights.CreditChain, rights.CreditLicenceLink, rights.LimitShare, rights.LimitCount,
		rights.LimitReadMore, rights.EditDeclare, rights.MediaExclude,
	},
	InFeed: {
		rights.LinkRequired, rights.LinkDirect, rights.LinkFollowable, rights.CreditSource, rights.CreditWording, rights.CreditAuthor,
		rights.CreditTranslator, rights.CreditChain, rights.CreditLicenceLink, rights.LimitShare, rights.LimitCount, rights.MediaExclude,
	},
	OnCard: {rights.CreditSource, rights.LimitShare, rights.LimitCount, rights.MediaExclude},
	InKit: {
		rights.LinkRequired, rights.LinkPlace, rights.LinkDirect, rights.LinkFollowable, rights.LinkKeepInner, rights.CreditSource,
		rights.CreditWording, rights.CreditPlace, rights.CreditAuthor, rights.CreditTranslator, rights.CreditChain,
		rights.CreditLicenceLink, rights.LimitShare, rights.LimitCount, rights.LimitReadMore, rights.EditDeclare, rights.MediaExclude,
	},
}

// Judged are the clauses an output is held to.
func (n OutputName) Judged() []rights.Kind { return slices.Clone(judged[n]) }

// judgeOutputs checks what goes out beside the page. Only what an output breaks although the page itself does not is told:
// a finding of the page stands for all of them. What cannot be decided of an output is asked of the page, where there is
// more to see.
func judgeOutputs(p Publication, page []Finding, outputs []Output) []Finding {
	var out []Finding
	for _, o := range outputs {
		var clauses []rights.Clause
		var support []rights.Support
		for i, c := range p.Content.Clauses {
			if slices.Contains(judged[o.Name], c.Kind) {
				clauses, support = append(clauses, c), append(support, p.Content.Support[i])
			}
		}
		for i, f := range rights.Verify(o.Page, p.Content.Facts, clauses) {
			if f.Status != rights.Unmet || slices.ContainsFunc(page, func(k Finding) bool { return k.Kind == f.Kind && k.Status == rights.Unmet }) {
				continue
			}
			out = append(out, Finding{Finding: f, Clause: clauses[i], Support: support[i], Output: o.Name})
		}
	}
	return out
}

// Item is the publication as a list would show it.
func (p Publication) Item() Item {
	c := p.Content
	return newShelfRow(p, archive.Source{ID: c.SourceID, Names: c.SourceNames, HomeURL: c.SourceHome, Language: c.SourceLanguage}).item()
}
