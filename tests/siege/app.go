package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"time"
)

// questions is the last line of siege app: how many there were at each of its paths.
type questions struct {
	Status int64 `json:"status"`
	Page   int64 `json:"page"`
}

// runApp is an app that is well: it answers /status after a delay, and serves a large page at /page. Its first line is
// the port that it listens on.
func runApp(ctx context.Context, arguments []string) (any, error) {
	options := flag.NewFlagSet("siege app", flag.ExitOnError)
	delay := options.Duration("delay", 10*time.Millisecond, "before an answer")
	page := options.Int("page", 50_000_000, "bytes of the page")
	ctx, stop := parse(ctx, options, arguments)
	defer stop()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	var asked questions
	paths := http.NewServeMux()
	paths.HandleFunc("/status", func(response http.ResponseWriter, _ *http.Request) {
		atomic.AddInt64(&asked.Status, 1)
		wait(ctx, *delay)
		fmt.Fprintln(response, "well")
	})
	paths.HandleFunc("/page", func(response http.ResponseWriter, _ *http.Request) {
		atomic.AddInt64(&asked.Page, 1)
		servePage(response, *page)
	})
	server := &http.Server{Handler: paths}
	go func() { _ = server.Serve(listener) }()
	fmt.Fprintln(os.Stdout, listener.Addr().(*net.TCPAddr).Port)
	<-ctx.Done()
	return &asked, server.Close()
}

func servePage(response http.ResponseWriter, length int) {
	response.Header().Set("Content-Type", "text/plain; version=0.0.4")
	response.Header().Set("Content-Length", fmt.Sprint(length))
	chunk := make([]byte, 64<<10)
	for i := range chunk {
		chunk[i] = '#'
	}
	for length > 0 {
		if length < len(chunk) {
			chunk = chunk[:length]
		}
		written, err := response.Write(chunk)
		if err != nil {
			return
		}
		length -= written
	}
}
