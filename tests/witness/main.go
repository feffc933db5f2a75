// The witness: an app and its kubelet in one process, with one clock. The app logs its states, the kubelet its probes and what
// came of them, and whoever reads both can tell a true answer from an untrue one. It shares no code with the agent.
//
//	witness -agent PORT -app PORT [-tls PORT] -probe PATH,PERIOD [-probe …]
//
// A line on standard input is a state for the app to take (well, slow, failing, hung, closed), `now`, or `end`. Each is answered by
// a line with the milliseconds since the start; `end` ends the probes and is answered by the whole testimony as JSON.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
)

var started = time.Now()

// now returns the milliseconds since the start, on the clock that never jumps.
func now() float64 { return float64(time.Since(started).Microseconds()) / 1000 }

type testimony struct {
	States []interval `json:"states"`
	Probes []observed `json:"probes"`
}

type probeFlags []string

func (p *probeFlags) String() string     { return strings.Join(*p, " ") }
func (p *probeFlags) Set(v string) error { *p = append(*p, v); return nil }

func main() {
	agent := flag.Int("agent", 0, "the agent's port")
	port := flag.Int("app", 0, "the app's port")
	tlsPort := flag.Int("tls", 0, "the app's port for HTTPS and gRPC over TLS")
	var probes probeFlags
	flag.Var(&probes, "probe", "PATH,PERIOD")
	flag.Parse()

	app := newApp(*port, *tlsPort)
	app.become("well")
	kubelet := newKubelet()
	var probers sync.WaitGroup
	for _, probe := range probes {
		path, period, _ := strings.Cut(probe, ",")
		every, err := time.ParseDuration(period)
		if err != nil {
			fail(err)
		}
		probers.Add(1)
		go func() { defer probers.Done(); kubelet.probe(*agent, path, every) }()
	}
	probers.Add(1)
	// The app is asked directly, too: a probe's failure says something of the agent only where this one had none.
	go func() { defer probers.Done(); kubelet.probe(*port, "/direct", 100*time.Millisecond) }()
	fmt.Printf("%.3f\n", now())

	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() && commands.Text() != "end" {
		if commands.Text() != "now" {
			app.become(commands.Text())
		}
		fmt.Printf("%.3f\n", now())
	}
	close(kubelet.ended)
	probers.Wait()
	if err := json.NewEncoder(os.Stdout).Encode(testimony{app.log(), kubelet.observed}); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "witness:", err)
	os.Exit(1)
}
