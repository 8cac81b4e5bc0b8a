package ingest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"
	"time"

	"colophon/archive/fault"
)

// forbidden are the networks that are not the public internet: IANA's special-purpose registries for IPv4 and IPv6, and
// one address outside of them where a cloud keeps its metadata.
var forbidden = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"168.63.129.16/32", // Azure's wire server
	// Of IPv6 only 2000::/3 is public (see isPublic), less these:
	"2001::/23",     // protocol assignments, Teredo and ORCHID among them
	"2001:db8::/32", // documentation
	"2002::/16",     // 6to4, which can name any IPv4 address
	"3fff::/20",     // documentation
)

var (
	globalUnicast = netip.MustParsePrefix("2000::/3")
	nat64         = netip.MustParsePrefix("64:ff9b::/96")
)

func prefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		list[i] = netip.MustParsePrefix(t)
	}
	return list
}

// isPublic says whether an address is a unicast address of the public internet. An IPv4 address inside an IPv6 one (mapped,
// or NAT64's well-known prefix of RFC 6052, which DNS64 networks give for public names) is judged for itself.
func isPublic(addr netip.Addr) bool {
	if !addr.IsValid() || addr.Zone() != "" {
		return false
	}
	addr = addr.Unmap()
	if nat64.Contains(addr) {
		b := addr.As16()
		addr = netip.AddrFrom4([4]byte(b[12:]))
	}
	if addr.Is6() && !globalUnicast.Contains(addr) {
		return false
	}
	return !slices.ContainsFunc(forbidden, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// guard dials for the Fetcher and lets nothing through to the own machine or network.
type guard struct {
	private bool // lets everything through: for tests and the demonstration
	lookup  func(ctx context.Context, host string) ([]netip.Addr, error)
	timeout time.Duration // of one attempt to connect
}

// maxAddresses bounds how many addresses of one name are tried.
const maxAddresses = 8

// lookupHost asks the system's resolver.
func lookupHost(ctx context.Context, host string) ([]netip.Addr, error) {
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

// addresses looks a name up and refuses it where any of its addresses is not public: no honest name has one beside public
// ones, and which one is dialled would be chance.
func (g *guard) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	addrs, err := g.lookup(ctx, host)
	if err == nil && len(addrs) == 0 {
		err = errors.New("no addresses")
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fault.Wrap(fault.ErrUnavailable, "fault.fetch.dns", fault.Data{"Host": clip(host, 100)}, err)
	}
	if !g.private && slices.ContainsFunc(addrs, func(a netip.Addr) bool { return !isPublic(a) }) {
		return nil, refused(host)
	}
	return addrs[:min(len(addrs), maxAddresses)], nil
}

// DialContext connects to host:port. The addresses that were judged are the ones dialled, so a second answer of the name
// server changes nothing, and control judges the socket's own address once more.
func (g *guard) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	var addrs []netip.Addr
	if literal, err := netip.ParseAddr(host); err == nil {
		addrs = []netip.Addr{literal}
	} else if addrs, err = g.addresses(ctx, host); err != nil {
		return nil, err
	}
	dialer := net.Dialer{Timeout: g.timeout, Control: g.control}
	var errs []error
	for _, addr := range addrs {
		conn, err := dialer.DialContext(ctx, network, net.JoinHostPort(addr.String(), port))
		if err == nil {
			return conn, nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

// control refuses a socket whose peer is not public. It runs after every look-up, immediately before connecting.
func (g *guard) control(_, address string, _ syscall.RawConn) error {
	if g.private {
		return nil
	}
	peer, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("dial %s: %w", address, err)
	}
	if !isPublic(peer.Addr()) {
		return refused(peer.Addr().String())
	}
	return nil
}
