package rights

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestCascadeAsInBrowser compares what random style sheets come to with what a real browser makes of them. COLOPHON_BROWSER
// names the browser; COLOPHON_BROWSER_PAGES and COLOPHON_BROWSER_SEED say how many pages and which.
func TestCascadeAsInBrowser(t *testing.T) {
	browser := os.Getenv("COLOPHON_BROWSER")
	if browser == "" {
		t.Skip("COLOPHON_BROWSER names no browser")
	}
	seed, batch := uint64(os.Getpid()), 40
	if n, err := strconv.Atoi(os.Getenv("COLOPHON_BROWSER_PAGES")); err == nil {
		batch = n
	}
	if n, err := strconv.ParseUint(os.Getenv("COLOPHON_BROWSER_SEED"), 10, 64); err == nil {
		seed = n
	}
	t.Logf("seed %d, %d pages", seed, batch)
	r := rand.New(rand.NewPCG(1, seed))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	tags := []string{"div", "p", "span", "em", "section", "h2", "ul", "li", "small", "a", "font", "b", "table"}
	simple := []string{
		"div", "p", "span", ".a", ".b", ".c", "#x", "#y", "*", "a", "em", "[title]", "[title=q]", "[class~=a]", "[class^=a]", "[title*=Q i]", ":first-child",
		":last-child", ":nth-child(2n+1)", ":nth-child(even)", ":nth-last-child(-n+2)", ":nth-of-type(2)", ":not(.a)", ":not(.a, .b)", ":is(.a, #x)", ":where(.b, p)", ":hover",
		":only-child", ":empty", ":link", ":first-of-type", ":nth-child(2 of .a)", "p:not(:first-child)", "li.a", "span.b.c", ":root", "A", ".A", ":has(em)", ":has(> .a)", ":not(:hover)", "::before",
		":visited", ":bogus", ":is(:bogus, .a)", "[hidden]", ":has(+ p)", ".a:hover", "\\2e a", ".\\61 ", "p::first-line", ":lang(en)", "div:nth-child(n+3)", ":nth-last-of-type(odd)",
	}
	comb := []string{" ", " ", " > ", " + ", " ~ ", ">", "  "}
	selector := func() string {
		s := pick(simple)
		for r.IntN(3) == 0 {
			s += pick(comb) + pick(simple)
		}
		for r.IntN(6) == 0 {
			s += ", " + pick(simple)
		}
		return s
	}
	decls := []string{
		"color:red", "color:#fff", "color:rgb(10 20 30 / 50%)", "color:rgba(1,2,3,.05)", "color:transparent", "color:hsl(120 50% 40%)", "color:hsl(40,100%,50%)", "color:currentcolor", "color:bogus",
		"color:inherit", "color:initial", "color:unset", "color:revert", "background:white", "background:#123", "background-color:rgba(255,0,0,.4)", "background:none", "background:url(x.png)", "background:linear-gradient(red,blue)",
		"background-color:inherit", "background:#eee url(a.png) no-repeat 0 0/cover", "background:currentcolor", "font-size:8px", "font-size:80%", "font-size:.9em", "font-size:larger", "font-size:small", "font-size:1.2rem", "font-size:0", "font-size:3vw",
		"font-size:calc(1em + 2px)", "font:12px/1.5 serif", "font:0/0 a", "font:italic bold .8em/1.2 Arial, sans-serif", "font:12px", "font-size:max(10px,.5em)", "font-size:12", "font-size:-3px", "font-size:clamp(8px,2vw,20px)",
		"visibility:hidden", "visibility:visible", "visibility:collapse", "visibility:inherit", "opacity:.5", "opacity:.05", "opacity:0", "opacity:50%", "opacity:2", "opacity:bogus", "opacity:inherit", "display:none", "display:block", "display:inline", "display:flex",
		"display:bogus", "display:none;display:bogus", "display:inherit", "display:contents", "--v:red", "--v:none", "--w:var(--v)", "color:var(--v)", "color:var(--w,blue)", "display:var(--v)", "display:var(--v,block)", "--v: ", "--v:initial", "--u:var(--u)", "color:var(--u,green)",
		"font-size:var(--s,10px)", "--s:calc(4px*3)", "--s:2em", "all:unset", "all:initial", "color:color-mix(in srgb, red 30%, blue)", "color:light-dark(#333,#ccc)", "color:oklch(0.6 0.1 200)", "color:lab(50% 20 -30)", "color:hwb(90 10% 20%)", "color:color(srgb .2 .4 .6)",
		"font-size:xx-large", "opacity:calc(.1*3)", "color:RED", "COLOR:blue", "color:re\\64", "c\\6flor:navy", "color:/**/teal/**/", "background:#f00;background:bogus", "color:#12345", "font-size:1e1px", "opacity:.5.5", "color:linktext", "font-size:medium", "hidden:yes",
	}
	declare := func(n int) string {
		var b strings.Builder
		for range 1 + r.IntN(n) {
			d := pick(decls)
			if r.IntN(7) == 0 && !strings.Contains(d, ";") {
				d += pick([]string{" !important", "!important", " ! important", " !IMPORTANT"})
			}
			b.WriteString(d + pick([]string{";", "; ", ";;", ";/* x */"}))
		}
		return b.String()
	}
	var rule func(depth int) string
	rule = func(depth int) string {
		switch r.IntN(24) {
		case 0:
			return "@media " + pick([]string{"print", "screen", "(max-width:900px)", "screen and (min-width:800px)", "not print", "all and (orientation:landscape)", "(400px<=width<=2000px)", "not all", "bogus", "only screen", "(prefers-color-scheme:dark)", "print,screen", "not (min-width:5000px)", "(min-width:1px) and (color)", "(bogus:1)", "not (bogus:1)", "(color) or (bogus)"}) + "{" + rule(depth+1) + rule(depth+1) + "}"
		case 1:
			return "@supports " + pick([]string{"(display:grid)", "not (display:grid)", "(display:bogus)", "(color:red) and (opacity:1)", "selector(:is(a))", "selector(:bogus)", "(-moz-x:1)", "((color:red) or (x:y))"}) + "{" + rule(depth+1) + "}"
		case 2:
			return "@layer " + pick([]string{"p", "q", "p.r", ""}) + "{" + rule(depth+1) + "}"
		case 3:
			return "@layer q,p;"
		case 4:
			return "@font-face{font-family:x}@page{margin:0}@unknown foo;@unknown{a{color:red}}"
		case 5:
			return pick([]string{"}", "{}", "<!--", "-->", "a{", "/* ; } */", "@import 'x.css';", "\"x\"{color:red}", ";"})
		case 6:
			if depth < 3 {
				return selector() + "{" + declare(2) + pick([]string{"& .a", ".b &", "> p", "&.c", "span", "&:not(.a)", "+ p", "@media screen", "@media print"}) + "{" + declare(2) + "}" + declare(1) + "}"
			}
		}
		return selector() + "{" + declare(4) + "}\n"
	}
	page := func() string {
		var b strings.Builder
		b.WriteString(pick([]string{"<!DOCTYPE html>", "<!DOCTYPE html>", "<!DOCTYPE html>", ""}) + "<html lang=en><head><style>")
		for range 3 + r.IntN(14) {
			b.WriteString(rule(0))
		}
		b.WriteString("</style><style media='" + pick([]string{"", "print", "screen", "(max-width:10px)"}) + "' type='" + pick([]string{"", "text/css", "text/x"}) + "'>" + rule(0) + "</style></head><body " +
			pick([]string{"", "bgcolor=navy", "text=#abc", "link=lime", "text=chucknorris"}) + ">")
		var node func(depth int)
		node = func(depth int) {
			tag := pick(tags)
			b.WriteString("<" + tag)
			if r.IntN(2) == 0 {
				b.WriteString(" class='" + pick([]string{"a", "b", "c", "a b", "b c", "A"}) + "'")
			}
			if r.IntN(8) == 0 {
				b.WriteString(" id=" + pick([]string{"x", "y"}))
			}
			if r.IntN(8) == 0 {
				b.WriteString(" title=" + pick([]string{"q", "Qr"}))
			}
			if r.IntN(16) == 0 {
				b.WriteString(" hidden")
			}
			if tag == "a" {
				b.WriteString(" href=/")
			}
			if tag == "font" {
				b.WriteString(pick([]string{" color=white", " size=1", " color=#0f0 size=+2", " color=''"}))
			}
			if r.IntN(5) == 0 {
				b.WriteString(` style="` + strings.ReplaceAll(declare(3), `"`, "") + `"`)
			}
			if r.IntN(20) == 0 {
				b.WriteString(" bgcolor=red style='color:blue'")
			}
			b.WriteString(">t")
			if depth < 5 {
				for range r.IntN(4) {
					node(depth + 1)
				}
			}
			b.WriteString("</" + tag + ">")
		}
		for range 4 {
			node(0)
		}
		return b.String()
	}
	script := `<script id=probe>
const cv=document.createElement('canvas').getContext('2d',{willReadFrequently:true});
function rgba(s){let m=s.match(/^rgba?\(([\d.e-]+), ([\d.e-]+), ([\d.e-]+)(?:, ([\d.e-]+))?\)$/);if(m)return[+m[1],+m[2],+m[3],m[4]===undefined?1:+m[4]];
cv.clearRect(0,0,1,1);cv.fillStyle=s;cv.fillRect(0,0,1,1);let d=cv.getImageData(0,0,1,1).data;return[d[0],d[1],d[2],d[3]/255]}
function lum(c){let f=v=>{v/=255;return v<=0.04045?v/12.92:Math.pow((v+0.055)/1.055,2.4)};return .2126*f(c[0])+.7152*f(c[1])+.0722*f(c[2])}
document.getElementById('probe').remove();document.addEventListener('DOMContentLoaded',()=>{
let out=[];for(const e of document.querySelectorAll('*')){const s=getComputedStyle(e);let op=1,none=false,bg=[255,255,255,1],img=false,found=false;
for(let a=e;a;a=a.parentElement){const t=getComputedStyle(a);op*=+t.opacity;if(t.display==='none')none=true;if(!found){if(t.backgroundImage!=='none'){img=true;found=true}else{let b=rgba(t.backgroundColor);if(b[3]>=.5){bg=b;found=true}}}}
let c=rgba(s.color),x=lum(c),y=lum(bg);if(x<y)[x,y]=[y,x];
out.push({tag:e.localName,cls:e.className,size:parseFloat(s.fontSize),unseen:none||s.visibility!=='visible'||op<.1,op:op,alpha:c[3],contrast:img?22:(x+.05)/(y+.05),none:none})}
document.documentElement.innerHTML='<pre id=out></pre>';document.getElementById('out').textContent='@@'+JSON.stringify(out)+'@@'});
</script>`
	dir := t.TempDir()
	for n := range batch {
		source := page()
		name := filepath.Join(dir, fmt.Sprint(n, ".html"))
		if err := os.WriteFile(name, []byte(source+script), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--window-size=1280,720", "--user-data-dir="+filepath.Join(dir, "profile"), "--dump-dom", "file://"+name).Output()
		if err != nil {
			t.Fatal(err)
		}
		_, text, ok := strings.Cut(string(out), "@@")
		text, _, _ = strings.Cut(text, "@@")
		if !ok {
			t.Fatalf("no answer from the browser: %.500s", out)
		}
		var want []struct {
			Tag, Cls        string
			Size            float64
			Unseen, None    bool
			Op              float64
			Alpha, Contrast float64
		}
		if err := json.Unmarshal([]byte(strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)), &want); err != nil {
			t.Fatal(err)
		}
		p := Parse(Page{Body: []byte(source), URL: "https://own.example/"})
		if len(want) != len(p.elements) {
			t.Errorf("%d elements, browser %d\n%s", len(p.elements), len(want), source)
			continue
		}
		for i, w := range want {
			e := &p.elements[i]
			unseen := e.unseen
			bad := ""
			inHead := false
			for a := int32(i); a >= 0; a = p.elements[a].parent {
				inHead = inHead || p.elements[a].tag == "head"
			}
			switch {
			case inHead, w.Size == 6: // Chromium raises relative sizes below 6 px to 6
			case math.Abs(float64(e.fontSize)-w.Size) > 0.06 && !w.None:
				bad = "size"
			case unseen != w.Unseen:
				bad = "unseen"
			case math.Abs(float64(e.alpha)-w.Alpha) > 0.02:
				bad = "alpha"
			case math.Abs(float64(e.contrast)-w.Contrast) > 0.15*w.Contrast:
				bad = "contrast"
			}
			if bad != "" {
				t.Errorf("page %d: %s of %s: got size %v unseen %v alpha %v contrast %v, browser %+v\n%s", n, bad, p.path(int32(i)), e.fontSize, unseen, e.alpha, e.contrast, w, source)
				break
			}
		}
	}
}
