package language

import "testing"

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		tag, want string
		ok        bool
	}{
		{"hy", "hy", true},
		{"arm", "hy", true},
		{"hye", "hy", true},
		{"ARM", "hy", true},
		{"hy-AM", "hy", true},
		{"hy_AM", "hy", true},
		{"hy-arevela", "hy", true},
		{"hy_AM.UTF-8", "hy", true},
		{"hy-Armn-AM", "hy", true},
		{" hy ", "hy", true},
		{"hyw", "hyw", true},
		{"hyw-LB", "hyw", true},
		{"hy-arevmda", "hyw", true},
		{"am", "am", true},
		{"amh", "am", true},
		{"am-ET", "am", true},
		{"en", "en", true},
		{"eng", "en", true},
		{"en-GB", "en", true},
		{"EN_us", "en", true},
		{"en-US-u-ca-gregory", "en", true},
		{"ru", "ru", true},
		{"rus", "ru", true},
		{"ru-RU", "ru", true},
		{"ru_RU.KOI8-R", "ru", true},
		{"ukr", "uk", true},
		{"geo", "ka", true},
		{"kat", "ka", true},
		{"azj", "az", true},
		{"az-Cyrl-AZ", "az", true},
		{"ger", "de", true},
		{"iw", "he", true},
		{"und", "und", true},
		{"grc", "grc", true},
		{"English", "en", true},
		{"", "", false},
		{"h", "", false},
		{"x-klingon", "", false},
		{"12", "", false},
		{"ру", "", false},
		{"en US", "", false},
		{"en,ru", "", false},
		{"en-<script>", "", false},
		{"nonsense", "", false},
	} {
		got, ok := Parse(tt.tag)
		if got != tt.want || ok != tt.ok {
			t.Errorf("Parse(%q) = %q, %v, want %q, %v", tt.tag, got, ok, tt.want, tt.ok)
		}
	}
}

func TestLabel(t *testing.T) {
	for tag, want := range map[string]string{"en": "EN", "ru-RU": "RU", "hy": "ARM", "hye": "ARM", "hyw": "HYW", "am": "AM", "rus": "RU", "": "", "?": ""} {
		if got := Label(tag); got != want {
			t.Errorf("Label(%q) = %q, want %q", tag, got, want)
		}
	}
}
