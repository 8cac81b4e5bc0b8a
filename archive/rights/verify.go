package rights

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// minReadable is how many letters and digits of text make a page readable (data/compliance §2).
const minReadable = 60

// checks is one function for each kind that a page can show. A kind without a line is undecidable.
var checks = map[Kind]func(*verification, Clause) Finding{
	LinkRequired:       (*verification).linkRequired,
	LinkPlace:          (*verification).linkPlace,
	LinkFollowable:     (*verification).linkFollowable,
	LinkDirect:         (*verification).linkDirect,
	LinkVisible:        (*verification).linkVisible,
	LinkKeepInner:      (*verification).linkKeepInner,
	CreditSource:       (*verification).creditSource,
	CreditWording:      (*verification).creditWording,
	CreditPlace:        (*verification).creditPlace,
	CreditAuthor:       (*verification).creditAuthor,
	CreditTranslator:   (*verification).creditTranslator,
	CreditChain:        (*verification).creditChain,
	CreditLicenceLink:  (*verification).licenceLink,
	LimitShare:         (*verification).limitShare,
	LimitCount:         (*verification).limitCount,
	LimitReadMore:      (*verification).readMore,
	EditDeclare:        (*verification).editDeclare,
	MediaExclude:       (*verification).mediaExclude,
	SEOCanonical:       (*verification).canonical,
	TimeEmbargo:        (*verification).embargo,
	TrackPixel:         (*verification).pixel,
	TranslationAllowed: (*verification).translation,

	PermissionRequired:   (*verification).permission,
	PermissionCommercial: (*verification).permission,
}

// verification is one page beside one set of facts.
type verification struct {
	p       *Parsed
	facts   Facts
	clauses []Clause

	outlet    *nameMatcher
	names     []*nameText // of p.blocks, cut when first asked for
	folded    []string    // of p.blocks, folded for wordings
	nameFolds []string    // of p.blocks, folded for names
	bodyPx    float64     // the size most of the text has; 0 until asked for
	sizes     *[2]measure // of the text; nil until asked for
	pixelAt   string      // address of the case's track.pixel
}

// Verify checks the page against clauses and returns one finding for each, in their order.
func (p *Parsed) Verify(facts Facts, clauses []Clause) []Finding {
	v := &verification{p: p, facts: facts, clauses: clauses}
	for _, c := range clauses {
		if c.Kind == TrackPixel {
			v.pixelAt = exactAddress(parseAddress(c.URL, nil, nil))
		}
	}
	out := make([]Finding, 0, len(clauses))
	for _, c := range clauses {
		f := v.check(c)
		f.Kind = c.Kind
		out = append(out, f)
	}
	return out
}

// Readable says whether the page shows enough text to be judged; why is the finding's reason where it does not.
func (p *Parsed) Readable() (why string, ok bool) {
	switch {
	case p.problem != "":
		return p.problem, false
	case p.letters < minReadable:
		return "unreadable", false
	}
	return "", true
}

func (v *verification) check(c Clause) Finding {
	run, known := checks[c.Kind]
	if !known {
		return Finding{Status: Undecidable, Why: "not_on_page"}
	}
	why, ok := v.p.Readable()
	if ok || c.Kind == TimeEmbargo || isPermission(c.Kind) && c.Kind != TranslationAllowed {
		return run(v, c)
	}
	if c.Kind == TranslationAllowed && c.Value == "yes" {
		return run(v, c)
	}
	if v.p.problem != "" {
		return Finding{Status: Undecidable, Why: why}
	}
	switch c.Kind {
	case SEOCanonical:
		if !v.p.blank() {
			return run(v, c)
		}
	case LinkFollowable:
		if why, at, closed := v.p.closed(); closed {
			return v.finding(Unmet, at, why)
		}
	case TrackPixel:
		if f := run(v, c); f.Status == Met {
			return f
		}
	}
	return Finding{Status: Undecidable, Why: why}
}

// finding makes a finding at an element, or at none where it is negative. data are name, value, name, value …
func (v *verification) finding(s Status, at int32, why string, data ...string) Finding {
	f := Finding{Status: s, Why: why, Where: v.p.path(at)}
	for i := 0; i+1 < len(data); i += 2 {
		if f.Data == nil {
			f.Data = make(map[string]string, len(data)/2)
		}
		f.Data[data[i]] = data[i+1]
	}
	return f
}

// path writes where an element stands: "article > p:nth-of-type(2) > a".
func (p *Parsed) path(i int32) string {
	if i < 0 || int(i) >= len(p.elements) {
		return ""
	}
	var parts []string
	for ; i >= 0 && len(parts) < 24; i = p.elements[i].parent {
		e := &p.elements[i]
		if e.tag == "html" || e.tag == "body" && len(parts) > 0 {
			break
		}
		part := e.tag
		if e.id != "" && len(e.id) < 40 && !strings.ContainsAny(e.id, " .#>:") {
			parts = append(parts, part+"#"+e.id)
			break
		}
		n, more := 1, false
		for s := e.node.PrevSibling; s != nil; s = s.PrevSibling {
			if s.Type == html.ElementNode && s.Data == e.node.Data {
				n++
			}
		}
		for s := e.node.NextSibling; s != nil && !more; s = s.NextSibling {
			more = s.Type == html.ElementNode && s.Data == e.node.Data
		}
		if n > 1 || more {
			part += ":nth-of-type(" + strconv.Itoa(n) + ")"
		}
		parts = append(parts, part)
	}
	for a, b := 0, len(parts)-1; a < b; a, b = a+1, b-1 {
		parts[a], parts[b] = parts[b], parts[a]
	}
	return strings.Join(parts, " > ")
}

// target returns the keys of the addresses a link clause asks for.
func (v *verification) target(c Clause) []string {
	target := c.Target
	if target == "" {
		for _, other := range v.clauses {
			if other.Kind == LinkRequired {
				target = other.Target
			}
		}
	}
	o := v.facts.Original
	switch target {
	case "homepage":
		return keys(o.HomeURL)
	case "article":
		return keys(o.URL, o.CanonicalURL)
	}
	return keys(o.HomeURL, o.URL, o.CanonicalURL)
}

// sources lists the shown links to a target, and whether a redirector to it is shown.
func (v *verification) sources(want []string) (found []*link, redirector *link) {
	for i := range v.p.links {
		l := &v.p.links[i]
		if l.key != "" && contains(want, l.key) {
			found = append(found, l)
			continue
		}
		if redirector == nil {
			for _, key := range l.at.carried() {
				if contains(want, key) {
					redirector = l
				}
			}
		}
	}
	return found, redirector
}

// withSource runs a check on the source links; without any the answer is the same for all link checks.
func (v *verification) withSource(c Clause, check func([]*link) Finding) Finding {
	want := v.target(c)
	found, redirector := v.sources(want)
	switch {
	case len(found) > 0:
		return check(found)
	case redirector != nil && c.Kind == LinkDirect:
		return v.finding(Unmet, redirector.el, "redirector", "Address", redirector.at.String())
	case redirector != nil:
		return v.finding(Undecidable, redirector.el, "redirector", "Address", redirector.at.String())
	}
	return v.missingLink(want)
}

// missingLink says why no source link is shown: there is none, or it is where nobody sees it or nobody looks.
func (v *verification) missingLink(want []string) Finding {
	for i := range v.p.elements {
		e := &v.p.elements[i]
		if !e.isLink() || !contains(want, v.p.resolve(e.value("href")).key()) {
			continue
		}
		switch {
		case e.inert:
			return v.finding(Unmet, int32(i), "link_in_noscript")
		case v.p.insideRegion(int32(i)):
			return v.finding(Unmet, int32(i), "link_hidden")
		default:
			return v.finding(Unmet, int32(i), "link_outside")
		}
	}
	return v.finding(Unmet, v.p.region, "no_link")
}

// insideRegion says whether an element stands in the region and in no excluded part of it.
func (p *Parsed) insideRegion(i int32) bool {
	for ; i >= 0; i = p.elements[i].parent {
		if i == p.region {
			return true
		}
		if p.excluded(i) {
			return false
		}
	}
	return false
}

func (v *verification) linkRequired(c Clause) Finding {
	return v.withSource(c, func(found []*link) Finding {
		return v.finding(Met, found[0].el, "link_found", "Address", found[0].at.String())
	})
}

func (v *verification) linkPlace(c Clause) Finding {
	ok, known := v.placeTest(c.Within)
	if !known {
		return v.finding(Undecidable, -1, "unknown_place", "Place", c.Within)
	}
	return v.withSource(c, func(found []*link) Finding {
		for _, l := range found {
			for _, piece := range l.pieces {
				if piece.block >= 0 && v.p.blocks[piece.block].Number >= 0 && ok(piece) {
					return v.finding(Met, l.el, "link_in_place", "Block", strconv.Itoa(v.p.blocks[piece.block].Number))
				}
			}
		}
		return v.finding(Unmet, found[0].el, "link_misplaced", "Place", c.Within)
	})
}

// placeTest reads the within parameter.
func (v *verification) placeTest(within string) (func(linkPiece) bool, bool) {
	number := func(piece linkPiece) int { return v.p.blocks[piece.block].Number }
	switch within {
	case "first_paragraph", "top":
		return func(piece linkPiece) bool { return number(piece) <= 1 }, true
	case "end":
		return func(piece linkPiece) bool { return number(piece) >= v.p.paragraphs }, true
	case "first_sentence":
		return func(piece linkPiece) bool {
			b := &v.p.blocks[piece.block]
			if b.Number == 0 {
				return true
			}
			return b.Number == 1 && b.Kind == ParagraphBlock && piece.offset < firstSentence(v.p.raw[b.raw].joined(shown))
		}, true
	}
	if digits, ok := strings.CutPrefix(within, "paragraphs:"); ok {
		if n, err := strconv.Atoi(strings.TrimSpace(digits)); err == nil {
			return func(piece linkPiece) bool { return number(piece) <= n }, true
		}
	}
	return nil, false
}

func (v *verification) linkFollowable(c Clause) Finding {
	return v.withSource(c, func(found []*link) Finding {
		if why, at, closed := v.p.closed(); closed {
			return v.finding(Unmet, at, why)
		}
		for _, l := range found {
			if v.p.followable(l.el) {
				return v.finding(Met, l.el, "link_followable")
			}
		}
		e := &v.p.elements[found[0].el]
		if e.noindex {
			return v.finding(Unmet, found[0].el, "in_noindex")
		}
		return v.finding(Unmet, found[0].el, "nofollow", "Rel", e.value("rel"))
	})
}

func (v *verification) linkDirect(c Clause) Finding {
	return v.withSource(c, func(found []*link) Finding {
		for _, l := range found {
			if !v.p.elements[l.el].hijacked() {
				return v.finding(Met, l.el, "link_direct")
			}
		}
		return v.finding(Unmet, found[0].el, "script_on_link")
	})
}

// hijacked says whether a script on the link may lead elsewhere.
func (e *element) hijacked() bool {
	for _, name := range []string{"onclick", "onmousedown", "onauxclick", "onpointerdown"} {
		script := e.value(name)
		for _, word := range []string{"location", "window.open", "return false", "preventDefault", "href"} {
			if strings.Contains(script, word) {
				return true
			}
		}
	}
	return false
}

func (v *verification) linkVisible(c Clause) Finding {
	return v.withSource(c, func(found []*link) Finding {
		size := v.textSize()
		small := false
		for _, l := range found {
			for _, piece := range l.pieces {
				if piece.el < 0 {
					continue
				}
				e := &v.p.elements[piece.el]
				switch {
				case float64(e.fontSize) < size-0.5:
					small = true
				case e.contrast >= 3:
					return v.finding(Met, l.el, "link_visible")
				}
			}
		}
		if small {
			return v.finding(Unmet, found[0].el, "link_small")
		}
		return v.finding(Unmet, found[0].el, "link_faint")
	})
}

// textSize is the font size that most characters of the paragraphs have.
func (v *verification) textSize() float64 {
	if v.bodyPx > 0 {
		return v.bodyPx
	}
	count := make(map[float32]int, 4)
	size, n := float32(0), 0 // of the pieces since the size last changed
	for i := range v.p.blocks {
		if b := &v.p.blocks[i]; b.Kind == ParagraphBlock {
			for _, piece := range v.p.raw[b.raw].pieces {
				if piece.seen != shown {
					continue
				}
				if own := v.p.elements[piece.el].fontSize; own != size {
					count[size] += n
					size, n = own, 0
				}
				n += utf8.RuneCountInString(strings.TrimSpace(piece.text))
			}
		}
	}
	count[size] += n
	most := 0
	for size, n := range count {
		if n > most || n == most && float64(size) > v.bodyPx {
			v.bodyPx, most = float64(size), n
		}
	}
	return v.bodyPx
}

func (v *verification) linkKeepInner(Clause) Finding {
	for _, inner := range v.facts.Original.InnerLinks {
		if v.shownLink(keys(inner)) == nil {
			return v.finding(Unmet, v.p.region, "inner_link_lost", "Address", inner)
		}
	}
	return v.finding(Met, -1, "inner_links_kept")
}

// shownLink returns a shown link to one of the addresses.
func (v *verification) shownLink(want []string) *link {
	for i := range v.p.links {
		if l := &v.p.links[i]; l.key != "" && contains(want, l.key) {
			return l
		}
	}
	return nil
}

func (v *verification) creditChain(Clause) Finding {
	if len(v.facts.Chain) == 0 {
		return v.finding(Undecidable, -1, "no_chain")
	}
	for _, hop := range v.facts.Chain {
		if v.shownLink(keys(hop.URL, hop.HomeURL)) == nil {
			return v.finding(Unmet, v.p.region, "hop_missing", "Outlet", hop.Outlet)
		}
	}
	return v.finding(Met, -1, "chain_complete")
}

func (v *verification) licenceLink(c Clause) Finding {
	want := licenceKey(parseAddress(c.URL, nil, nil))
	if want == "" {
		return v.finding(Undecidable, -1, "no_licence_named")
	}
	for i := range v.p.links {
		if l := &v.p.links[i]; licenceKey(l.at) == want {
			return v.finding(Met, l.el, "licence_linked")
		}
	}
	return v.finding(Unmet, v.p.region, "licence_missing", "Address", c.URL)
}

// licenceKey is the key of an address without a last path segment that only names a rendering of the licence.
func licenceKey(a address) string {
	path := strings.TrimRight(a.path, "/")
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		name, lang, _ := strings.Cut(path[i+1:], ".")
		if (name == "deed" || name == "legalcode") && len(lang) <= 10 {
			a.path = path[:i]
		}
	}
	return a.key()
}

// within says whether a count is within a limit; percent limits allow for rounding of the arithmetic, not of the text.
func within(n, limit float64) bool { return n <= limit+1e-9*math.Max(1, math.Abs(limit)) }
