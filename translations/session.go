package translations

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/argon2id"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
)

// SessionID identifies a Session.
type SessionID int64

// Session is one device a person is signed in on.
type Session struct {
	ID        SessionID
	Member    MemberID
	Device    string // as the browser names itself
	Address   string // network address it was opened from
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
}

// How long sessions last: so long after the last sign of life.
const sessionLife = 30 * 24 * time.Hour

// Sign-in attempts that may fail, for one e-mail address or one network address, within a window.
const (
	loginWindow   = 15 * time.Minute
	loginsByEmail = 8
	loginsByPeer  = 30
)

// SignIn opens a session and returns the secret for the cookie; only its hash is kept. A wrong address and a wrong
// password are the same error and cost the same time; too many are refused for a while.
func (d *Desk) SignIn(ctx context.Context, email, password, device, peer string) (token string, s Session, err error) {
	who := "email:" + shorten(email, 254)
	from := "peer:" + peer
	if err := d.throttle(ctx, who, loginsByEmail); err != nil {
		return "", Session{}, err
	}
	if err := d.throttle(ctx, from, loginsByPeer); err != nil {
		return "", Session{}, err
	}
	m, err := d.MemberByEmail(ctx, email)
	if err != nil && !errors.Is(err, archive.ErrNotFound) {
		return "", Session{}, err
	}
	hash := dummyHash
	if err == nil {
		var row memberRow
		if err := d.db.In(ctx).Select("password").Where("id = ?", int64(m.ID)).Take(&row).Error; err != nil {
			return "", Session{}, fmt.Errorf("sign in: %w", err)
		}
		hash = row.Password
	}
	ok, herr := argon2id.ComparePasswordAndHash(shorten(password, 1024), hash)
	if herr != nil {
		return "", Session{}, fmt.Errorf("sign in: %w", herr)
	}
	if !ok || err != nil || m.IsDisabled() {
		at := database.Micros(d.now())
		ferr := d.db.Transact(ctx, func(ctx context.Context) error {
			return d.db.In(ctx).Create([]loginRow{{Who: who, At: at}, {Who: from, At: at}}).Error
		})
		return "", Session{}, errors.Join(fault.New(archive.ErrForbidden, "fault.login.wrong", nil), ferr)
	}
	return d.OpenSession(ctx, m.ID, device, peer)
}

// dummyHash is compared with where nobody has the address, so that the answer takes as long.
const dummyHash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// OpenSession opens a session for a person whose identity is already proven.
func (d *Desk) OpenSession(ctx context.Context, id MemberID, device, peer string) (token string, s Session, err error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return "", Session{}, fmt.Errorf("open a session: %w", err)
	}
	token = base64.RawURLEncoding.EncodeToString(secret)
	now := d.now()
	row := sessionRow{
		TokenHash: hashToken(token), MemberID: int64(id), Device: shorten(device, 300), Address: shorten(peer, 60),
		CreatedAt: database.Micros(now), SeenAt: database.Micros(now), ExpiresAt: database.Micros(now.Add(sessionLife)),
	}
	err = d.db.Transact(ctx, func(ctx context.Context) error {
		tx := d.db.In(ctx)
		if err := tx.Where("expires_at < ?", database.Micros(now)).Delete(&sessionRow{}).Error; err != nil {
			return err
		}
		if err := tx.Where("at < ?", database.Micros(now.Add(-24*time.Hour))).Delete(&loginRow{}).Error; err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	if err != nil {
		return "", Session{}, fmt.Errorf("open a session: %w", err)
	}
	return token, row.session(), nil
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func (d *Desk) throttle(ctx context.Context, who string, limit int64) error {
	var n int64
	err := d.db.In(ctx).Model(&loginRow{}).Where("who = ? AND at > ?", who, database.Micros(d.now().Add(-loginWindow))).Count(&n).Error
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	if n >= limit {
		return fault.New(archive.ErrForbidden, "fault.login.throttled", fault.Data{"Minutes": int(loginWindow.Minutes())})
	}
	return nil
}

// Session finds the session of a cookie and the person: ErrNotFound where it is unknown, over, or the person disabled.
// It notes the visit, once in a while.
func (d *Desk) Session(ctx context.Context, token string) (Session, Member, error) {
	var row sessionRow
	err := d.db.In(ctx).Where("token_hash = ?", hashToken(token)).Take(&row).Error
	if database.IsNotFound(err) {
		return Session{}, Member{}, fmt.Errorf("session: %w", archive.ErrNotFound)
	}
	if err != nil {
		return Session{}, Member{}, fmt.Errorf("session: %w", err)
	}
	now := d.now()
	s := row.session()
	if now.After(s.ExpiresAt) {
		return Session{}, Member{}, fmt.Errorf("session is over: %w", archive.ErrNotFound)
	}
	m, err := d.Member(ctx, s.Member)
	if err != nil {
		return Session{}, Member{}, err
	}
	if m.IsDisabled() {
		return Session{}, Member{}, fmt.Errorf("member %d is disabled: %w", m.ID, archive.ErrNotFound)
	}
	if now.Sub(s.SeenAt) > 10*time.Minute {
		err := d.db.Transact(ctx, func(ctx context.Context) error {
			return d.db.In(ctx).Model(&sessionRow{}).Where("id = ?", row.ID).
				Updates(map[string]any{"seen_at": database.Micros(now), "expires_at": database.Micros(now.Add(sessionLife))}).Error
		})
		if err != nil {
			return Session{}, Member{}, fmt.Errorf("session: %w", err)
		}
	}
	return s, m, nil
}

// Sessions lists the devices a person is signed in on, last seen first.
func (d *Desk) Sessions(ctx context.Context, id MemberID) ([]Session, error) {
	var rows []sessionRow
	if err := d.db.In(ctx).Where("member_id = ? AND expires_at > ?", int64(id), database.Micros(d.now())).Order("seen_at DESC").Limit(100).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("sessions of member %d: %w", id, err)
	}
	out := make([]Session, len(rows))
	for i, r := range rows {
		out[i] = r.session()
	}
	return out, nil
}

// EndSession ends one session of a person.
func (d *Desk) EndSession(ctx context.Context, id SessionID, of MemberID) error {
	return d.db.Transact(ctx, func(ctx context.Context) error {
		return d.db.In(ctx).Where("id = ? AND member_id = ?", int64(id), int64(of)).Delete(&sessionRow{}).Error
	})
}

func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
