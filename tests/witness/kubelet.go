package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"syscall"
	"time"
)

// timeout is the probe's timeoutSeconds.
const timeout = time.Second

// observed is a probe and what came of it: a whole answer with its code, or the way in which it was lost.
type observed struct {
	Path  string  `json:"path"`
	Sent  float64 `json:"sent"`
	Ended float64 `json:"ended"`
	Code  int     `json:"code"`
	Body  string  `json:"body"`
	Loss  string  `json:"loss"`
}

type kubelet struct {
	ended    chan struct{}
	gate     sync.Mutex
	observed []observed
}

func newKubelet() *kubelet { return &kubelet{ended: make(chan struct{})} }

// probe asks once a period until the end, one probe after the other as the kubelet's workers do.
func (k *kubelet) probe(port int, path string, every time.Duration) {
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for {
		select {
		case <-k.ended:
			return
		case <-ticks.C:
		}
		seen := ask(port, path)
		k.gate.Lock()
		k.observed = append(k.observed, seen)
		k.gate.Unlock()
	}
}

// ask probes once, on a connection of its own.
func ask(port int, path string) observed {
	seen := observed{Path: path, Sent: now()}
	deadline := time.Now().Add(timeout)
	dialer := net.Dialer{Deadline: deadline}
	connection, err := dialer.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err == nil {
		defer connection.Close()
		_ = connection.SetDeadline(deadline)
		counted := &counting{Reader: connection}
		seen.Code, seen.Body, err = exchange(connection, counted, path)
		if err != nil && counted.any {
			err = fmt.Errorf("broken in the middle of the answer: %w", err)
		}
	}
	seen.Ended = now()
	if err != nil {
		seen.Code, seen.Loss = 0, loss(err)
	}
	return seen
}

func exchange(connection net.Conn, from io.Reader, path string) (int, string, error) {
	_, err := fmt.Fprintf(connection,
		"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: kube-probe/1.36\r\nAccept: */*\r\nConnection: close\r\n\r\n", path)
	if err != nil {
		return 0, "", err
	}
	answer, err := http.ReadResponse(bufio.NewReader(from), nil)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(body), err
}

func loss(err error) string {
	var network net.Error
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded) || (errors.As(err, &network) && network.Timeout()):
		return "timeout: " + err.Error()
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused: " + err.Error()
	default:
		return err.Error()
	}
}

// counting notes whether anything came.
type counting struct {
	io.Reader
	any bool
}

func (c *counting) Read(buffer []byte) (int, error) {
	count, err := c.Reader.Read(buffer)
	c.any = c.any || count > 0
	return count, err
}
