// service-go is a small service as pods have them: it answers GET /status on one port, and knows nothing of probes,
// meshes or agents.
//
// It can be made ill while it runs, by lines on its standard input (each is acknowledged on standard output), so that
// nothing on the probed path says or decides how the app is:
//
//	status 500                answer with this code
//	delay 3s                  answer this much later
//	host 10.66.1.20:80        answer only requests with exactly this Host (others: 421); without a value, any
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// behaviour is how the app answers now.
type behaviour struct {
	mu     sync.Mutex
	status int
	delay  time.Duration
	host   string
}

func (b *behaviour) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	status, delay, host := b.status, b.delay, b.host
	b.mu.Unlock()

	select {
	case <-time.After(delay):
	case <-r.Context().Done():
		return
	}

	if host != "" && r.Host != host {
		http.Error(w, "not the host "+r.Host, http.StatusMisdirectedRequest)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, "service-go: %d\n", status)
}

// obey changes the behaviour by one line, such as "status 500".
func (b *behaviour) obey(line string) error {
	word, value, _ := strings.Cut(strings.TrimSpace(line), " ")
	b.mu.Lock()
	defer b.mu.Unlock()
	switch word {
	case "status":
		status, err := strconv.Atoi(value)
		if err != nil || status < 200 || status > 599 {
			return fmt.Errorf("status %q: wanted a number from 200 to 599", value)
		}
		b.status = status
	case "delay":
		delay, err := time.ParseDuration(value)
		if err != nil || delay < 0 {
			return fmt.Errorf("delay %q: wanted a duration such as 3s", value)
		}
		b.delay = delay
	case "host":
		b.host = value
	default:
		return fmt.Errorf("%q: wanted status, delay or host", word)
	}
	return nil
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("service-go: ")
	listen := flag.String("listen", ":80", "address and port to listen on; without an address, all of them")
	flag.Parse()

	app := &behaviour{status: http.StatusOK}
	mux := http.NewServeMux()
	mux.Handle("/status", app)

	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on %s\n", listener.Addr())

	go func() {
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			if err := app.obey(lines.Text()); err != nil {
				fmt.Printf("not understood: %v\n", err)
				continue
			}
			fmt.Printf("now: %s\n", lines.Text())
		}
	}()
	log.Fatal(http.Serve(listener, mux))
}
