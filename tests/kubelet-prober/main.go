// kubelet-prober asks as the kubelet asks, so that the agent's verdicts can be held against the kubelet's.
//
// It reads one question a line from standard input and writes one verdict a line to standard output, both JSON, in
// the order in which the verdicts come. Questions are asked side by side. It ends when its input does. The first line
// it writes names the version of Go, whose HTTP library is what is being measured.
//
// All of it but the gRPC probe is the standard library's. That one has the build tag grpc, and is built where gRPC for
// Go is installed.
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
	// unended is the test's own word for a hook that had not ended when the test lost patience.
	unended result = "unended"
)

// header is one of the httpHeaders of a probe.
type header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type question struct {
	ID                  int      `json:"id"`
	Probe               string   `json:"probe"` // a key of askers
	Scheme              string   `json:"scheme"`
	Host                string   `json:"host"`
	Port                int      `json:"port"`
	Path                string   `json:"path"`
	Headers             []header `json:"headers"`
	Service             string   `json:"service"`
	TimeoutMilliseconds int      `json:"timeoutMilliseconds"`
}

func (q question) timeout() time.Duration {
	return time.Duration(q.TimeoutMilliseconds) * time.Millisecond
}

type verdict struct {
	ID     int    `json:"id"`
	Result result `json:"result"`
	Output string `json:"output"`
}

// askers are the kinds of questions; their keys are the field names of Kubernetes' API, and hook for a lifecycle hook.
var askers = map[string]func(question) (result, string){
	"httpGet":   newHTTPProber().probe,
	"tcpSocket": probeTCP,
	"hook":      newHookRunner().run,
}

func (q question) ask() verdict {
	asker, ok := askers[q.Probe]
	if !ok {
		log.Fatalf("question %d: probe is %q, which this program has not been built for", q.ID, q.Probe)
	}
	outcome, output := asker(q)
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
			write(next.ask())
		}()
	}
	if err := questions.Err(); err != nil {
		log.Fatal(err)
	}
	pending.Wait()
}
