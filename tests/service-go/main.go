// service-go is a small service as pods have them: it answers GET /status on one port, has metrics of its own, can be told
// to shut down, and knows nothing of probes, meshes or agents. It may speak HTTPS on another port, and gRPC health on a third
// (with the build tag grpc).
//
// It can be made ill while it runs, by lines on its standard input (each is acknowledged on standard output), so that
// nothing on the probed path says or decides how the app is:
//
//	status 500                answer with this code
//	delay 3s                  answer this much later
//	host 10.66.1.20:80        answer only requests with exactly this Host (others: 421); without a value, any
//	location http://a/        say in each answer that another URL is to be asked
//	stall                     send the head of an answer and never its body
//	grpc NOT_SERVING          answer gRPC health checks with this status
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
	// location is sent in each answer where it is not empty.
	location string
	stalls   bool
	// asked is how often it was asked for its status.
	asked int
}

// grpcHealth serves gRPC health on a listener, and setGRPCHealth changes its status. Both are nil without the tag grpc.
var (
	grpcHealth    func(net.Listener) error
	setGRPCHealth func(status string) error
)

func (b *behaviour) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	b.asked++
	status, delay, host, location, stalls := b.status, b.delay, b.host, b.location, b.stalls
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
	if location != "" {
		w.Header().Set("Location", location)
	}
	w.WriteHeader(status)
	if stalls {
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return
	}
	fmt.Fprintf(w, "service-go: %d\n", status)
}

// metrics is what Prometheus scrapes.
func (b *behaviour) metrics(w http.ResponseWriter, _ *http.Request) {
	b.mu.Lock()
	asked := b.asked
	b.mu.Unlock()
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	fmt.Fprintf(w, "# TYPE service_go_status_requests_total counter\nservice_go_status_requests_total %d\n", asked)
}

// shutdown is what a preStop hook calls; this service only says that it was told.
func shutdown(_ http.ResponseWriter, r *http.Request) {
	fmt.Printf("told to shut down by %s\n", r.UserAgent())
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
	case "location":
		b.location = value
	case "stall":
		b.stalls = true
	case "grpc":
		if setGRPCHealth == nil {
			return fmt.Errorf("grpc: built without it")
		}
		return setGRPCHealth(value)
	default:
		return fmt.Errorf("%q: wanted status, delay, host, location, stall or grpc", word)
	}
	return nil
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("service-go: ")
	listen := flag.String("listen", ":80", "address and port to listen on; without an address, all of them")
	secure := flag.String("https", "", "the same for HTTPS; none without")
	health := flag.String("grpc", "", "the same for gRPC health; none without")
	flag.Parse()

	app := &behaviour{status: http.StatusOK}
	mux := http.NewServeMux()
	mux.Handle("/status", app)
	mux.HandleFunc("/metrics", app.metrics)
	mux.HandleFunc("/shutdown", shutdown)

	if *secure != "" {
		listener := open(*secure)
		// Which speaks HTTP/2 where the client does.
		server := &http.Server{Handler: mux, TLSConfig: selfSigned()}
		go func() { log.Fatal(server.ServeTLS(listener, "", "")) }()
	}
	if *health != "" {
		if grpcHealth == nil {
			log.Fatal("-grpc: built without it")
		}
		listener := open(*health)
		go func() { log.Fatal(grpcHealth(listener)) }()
	}
	listener := open(*listen)
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

func open(address string) net.Listener {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	return listener
}
