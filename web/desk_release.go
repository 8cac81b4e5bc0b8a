package web

import (
	"fmt"
	"time"

	"colophon/translations"
)

// awaited says when a published version will come before readers, by the clock of the site, whose zone it names: "" where
// nothing waits.
func (s *Server) awaited(r *request, v translations.Version) (string, error) {
	items, err := s.Desk.Awaited(r.Context(), v.Article)
	if err != nil {
		return "", err
	}
	for _, i := range items {
		if i.Language == v.Language {
			return r.T("release.from", "At", r.words.DateTime(i.ShownFrom), "Zone", zoneAt(s.Zone, i.ShownFrom)), nil
		}
	}
	return "", nil
}

// zoneAt names a zone with its offset at an instant: "Asia/Yerevan, UTC+4".
func zoneAt(zone *time.Location, at time.Time) string {
	_, seconds := at.In(zone).Zone()
	sign, minutes := "+", seconds/60
	if minutes < 0 {
		sign, minutes = "−", -minutes
	}
	offset := fmt.Sprintf("UTC%s%d", sign, minutes/60)
	if minutes%60 != 0 {
		offset += fmt.Sprintf(":%02d", minutes%60)
	}
	if minutes == 0 {
		offset = "UTC"
	}
	if zone == time.UTC {
		return "UTC"
	}
	return zone.String() + ", " + offset
}
