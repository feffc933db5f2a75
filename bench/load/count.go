package main

import (
	"math"
	"sort"
	"time"
)

// summary has latencies in microseconds, of the probes that did not fail, and bytes of payload.
type summary struct {
	Count        int     `json:"count"`
	Failures     int     `json:"failures"`
	FirstFailure string  `json:"firstFailure,omitempty"`
	Sent         int     `json:"sent"`
	Received     int     `json:"received"`
	Mean         float64 `json:"mean"`
	P50          float64 `json:"p50"`
	P99          float64 `json:"p99"`
	P999         float64 `json:"p999"`
	Max          float64 `json:"max"`
}

func probeAll(t *target, count int, every time.Duration) summary {
	result := summary{Count: count}
	latencies := make([]float64, 0, count)
	begin := time.Now()
	for i := 0; i < count; i++ {
		if every > 0 {
			time.Sleep(time.Until(begin.Add(time.Duration(i) * every)))
		}
		answer, err := t.ask()
		if err != nil {
			if result.Failures++; result.Failures == 1 {
				result.FirstFailure = err.Error()
			}
			continue
		}
		result.Sent += answer.sent
		result.Received += answer.received
		latencies = append(latencies, float64(answer.took)/float64(time.Microsecond))
	}
	if len(latencies) == 0 {
		return result
	}
	sort.Float64s(latencies)
	for _, latency := range latencies {
		result.Mean += latency / float64(len(latencies))
	}
	// The nearest rank: a latency that was there, nothing in between.
	at := func(share float64) float64 { return latencies[int(math.Ceil(share*float64(len(latencies))))-1] }
	result.P50, result.P99, result.P999, result.Max = at(0.5), at(0.99), at(0.999), at(1)
	return result
}
