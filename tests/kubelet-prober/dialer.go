package main

import (
	"net"
	"syscall"
)

// newDialer returns the dialer of both probes: the kubelet lets its sockets linger for one second at most, so that
// they do not pile up (kubernetes/kubernetes issue 89898).
func newDialer() *net.Dialer {
	return &net.Dialer{
		Control: func(_, _ string, connection syscall.RawConn) error {
			return connection.Control(func(descriptor uintptr) {
				lingering := syscall.Linger{Onoff: 1, Linger: 1}
				// As in the kubelet, a socket that refuses the option is used all the same.
				_ = syscall.SetsockoptLinger(int(descriptor), syscall.SOL_SOCKET, syscall.SO_LINGER, &lingering)
			})
		},
	}
}
