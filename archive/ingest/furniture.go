package ingest

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// furniture names what is on a page beside the article. The page says so itself, by elements, roles and the words of
// classes and ids; a label counts only where the element does not hold the better part of the page's text.
type furniture string

// The kinds of furniture.
const (
	asNav     furniture = "nav"
	asShare   furniture = "share"
	asRelated furniture = "related"
	asAd      furniture = "ad"
	asComment furniture = "comment"
	asAux     furniture = "aux" // side columns, forms, pop-ups, newsletters
	asMeta    furniture = "meta"
	asCaption furniture = "caption"
	asFooter  furniture = "footer"
	asHeader  furniture = "header"
	asEmbed   furniture = "embed"
	asHidden  furniture = "hidden"
	asTitle   furniture = "title"
	asLead    furniture = "lead"
)

// furnitureWords maps the words of class names to what they mean.
var furnitureWords = map[string]furniture{
	"nav": asNav, "navigation": asNav, "navbar": asNav, "menu": asNav, "submenu": asNav, "breadcrumb": asNav, "breadcrumbs": asNav,
	"crumbs": asNav, "pagination": asNav, "pager": asNav, "paging": asNav, "toolbar": asNav, "skip": asNav, "langs": asNav, "tools": asNav,
	"sitemap": asNav, "toc": asNav,

	"share": asShare, "sharing": asShare, "sharebar": asShare, "sharer": asShare, "shares": asShare, "shr": asShare, "social": asShare, "socials": asShare,
	"socialbar": asShare, "follow": asShare, "followus": asShare, "addthis": asShare, "sharethis": asShare, "addtoany": asShare, "likely": asShare,
	"sharedaddy": asShare, "share2": asShare, "soc": asShare, "likes": asShare, "repost": asShare,

	"related": asRelated, "recommended": asRelated, "recommend": asRelated, "recommendation": asRelated,
	"recommendations": asRelated, "recirc": asRelated, "recirculation": asRelated, "readmore": asRelated, "readnext": asRelated, "readalso": asRelated,
	"morenews": asRelated, "more": asRelated, "popular": asRelated, "trending": asRelated, "mostread": asRelated, "mostpopular": asRelated,
	"teaser": asRelated, "teasers": asRelated, "promo": asRelated, "promos": asRelated, "promoted": asRelated, "seealso": asRelated, "similar": asRelated, "latest": asRelated,
	"outbrain": asRelated, "taboola": asRelated, "zergnet": asRelated, "newsfeed": asRelated, "upnext": asRelated, "jp": asRelated,
	"relatedposts": asRelated, "relap": asRelated, "mgbox": asRelated, "rel": asRelated, "carousel": asRelated, "slider": asRelated,

	"ad": asAd, "ads": asAd, "adv": asAd, "advert": asAd, "adverts": asAd, "advertisement": asAd, "advertising": asAd, "adsbygoogle": asAd,
	"adbox": asAd, "adblock": asAd, "adunit": asAd, "adslot": asAd, "sponsor": asAd, "sponsored": asAd, "sponsors": asAd, "banner": asAd, "banners": asAd,
	"dfp": asAd, "gpt": asAd, "reklama": asAd, "commercial": asAd, "affiliate": asAd, "adfox": asAd, "googlead": asAd, "adsense": asAd,

	"comment": asComment, "comments": asComment, "commentlist": asComment, "disqus": asComment, "respond": asComment, "replies": asComment,
	"livefyre": asComment, "viafoura": asComment, "coral": asComment,

	"sidebar": asAux, "rail": asAux, "widget": asAux, "widgets": asAux, "newsletter": asAux, "newsletters": asAux, "subscribe": asAux, "subscription": asAux,
	"signup": asAux, "signin": asAux, "login": asAux, "register": asAux, "cookie": asAux, "cookies": asAux, "gdpr": asAux, "consent": asAux, "popup": asAux,
	"modal": asAux, "overlay": asAux, "tooltip": asHidden, "popover": asHidden, "hovercard": asHidden, "flyout": asHidden, "donate": asAux, "donation": asAux, "poll": asAux, "survey": asAux, "quiz": asAux, "search": asAux,
	"rating": asAux, "ratings": asAux, "vote": asAux, "votes": asAux, "counter": asAux, "views": asAux, "print": asAux, "noprint": asAux, "loader": asAux, "loading": asAux,
	"complementary": asAux, "dialog": asAux, "playlist": asAux, "ticker": asAux, "weather": asAux,
	"callout": asAux, "feedback": asAux, "error": asAux, "bio": asAux, "authorbox": asAux, "cta": asAux, "infobox": asAux,

	"byline": asMeta, "bylines": asMeta, "author": asMeta, "authors": asMeta, "dateline": asMeta, "timestamp": asMeta, "date": asMeta, "datetime": asMeta,
	"published": asMeta, "meta": asMeta, "metadata": asMeta, "postmeta": asMeta, "tags": asMeta, "taglist": asMeta, "tag": asMeta, "keywords": asMeta, "category": asMeta,
	"categories": asMeta, "topics": asMeta, "copyright": asMeta, "license": asMeta, "disclaimer": asMeta, "rubric": asMeta, "kicker": asMeta,
	"hashtags": asMeta, "labels": asMeta, "updated": asMeta,

	"caption": asCaption, "captions": asCaption, "figcaption": asCaption, "credit": asCaption, "credits": asCaption, "photocredit": asCaption,
	"imagecredit": asCaption, "cap": asCaption, "gallery": asCaption, "slideshow": asCaption, "fotorama": asCaption,

	"footer": asFooter, "contentinfo": asFooter, "foot": asFooter,
	"masthead": asHeader,
}

// furniturePairs are two words that mean something only together.
var furniturePairs = map[string]furniture{
	"read also": asRelated, "read more": asRelated, "read next": asRelated, "see also": asRelated, "also read": asRelated, "more news": asRelated,
	"most read": asRelated, "you may": asRelated, "up next": asRelated, "next article": asRelated, "other news": asRelated, "article list": asRelated,
	"sign up": asAux, "sign in": asAux, "log in": asAux, "side bar": asAux, "right column": asAux, "right col": asAux, "author bio": asAux,
	"about author": asAux, "author info": asAux, "author box": asAux, "app banner": asAd, "site header": asHeader, "page header": asHeader,
	"rollover block": asHidden, "rollover content": asHidden, "hover card": asHidden, "sr only": asHidden, "visually hidden": asHidden, "screen reader": asHidden, "key points": asAux,
	"instagram media": asEmbed, "twitter tweet": asEmbed, "fb post": asEmbed, "tiktok embed": asEmbed, "photo credit": asCaption,
	"article tags": asMeta, "post tags": asMeta, "in this": asRelated, "news list": asRelated, "last news": asRelated,
}

// weak are labels that elements of the article itself often carry.
func weak(f furniture) bool {
	switch f {
	case asMeta, asCaption, asAux, asHeader, asFooter:
		return true
	}
	return false
}

// furnitureOf returns what the page calls an element, "" where it is none or holds too much to be one.
func (w *walker) furnitureOf(n *html.Node) furniture {
	f, ok := w.called[n]
	if !ok {
		f = w.nameOf(n)
		w.called[n] = f
	}
	return f
}

func (w *walker) nameOf(n *html.Node) furniture {
	s := w.sizes[n]
	if s.plain+s.linked == 0 {
		return ""
	}
	switch n.DataAtom {
	case atom.Nav, atom.Menu:
		return asNav
	case atom.Footer:
		return asFooter
	}
	if hidden(n) {
		return asHidden
	}
	if 10*s.plain > 4*w.total && s.plain > 200 {
		return ""
	}
	switch n.DataAtom {
	case atom.Aside:
		return asAux
	case atom.Form, atom.Fieldset, atom.Label:
		return asAux
	case atom.Figcaption, atom.Caption:
		return asCaption
	case atom.Header:
		return asHeader
	case atom.Del, atom.Strike:
		return ""
	case atom.Html, atom.Body, atom.Main:
		return ""
	}
	if n.DataAtom == atom.Time {
		return asMeta
	}
	switch n.DataAtom {
	case atom.Article, atom.H1:
		return ""
	}
	words := strings.Fields(labels(n))
	if len(words) > 40 {
		words = words[:40]
	}
	var found furniture
	for i, word := range words {
		if i > 0 {
			if f, ok := furniturePairs[words[i-1]+" "+word]; ok {
				return f
			}
		}
		if f, ok := furnitureWords[word]; ok && found == "" {
			found = f
		}
	}
	return found
}
