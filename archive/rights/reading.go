package rights

import "encoding/json"

// Statement is a piece of a page that may state terms of reuse, with what is known of its surroundings.
type Statement struct {
	Lang   string // BCP 47; empty: judged by the letters
	Text   string
	Outlet string // who says it; may be empty
	Where  string // header, footer, terms page, form …; may be empty
	Host   string // host of the page; may be empty
}

// Reading is what a statement asks for. Pointers are nil and strings empty (null in JSON) where the statement is silent.
type Reading struct {
	IsPolicy           bool   `json:"is_policy"`
	RequiresHyperlink  *bool  `json:"requires_hyperlink"` // false: said not to be needed, forbidden, or only liked
	LinkTarget         string `json:"link_target"`        // homepage, article, any
	Placement          string `json:"placement"`          // first_paragraph, beginning, end, any
	PlacementDetail    string `json:"placement_detail"`   // title, title (credit), paragraph <= 2
	Followable         *bool  `json:"followable"`
	CreditRequired     *bool  `json:"credit_required"`
	CreditText         string `json:"credit_text"`
	PermissionRequired *bool  `json:"permission_required"` // false: said not to be needed
	PermissionScope    string `json:"permission_scope"`    // full_text, photos, commercial, editing; empty: all reuse
	ExcerptLimit       string `json:"excerpt_limit"`
	TranslationAllowed string `json:"translation_allowed"` // yes, no, permission, unstated
	Noncommercial      *bool  `json:"noncommercial"`

	Clauses    []Clause `json:"clauses"`
	Confidence float64  `json:"confidence"` // of IsPolicy, 0 to 1
	Why        []string `json:"why"`        // the rules that decided, in order, as "link: must"
}

// MarshalJSON writes what is not stated as null, never as an empty string, and lists never as null.
func (r Reading) MarshalJSON() ([]byte, error) {
	type plain Reading
	null := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	if r.Clauses == nil {
		r.Clauses = []Clause{}
	}
	if r.Why == nil {
		r.Why = []string{}
	}
	return json.Marshal(struct {
		plain
		LinkTarget      *string `json:"link_target"`
		Placement       *string `json:"placement"`
		PlacementDetail *string `json:"placement_detail,omitempty"`
		CreditText      *string `json:"credit_text,omitempty"`
		PermissionScope *string `json:"permission_scope,omitempty"`
		ExcerptLimit    *string `json:"excerpt_limit"`
	}{
		plain(r), null(r.LinkTarget), null(r.Placement), null(r.PlacementDetail), null(r.CreditText),
		null(r.PermissionScope), null(r.ExcerptLimit),
	})
}

func isTrue(b *bool) bool { return b != nil && *b }
