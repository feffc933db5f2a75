package main

import (
	"net"
	"strconv"
)

// probeTCP succeeds when a connection opens; it closes it without a byte sent or read (pkg/probe/tcp).
func probeTCP(q question) (result, string) {
	dialer := newDialer()
	dialer.Timeout = q.timeout()
	connection, err := dialer.Dial("tcp", net.JoinHostPort(q.Host, strconv.Itoa(q.Port)))
	if err != nil {
		return failure, err.Error()
	}
	// The kubelet only logs a close that fails.
	_ = connection.Close()
	return success, ""
}
