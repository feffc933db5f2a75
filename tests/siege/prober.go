package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// prober asks as the kubelet asks: a fresh connection for each probe, which has timeout for all of it, from connecting
// to the end of the body.
type prober struct {
	from    net.IP
	to      string // address:port
	path    string
	timeout time.Duration
}

// answer is what came of one probe. A probe is lost when no complete HTTP answer came within its timeout; problem says
// why then, and is nil otherwise.
type answer struct {
	sent    time.Time
	took    time.Duration
	code    int
	body    string
	problem error
}

func (p prober) probe() answer {
	a := answer{sent: time.Now()}
	a.code, a.body, a.problem = p.ask(a.sent.Add(p.timeout))
	a.took = time.Since(a.sent)
	return a
}

func (p prober) ask(deadline time.Time) (code int, body string, err error) {
	connection, err := newDialer(p.from, time.Until(deadline)).Dial("tcp", p.to)
	if err != nil {
		return 0, "", err
	}
	defer connection.Close()
	if err := connection.SetDeadline(deadline); err != nil {
		return 0, "", err
	}
	if _, err := fmt.Fprintf(connection, "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: kube-probe/1.33\r\nAccept: */*\r\nConnection: close\r\n\r\n", p.path, p.to); err != nil {
		return 0, "", err
	}
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	// The kubelet reads 10 KiB at most.
	text, err := io.ReadAll(io.LimitReader(response.Body, 10<<10))
	return response.StatusCode, string(text), err
}

// run probes once a period until the context ends, and hands each answer to heard as it comes. A slow answer delays no
// later probe. It returns when all answers are in; heard is never called twice at once.
func (p prober) run(ctx context.Context, period time.Duration, heard func(answer)) {
	answers := make(chan answer)
	go func() {
		var underWay sync.WaitGroup
		ticks := time.NewTicker(period)
		defer ticks.Stop()
		for ctx.Err() == nil {
			underWay.Add(1)
			go func() {
				defer underWay.Done()
				answers <- p.probe()
			}()
			select {
			case <-ticks.C:
			case <-ctx.Done():
			}
		}
		underWay.Wait()
		close(answers)
	}()
	for a := range answers {
		heard(a)
	}
}
