package main

import (
	"net"
	"syscall"
	"time"
)

// ipBindAddressNoPort is missing from package syscall: it leaves the choice of the port to connect, which may take one
// that is in use towards another address. Without it a flood runs out of ports.
const ipBindAddressNoPort = 24

// newDialer returns a dialer that connects from the given address.
func newDialer(from net.IP, timeout time.Duration) *net.Dialer {
	return &net.Dialer{
		Timeout:   timeout,
		LocalAddr: &net.TCPAddr{IP: from},
		Control: func(_, _ string, connection syscall.RawConn) error {
			var refused error
			err := connection.Control(func(descriptor uintptr) {
				refused = syscall.SetsockoptInt(int(descriptor), syscall.SOL_IP, ipBindAddressNoPort, 1)
			})
			if err != nil {
				return err
			}
			return refused
		},
	}
}
