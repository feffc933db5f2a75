// kubelet-prober asks as the kubelet asks, so that the agent's verdicts can be held against the kubelet's.
//
// It reads one question a line from standard input and writes one verdict a line to standard output, both JSON, in
// the order in which the verdicts come. Questions are asked side by side. It ends when its input does. The first line
// it writes names the version of Go, whose HTTP library is what is being measured.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"runtime"
	"sync"
	"time"
)

// result is the kubelet's word for what it makes of a probe.
type result string

const (
	success result = "success"
	// warning counts as success and adds an event.
	warning result = "warning"
	failure result = "failure"
	// thrownAway is what the kubelet's prober calls an error: the worker forgets the result, nothing is counted.
	thrownAway result = "error"
)

type question struct {
	ID                  int    `json:"id"`
	Probe               string `json:"probe"` // httpGet or tcpSocket
	Scheme              string `json:"scheme"`
	Host                string `json:"host"`
	Port                int    `json:"port"`
	Path                string `json:"path"`
	TimeoutMilliseconds int    `json:"timeoutMilliseconds"`
}

type verdict struct {
	ID     int    `json:"id"`
	Result result `json:"result"`
	Output string `json:"output"`
}

func (q question) ask(prober httpProber) verdict {
	timeout := time.Duration(q.TimeoutMilliseconds) * time.Millisecond
	var outcome result
	var output string
	switch q.Probe {
	case "httpGet":
		outcome, output = prober.probe(q.Scheme, q.Host, q.Port, q.Path, timeout)
	case "tcpSocket":
		outcome, output = probeTCP(q.Host, q.Port, timeout)
	default:
		log.Fatalf("question %d: probe is %q; it is httpGet or tcpSocket", q.ID, q.Probe)
	}
	return verdict{q.ID, outcome, output}
}

func main() {
	var writing sync.Mutex
	answers := json.NewEncoder(os.Stdout)
	write := func(line any) {
		writing.Lock()
		defer writing.Unlock()
		if err := answers.Encode(line); err != nil {
			log.Fatal(err)
		}
	}
	write(map[string]string{"go": runtime.Version()})

	prober := newHTTPProber()
	var pending sync.WaitGroup
	questions := bufio.NewScanner(os.Stdin)
	for questions.Scan() {
		var next question
		if err := json.Unmarshal(questions.Bytes(), &next); err != nil {
			log.Fatalf("%s: %v", questions.Text(), err)
		}
		pending.Add(1)
		go func() {
			defer pending.Done()
			write(next.ask(prober))
		}()
	}
	if err := questions.Err(); err != nil {
		log.Fatal(err)
	}
	pending.Wait()
}
