package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
	"time"
)

// For how long a read may wait; a probe that takes longer has failed.
const patience = 5 * time.Second

type target struct {
	address  syscall.SockaddrInet4
	request  []byte
	contains []byte
	buffer   []byte
}

type answer struct {
	took     time.Duration
	sent     int
	received int
}

func newTarget(address, path, contains string) (*target, error) {
	tcp, err := net.ResolveTCPAddr("tcp4", address)
	if err != nil {
		return nil, err
	}
	// As the kubelet sends it.
	request := "GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\n" +
		"User-Agent: kube-probe/1.33\r\nAccept: */*\r\nConnection: close\r\n\r\n"
	result := &target{request: []byte(request), contains: []byte(contains), buffer: make([]byte, 256<<10)}
	result.address.Port = tcp.Port
	copy(result.address.Addr[:], tcp.IP.To4())
	return result, nil
}

// ask is one probe. The time runs from before connect until the whole answer is here; what remains of the connection,
// its end, is read as well, but not timed.
func (t *target) ask() (answer, error) {
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return answer{}, fmt.Errorf("socket: %w", err)
	}
	defer syscall.Close(socket)
	wait := syscall.NsecToTimeval(int64(patience))
	if err := syscall.SetsockoptTimeval(socket, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &wait); err != nil {
		return answer{}, fmt.Errorf("setsockopt: %w", err)
	}

	begin := time.Now()
	if err := syscall.Connect(socket, &t.address); err != nil {
		return answer{}, fmt.Errorf("connect: %w", err)
	}
	sent, err := syscall.Write(socket, t.request)
	if err != nil || sent != len(t.request) {
		return answer{}, fmt.Errorf("write: %d of %d bytes: %v", sent, len(t.request), err)
	}
	received, took := 0, time.Duration(0)
	for {
		n, err := syscall.Read(socket, t.buffer[received:])
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil {
			return answer{}, fmt.Errorf("read after %d bytes: %w", received, err)
		}
		received += n
		if took == 0 && (n == 0 || isWhole(t.buffer[:received])) {
			took = time.Since(begin)
		}
		if n == 0 {
			break
		}
	}
	return answer{took, sent, received}, t.judge(t.buffer[:received])
}

// isWhole says whether nothing more is to come, by the answer's own word. Without one, it ends with the connection.
func isWhole(received []byte) bool {
	head, body, found := bytes.Cut(received, []byte("\r\n\r\n"))
	if !found {
		return false
	}
	if coding, found := header(head, "Transfer-Encoding"); found {
		return string(coding) == "chunked" && bytes.HasSuffix(body, []byte("0\r\n\r\n"))
	}
	length, found := header(head, "Content-Length")
	if !found {
		return false
	}
	expected, err := strconv.Atoi(string(length))
	return err == nil && len(body) >= expected
}

// header allocates nothing, as it runs while the time does.
func header(head []byte, name string) ([]byte, bool) {
	for len(head) > 0 {
		var line []byte
		line, head, _ = bytes.Cut(head, []byte("\r\n"))
		if len(line) > len(name) && line[len(name)] == ':' && bytes.EqualFold(line[:len(name)], []byte(name)) {
			return bytes.TrimSpace(line[len(name)+1:]), true
		}
	}
	return nil, false
}

func (t *target) judge(received []byte) error {
	line, _, _ := bytes.Cut(received, []byte("\r\n"))
	if words := bytes.Fields(line); len(words) < 2 || string(words[1]) != "200" {
		return fmt.Errorf("the answer is not 200 but '%s'", line)
	}
	head, body, _ := bytes.Cut(received, []byte("\r\n\r\n"))
	_, isChunked := header(head, "Transfer-Encoding")
	if _, hasLength := header(head, "Content-Length"); (hasLength || isChunked) && !isWhole(received) {
		return fmt.Errorf("the answer is cut short after %d bytes", len(received))
	}
	if isChunked {
		body = joined(body)
	}
	if !bytes.Contains(body, t.contains) {
		return fmt.Errorf("the answer lacks %q", t.contains)
	}
	return nil
}

// joined takes the chunks of a body together, in its own place.
func joined(body []byte) []byte {
	whole := body[:0]
	for {
		line, rest, _ := bytes.Cut(body, []byte("\r\n"))
		size, err := strconv.ParseUint(string(line), 16, 31)
		if err != nil || size == 0 || len(rest) < int(size)+2 {
			return whole
		}
		whole = append(whole, rest[:size]...)
		body = rest[size+2:]
	}
}
