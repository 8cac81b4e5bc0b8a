package web

import "net/http"

// policy is a Content Security Policy and what goes with it. All forbid inline scripts and styles, plugins and other
// hosts; they differ in frames alone.
type policy struct{ csp []string }

const cspCommon = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; "

// strict is every page's policy unless its route names another.
func strict() *policy {
	return &policy{csp: []string{cspCommon + "frame-ancestors 'none'"}}
}

// framing is for a page that shows another page of ours in a frame: the editor with its preview.
func framing() *policy {
	return &policy{csp: []string{cspCommon + "frame-src 'self'; frame-ancestors 'none'"}}
}

// framed is for the page inside: the preview. Its forms go nowhere and its scripts do not run.
func framed() *policy {
	return &policy{csp: []string{"default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"}}
}

func (p *policy) set(h http.Header) { h["Content-Security-Policy"] = p.csp }

// secure sets the headers every response carries. The values are shared between responses: a handler replaces a header
// (Set), and never adds to one of these.
func (s *Server) secure(next http.Handler) http.Handler {
	def := strict()
	nosniff, hsts := []string{"nosniff"}, []string{"max-age=31536000"}
	https := s.origin.Scheme == "https"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		def.set(h)
		h["X-Content-Type-Options"] = nosniff
		if https {
			h["Strict-Transport-Security"] = hsts
		}
		if lang := s.switched(r); lang != "" {
			s.setCookie(w, "lang", lang)
		}
		next.ServeHTTP(w, r)
	})
}

// secureOwn adds what pages made for one request need beside: no other window may hold on to them, nothing in them may
// reach for a device, and where a link of the desk leads learns nothing of the desk. A kept page says what it must in its
// head, once, and not in headers sent a million times: with eight of them net/http stays on its quick path.
func secureOwn(h http.Header) {
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin") // outlets see that readers come from us, not what they read
}
