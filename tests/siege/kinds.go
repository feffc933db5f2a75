package main

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sort"
	"strings"
	"time"
)

// kinds are what a connection of a flood does: it returns when the agent has ended it, or when it was closed here.
var kinds = map[string]func(f flooding, number int, connection *net.TCPConn, answered func()){
	"idle":       idle,
	"drip":       drip,
	"halfclosed": halfClosed,
	"requests":   requests,
	"bighead":    bigHead,
	"hello":      hello,
}

func kindNames() []string {
	names := make([]string, 0, len(kinds))
	for name := range kinds {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// idle sends nothing.
func idle(_ flooding, _ int, connection *net.TCPConn, _ func()) { readToEnd(connection) }

// drip sends a byte of a head that never ends each 200 ms.
func drip(_ flooding, _ int, connection *net.TCPConn, _ func()) {
	head := []byte("GET /livez HTTP/1.1\r\nHost: drip\r\nX-Drip: ")
	heard := make([]byte, 512)
	for sent := 0; ; sent++ {
		drop := []byte{'x'}
		if sent < len(head) {
			drop = head[sent : sent+1]
		}
		if _, err := connection.Write(drop); err != nil {
			return
		}
		_ = connection.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
		if _, err := connection.Read(heard); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return
		}
	}
}

// halfClosed says at once, or in the middle of a head, that nothing more will come.
func halfClosed(_ flooding, number int, connection *net.TCPConn, _ func()) {
	if number%2 == 1 {
		fmt.Fprint(connection, "GET /livez HTTP/1.1\r\nHost: ha")
	}
	_ = connection.CloseWrite()
	readToEnd(connection)
}

// requests sends complete probes: every second connection sends one, the others one after another.
func requests(f flooding, number int, connection *net.TCPConn, answered func()) {
	request, last := "GET /livez HTTP/1.1\r\nHost: "+f.to+"\r\n", number%2 == 1
	if last {
		request += "Connection: close\r\n"
	}
	answers := bufio.NewReaderSize(connection, 512)
	for {
		if _, err := fmt.Fprint(connection, request+"\r\n"); err != nil {
			return
		}
		response, err := http.ReadResponse(answers, nil)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			return
		}
		answered()
		if last {
			return
		}
		time.Sleep(f.pause)
	}
}

// bigHead sends 16 to 64 KiB of headers.
func bigHead(_ flooding, number int, connection *net.TCPConn, _ func()) {
	fmt.Fprint(connection, "GET /livez HTTP/1.1\r\nHost: big\r\n")
	line := "X-Big: " + strings.Repeat("x", 1000) + "\r\n"
	for kib := 0; kib < 16<<(number%3); kib++ {
		if _, err := io.WriteString(connection, line); err != nil {
			return
		}
	}
	readToEnd(connection)
}

// hello begins a TLS handshake.
func hello(_ flooding, _ int, connection *net.TCPConn, _ func()) {
	_, _ = connection.Write(clientHello)
	readToEnd(connection)
}

var clientHello = recordClientHello()

func recordClientHello() []byte {
	near, far := net.Pipe()
	defer near.Close()
	defer far.Close()
	go func() { _ = tls.Client(near, &tls.Config{ServerName: "probe-agent"}).Handshake() }()
	record := make([]byte, 4096)
	length, err := far.Read(record)
	if err != nil {
		panic(err)
	}
	return record[:length]
}

func readToEnd(connection *net.TCPConn) {
	// Small: 2,000 of them are held.
	heard := make([]byte, 512)
	for {
		if _, err := connection.Read(heard); err != nil {
			return
		}
	}
}
