package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"sort"
	"time"
)

// tally is the last line of siege kubelet. Problems are the first few, in words.
type tally struct {
	Probes          int      `json:"probes"`
	Lost            int      `json:"lost"`
	Failed          int      `json:"failed"`    // answered, and not by 200
	AgentsOwn       int      `json:"agentsOwn"` // of these by 503, which is what the agent says of itself
	P50Milliseconds float64  `json:"p50Milliseconds"`
	P99Milliseconds float64  `json:"p99Milliseconds"`
	MaxMilliseconds float64  `json:"maxMilliseconds"`
	Problems        []string `json:"problems"`

	durations []time.Duration
}

const problemsTold = 5

func runKubelet(ctx context.Context, arguments []string) (any, error) {
	options := flag.NewFlagSet("siege kubelet", flag.ExitOnError)
	from := options.String("from", "127.0.0.1", "the kubelet's own address")
	to := options.String("to", "", "address:port of the agent")
	path := options.String("path", "/livez", "what is asked for")
	period := options.Duration("period", 20*time.Millisecond, "from one probe to the next")
	timeout := options.Duration("timeout", time.Second, "of each probe")
	ctx, stop := parse(ctx, options, arguments)
	defer stop()

	counted := &tally{Problems: []string{}}
	start := time.Now()
	prober{net.ParseIP(*from), *to, *path, *timeout}.run(ctx, *period, func(a answer) { counted.add(a, start) })
	counted.close()
	return counted, nil
}

func (t *tally) add(a answer, start time.Time) {
	t.Probes++
	t.durations = append(t.durations, a.took)
	problem := ""
	switch {
	case a.problem != nil:
		t.Lost++
		problem = a.problem.Error()
	case a.code != http.StatusOK:
		t.Failed++
		if a.code == http.StatusServiceUnavailable {
			t.AgentsOwn++
		}
		problem = fmt.Sprintf("%d %q", a.code, a.body)
	default:
		return
	}
	if len(t.Problems) < problemsTold {
		t.Problems = append(t.Problems, fmt.Sprintf("at %d ms, after %d ms: %s", a.sent.Sub(start).Milliseconds(), a.took.Milliseconds(), problem))
	}
}

func (t *tally) close() {
	sort.Slice(t.durations, func(i, j int) bool { return t.durations[i] < t.durations[j] })
	t.P50Milliseconds = t.percentile(50)
	t.P99Milliseconds = t.percentile(99)
	t.MaxMilliseconds = t.percentile(100)
}

// percentile is the duration that so many of a hundred did not exceed.
func (t *tally) percentile(hundredths int) float64 {
	if len(t.durations) == 0 {
		return 0
	}
	rank := (len(t.durations)*hundredths + 99) / 100
	return float64(t.durations[rank-1].Microseconds()) / 1000
}
