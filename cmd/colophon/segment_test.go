package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSegment(t *testing.T) {
	in := strings.Join([]string{
		`{"id":"a","lang":"hy","text":"Նա եկավ: Նա գնաց։"}`,
		`{"id":7,"lang":"arm","text":"Նա եկավ: Նա գնաց։"}`,
		`{"id":"no language","text":"Նա եկավ: Նա գնաց։"}`,
		`not JSON`,
		``,
		`{"id":"wrong","lang":"en","text":5}`,
		`{"id":"b","lang":"en","text":"Mr. Smith met Sen. Lee. They <talked> & left."}`,
		`{"id":"empty","lang":"ru","text":" \n"}`,
		`{"id":"c","lang":"ru","text":"В 2019 г. Москва росла и т. д. Потом — нет."}`,
	}, "\n")
	status, out, errs := command(t, in, "segment", "--jsonl")
	if status != exitFindings {
		t.Errorf("status %d, want %d", status, exitFindings)
	}
	var got []string
	for line := range strings.Lines(out) {
		if strings.Contains(line, `"error"`) {
			line = line[:strings.Index(line, `,"error"`)]
		}
		got = append(got, strings.TrimSpace(line))
	}
	want := []string{
		`{"id":"a","segments":["Նա եկավ:","Նա գնաց։"]}`,
		`{"id":7,"segments":["Նա եկավ:","Նա գնաց։"]}`,
		`{"id":"no language","segments":["Նա եկավ:","Նա գնաց։"]}`,
		`{"id":"wrong"`,
		`{"id":"b","segments":["Mr. Smith met Sen. Lee.","They <talked> & left."]}`,
		`{"id":"empty","segments":[]}`,
		`{"id":"c","segments":["В 2019 г. Москва росла и т. д.","Потом — нет."]}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
	if !strings.Contains(errs, "Line 4:") || !strings.Contains(errs, "Line 6:") || strings.Count(errs, "\n") != 2 {
		t.Errorf("errors do not name lines 4 and 6, a line each: %q", errs)
	}
}

// TestSegmentLongLine: a line may hold a book, up to 16 MB.
func TestSegmentLongLine(t *testing.T) {
	sentence := "Գիրքը շատ երկար է։ "
	text := strings.Repeat(sentence, 5_000_000/len(sentence))
	line, err := json.Marshal(map[string]string{"id": "book", "lang": "hy", "text": text})
	if err != nil {
		t.Fatal(err)
	}
	status, out, errs := command(t, string(line), "segment", "--jsonl")
	var got struct{ Segments []string }
	if err := json.Unmarshal([]byte(out), &got); err != nil || status != exitDone || errs != "" {
		t.Fatalf("status %d, errors %q: %v", status, errs, err)
	}
	if len(got.Segments) != 5_000_000/len(sentence) || got.Segments[0] != strings.TrimSpace(sentence) {
		t.Errorf("%d segments, the first %q", len(got.Segments), got.Segments[0])
	}
}

func TestSegmentForPeople(t *testing.T) {
	for _, tt := range []struct {
		args []string
		in   string
		want string
	}{
		{[]string{"segment"}, "Он пришёл.  Она\nушла. ", "Он пришёл.\nОна ушла.\n"},
		{[]string{"segment", "--lang", "hye"}, "Նա եկավ: Նա գնաց:", "Նա եկավ:\nՆա գնաց:\n"},
		{[]string{"segment", "--lang", "en"}, "", ""},
	} {
		status, out, errs := command(t, tt.in, tt.args...)
		if status != exitDone || out != tt.want || errs != "" {
			t.Errorf("colophon %v: status %d, output %q, errors %q; want %q", tt.args, status, out, errs, tt.want)
		}
	}
	if status, out, _ := command(t, "", "segment", "--srx"); status != exitDone || !strings.Contains(out, `<srx xmlns="http://www.lisa.org/srx20" version="2.0">`) {
		t.Errorf("--srx: status %d, output %.200q", status, out)
	}
	if status, _, errs := command(t, "", "segment", "--jsonl", "no/such/file"); status == exitDone || errs == "" {
		t.Errorf("a missing file: status %d, errors %q", status, errs)
	}
}
