package translations

import (
	"context"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"colophon/archive"
	"colophon/archive/database"
	"colophon/archive/fault"
	"colophon/translations/workflow"
)

// MemberID identifies a Member. 0 is the program itself.
type MemberID int64

// Member is a person of the desk.
type Member struct {
	ID         MemberID
	Name       string
	Email      string // lower case
	Language   string // of the interface
	PlainField bool   // writes in a plain field of the editor, with codes as text
	Grants     []Grant
	CreatedAt  time.Time
	DisabledAt time.Time
}

// Grant gives a role in a language; an empty language means every one.
type Grant struct {
	Role     workflow.Role
	Language string
}

// IsDisabled says whether the person may no longer sign in.
func (m Member) IsDisabled() bool { return !m.DisabledAt.IsZero() }

// RoleIn is the highest role the person has for a language, or empty.
func (m Member) RoleIn(lang string) workflow.Role {
	var best workflow.Role
	for _, g := range m.Grants {
		if (g.Language == "" || g.Language == lang) && !best.AtLeast(g.Role) {
			best = g.Role
		}
	}
	return best
}

// Has says whether the person has a role, or a higher one, in any language.
func (m Member) Has(role workflow.Role) bool {
	return slices.ContainsFunc(m.Grants, func(g Grant) bool { return g.Role.AtLeast(role) })
}

// Languages lists the languages the person may translate into, of those given.
func (m Member) Languages(all []string) []string {
	var out []string
	for _, l := range all {
		if m.RoleIn(l) != "" {
			out = append(out, l)
		}
	}
	return out
}

// Initials are the first letters of the first and last name.
func (m Member) Initials() string {
	words := strings.Fields(m.Name)
	if len(words) == 0 {
		return "?"
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	if len(words) == 1 {
		return strings.ToUpper(string(first))
	}
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return strings.ToUpper(string([]rune{first, last}))
}

// MinPassword is the least length of a password, in code points.
const MinPassword = 10

// The longest name and password, in bytes.
const (
	maxName     = 200
	maxPassword = 1024
)

// passwordCost is what argon2id spends: 19 MiB, two passes, one lane (OWASP Password Storage, 2024).
func passwordCost() *argon2id.Params {
	return &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// AddMember adds a person: ErrInvalid with a message for a bad name, address, password or role, ErrConflict where the
// address is taken.
func (d *Desk) AddMember(ctx context.Context, m Member, password string, by MemberID) (Member, error) {
	if err := m.check(); err != nil {
		return Member{}, err
	}
	hash, err := hashPassword(password)
	if err != nil {
		return Member{}, err
	}
	m.CreatedAt = d.now()
	err = d.db.Transact(ctx, func(ctx context.Context) error {
		row := memberRow{Name: m.Name, Email: m.Email, Password: hash, Language: m.Language, CreatedAt: database.Micros(m.CreatedAt)}
		if err := d.db.In(ctx).Create(&row).Error; err != nil {
			return err
		}
		m.ID = MemberID(row.ID)
		if err := d.setGrants(ctx, m); err != nil {
			return err
		}
		return d.record(ctx, OfMember, row.ID, "member_added", map[string]string{"Name": m.Name}, by)
	})
	if database.IsDuplicate(err) {
		return Member{}, fault.Wrap(archive.ErrConflict, "fault.member.email_taken", fault.Data{"Email": m.Email}, err)
	}
	if err != nil {
		return Member{}, fmt.Errorf("add member: %w", err)
	}
	return m, nil
}

// FirstMember adds the first administrator. It fails with ErrForbidden once anybody is there, also when two try at once.
func (d *Desk) FirstMember(ctx context.Context, m Member, password string) (Member, error) {
	m.Grants = []Grant{{Role: workflow.Administrator}}
	err := d.db.Transact(ctx, func(ctx context.Context) error {
		if err := d.db.In(ctx).Create(&settingRow{Name: "first_member", Value: "1"}).Error; err != nil {
			if database.IsDuplicate(err) {
				return fault.Wrap(archive.ErrForbidden, "fault.member.not_first", nil, err)
			}
			return err
		}
		has, err := d.HasMembers(ctx)
		if err != nil {
			return err
		}
		if has {
			return fault.New(archive.ErrForbidden, "fault.member.not_first", nil)
		}
		m, err = d.AddMember(ctx, m, password, 0)
		return err
	})
	return m, err
}

func hashPassword(password string) (string, error) {
	if utf8.RuneCountInString(password) < MinPassword {
		return "", fault.New(archive.ErrInvalid, "fault.member.password", fault.Data{"Min": MinPassword})
	}
	if len(password) > maxPassword {
		return "", fault.New(archive.ErrInvalid, "fault.member.password_long", nil)
	}
	hash, err := argon2id.CreateHash(password, passwordCost())
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

func (m *Member) check() error {
	m.Name = strings.Join(strings.Fields(m.Name), " ")
	m.Email = strings.ToLower(strings.TrimSpace(m.Email))
	if m.Language == "" {
		m.Language = "en"
	}
	if m.Name == "" {
		return fault.New(archive.ErrInvalid, "fault.member.name", nil)
	}
	if len(m.Name) > maxName {
		return fault.New(archive.ErrInvalid, "fault.member.name_long", nil)
	}
	if a, err := mail.ParseAddress(m.Email); err != nil || a.Address != m.Email || len(m.Email) > 254 {
		return fault.New(archive.ErrInvalid, "fault.member.email", nil)
	}
	for _, g := range m.Grants {
		if !slices.Contains(workflow.Roles(), g.Role) {
			return fault.New(archive.ErrInvalid, "fault.member.role", fault.Data{"Role": string(g.Role)})
		}
	}
	return nil
}

// SaveMember changes name, interface language, roles and whether the person is disabled. Disabling ends their sessions.
// The last administrator stays one.
func (d *Desk) SaveMember(ctx context.Context, m Member, by MemberID) error {
	if err := m.check(); err != nil {
		return err
	}
	return d.db.Transact(ctx, func(ctx context.Context) error {
		old, err := d.Member(ctx, m.ID)
		if err != nil {
			return err
		}
		if old.Has(workflow.Administrator) && !old.IsDisabled() && (!m.Has(workflow.Administrator) || m.IsDisabled()) {
			var others int64
			err := d.db.In(ctx).Model(&roleRow{}).Joins("JOIN members ON members.id = member_roles.member_id").
				Where("role = ? AND members.id <> ? AND disabled_at = 0", string(workflow.Administrator), int64(m.ID)).Count(&others).Error
			if err != nil {
				return err
			}
			if others == 0 {
				return fault.New(archive.ErrConflict, "fault.member.last_administrator", nil)
			}
		}
		row := memberRow{Name: m.Name, Language: m.Language, PlainField: m.PlainField, DisabledAt: database.Micros(m.DisabledAt)}
		if err := d.db.In(ctx).Model(&memberRow{}).Where("id = ?", int64(m.ID)).Select("name", "language", "plain_field", "disabled_at").Updates(&row).Error; err != nil {
			return fmt.Errorf("save member %d: %w", m.ID, err)
		}
		if err := d.setGrants(ctx, m); err != nil {
			return err
		}
		if m.IsDisabled() {
			if err := d.db.In(ctx).Where("member_id = ?", int64(m.ID)).Delete(&sessionRow{}).Error; err != nil {
				return err
			}
		}
		return d.record(ctx, OfMember, int64(m.ID), "member_saved", nil, by)
	})
}

// SetPassword gives a person another password and ends their sessions but for one (0: all).
func (d *Desk) SetPassword(ctx context.Context, id MemberID, password string, keep SessionID, by MemberID) error {
	hash, err := hashPassword(password)
	if err != nil {
		return err
	}
	return d.db.Transact(ctx, func(ctx context.Context) error {
		res := d.db.In(ctx).Model(&memberRow{}).Where("id = ?", int64(id)).Update("password", hash)
		if res.Error != nil {
			return fmt.Errorf("set the password of member %d: %w", id, res.Error)
		}
		if res.RowsAffected == 0 {
			return fmt.Errorf("member %d: %w", id, archive.ErrNotFound)
		}
		if err := d.db.In(ctx).Where("member_id = ? AND id <> ?", int64(id), int64(keep)).Delete(&sessionRow{}).Error; err != nil {
			return err
		}
		return d.record(ctx, OfMember, int64(id), "password_set", nil, by)
	})
}

// CheckPassword says whether a password is the person's: ErrForbidden where it is not.
func (d *Desk) CheckPassword(ctx context.Context, id MemberID, password string) error {
	var row memberRow
	if err := d.db.In(ctx).Select("password").Where("id = ?", int64(id)).Take(&row).Error; err != nil {
		return fmt.Errorf("check the password of member %d: %w", id, err)
	}
	ok, err := argon2id.ComparePasswordAndHash(shorten(password, 1024), row.Password)
	if err != nil {
		return fmt.Errorf("check the password of member %d: %w", id, err)
	}
	if !ok {
		return fault.New(archive.ErrForbidden, "fault.member.old_password", nil)
	}
	return nil
}

func (d *Desk) setGrants(ctx context.Context, m Member) error {
	if err := d.db.In(ctx).Where("member_id = ?", int64(m.ID)).Delete(&roleRow{}).Error; err != nil {
		return err
	}
	for _, g := range m.Grants {
		if err := d.db.In(ctx).Create(&roleRow{MemberID: int64(m.ID), Role: string(g.Role), Language: g.Language}).Error; err != nil {
			return err
		}
	}
	return nil
}

// HasMembers says whether anybody is there yet.
func (d *Desk) HasMembers(ctx context.Context) (bool, error) {
	var ids []int64
	if err := d.db.In(ctx).Model(&memberRow{}).Limit(1).Pluck("id", &ids).Error; err != nil {
		return false, fmt.Errorf("has members: %w", err)
	}
	return len(ids) > 0, nil
}

// Member returns a person: ErrNotFound where there is none.
func (d *Desk) Member(ctx context.Context, id MemberID) (Member, error) {
	var row memberRow
	err := d.db.In(ctx).Where("id = ?", int64(id)).Take(&row).Error
	if database.IsNotFound(err) {
		return Member{}, fmt.Errorf("member %d: %w", id, archive.ErrNotFound)
	}
	if err != nil {
		return Member{}, fmt.Errorf("member %d: %w", id, err)
	}
	out, err := d.withGrants(ctx, []memberRow{row})
	if err != nil {
		return Member{}, err
	}
	return out[0], nil
}

// MemberByEmail returns a person by address: ErrNotFound where there is none.
func (d *Desk) MemberByEmail(ctx context.Context, email string) (Member, error) {
	var row memberRow
	err := d.db.In(ctx).Where("email = ?", strings.ToLower(strings.TrimSpace(email))).Take(&row).Error
	if database.IsNotFound(err) {
		return Member{}, fmt.Errorf("member by e-mail: %w", archive.ErrNotFound)
	}
	if err != nil {
		return Member{}, fmt.Errorf("member by e-mail: %w", err)
	}
	out, err := d.withGrants(ctx, []memberRow{row})
	if err != nil {
		return Member{}, err
	}
	return out[0], nil
}

// Members lists people by id after a given one, at most limit.
func (d *Desk) Members(ctx context.Context, after MemberID, limit int) ([]Member, error) {
	var rows []memberRow
	if err := d.db.In(ctx).Where("id > ?", int64(after)).Order("id").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("members: %w", err)
	}
	return d.withGrants(ctx, rows)
}

// Names returns the names of people by id; an id nobody has is left out.
func (d *Desk) Names(ctx context.Context, ids ...MemberID) (map[MemberID]string, error) {
	out := make(map[MemberID]string, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []memberRow
	if err := d.db.In(ctx).Select("id", "name").Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("names of members: %w", err)
	}
	for _, r := range rows {
		out[MemberID(r.ID)] = r.Name
	}
	return out, nil
}

func (d *Desk) withGrants(ctx context.Context, rows []memberRow) ([]Member, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	var grants []roleRow
	if err := d.db.In(ctx).Where("member_id IN ?", ids).Order("member_id, role, language").Find(&grants).Error; err != nil {
		return nil, fmt.Errorf("roles of members: %w", err)
	}
	out := make([]Member, len(rows))
	for i, r := range rows {
		out[i] = Member{
			ID: MemberID(r.ID), Name: r.Name, Email: r.Email, Language: r.Language, PlainField: r.PlainField,
			CreatedAt: database.Time(r.CreatedAt), DisabledAt: database.Time(r.DisabledAt),
		}
		for _, g := range grants {
			if g.MemberID == r.ID {
				out[i].Grants = append(out[i].Grants, Grant{workflow.Role(g.Role), g.Language})
			}
		}
	}
	return out, nil
}
