package main

import (
	"net"
	"strconv"
	"time"
)

// probeTCP succeeds when a connection opens; it closes it without a byte sent or read (pkg/probe/tcp).
func probeTCP(host string, port int, timeout time.Duration) (result, string) {
	dialer := newDialer()
	dialer.Timeout = timeout
	connection, err := dialer.Dial("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		return failure, err.Error()
	}
	// The kubelet only logs a close that fails.
	_ = connection.Close()
	return success, ""
}
