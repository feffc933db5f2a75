package main

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// watch is one who probes for the whole soak.
type watch struct {
	path   string
	period time.Duration
	isOwn  bool   // of the agent itself, which is well whatever the app is
	has    string // what its answers hold, where that is not empty
}

const (
	// What the app was so shortly before a probe may still be told.
	grace = 50 * time.Millisecond
	// maxAgeSeconds, which the soak leaves at its default.
	maxAge = 100 * time.Millisecond
	// So long after a kill -9 probes may find nobody: one of each period of a second, and those more frequent.
	gap = time.Second

	complaintsTold = 20
)

// judge holds every answer against the app's own log.
type judge struct {
	app   *fickleApp
	agent *guardedAgent
	start time.Time

	mutex     sync.Mutex
	probes    int
	untrue    int
	lost      int
	late      int
	killed    int // lost to a kill, which is allowed
	told      int
	durations []time.Duration
	excused   map[string]int // path and period to the last kill to which it has lost a probe
	flooded   string         // by what, now or last
}

func (j *judge) hear(w watch, a answer) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	j.probes++
	ended := a.sent.Add(a.took)
	if a.problem != nil {
		if j.isExcused(w, a.sent, ended) {
			j.killed++
			return
		}
		j.lost++
		j.tell("lost", w, a, a.problem.Error())
		return
	}
	j.durations = append(j.durations, a.took)
	switch {
	case !w.isOwn && a.code == 503 && strings.Contains(a.body, "failed: agent_late"):
		j.late++
	case w.isOwn && (a.code != 200 || !strings.Contains(a.body, w.has)):
		j.untrue++
		j.tell("untrue", w, a, a.body)
	case !w.isOwn && !j.isTrue(a.code, a.sent, ended):
		j.untrue++
		j.tell("untrue", w, a, a.body)
	}
}

// isTrue tells whether the app was at any time as the answer says it is, from shortly before the probe until its answer.
func (j *judge) isTrue(code int, sent, ended time.Time) bool {
	for _, s := range j.app.between(sent.Add(-grace-maxAge), ended) {
		if s.isWell == (code == 200) {
			return true
		}
	}
	return false
}

func (j *judge) isExcused(w watch, sent, ended time.Time) bool {
	kill := j.agent.killedIn(sent.Add(-gap), ended)
	if kill < 0 {
		return false
	}
	key := fmt.Sprint(w.path, w.period)
	last, hasLost := j.excused[key]
	j.excused[key] = kill
	return w.period < time.Second || !hasLost || last != kill
}

func (j *judge) noteFlood(kind, from string) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	j.flooded = fmt.Sprintf("%s from %s, begun at %.3f s", kind, from, time.Since(j.start).Seconds())
}

func (j *judge) tell(what string, w watch, a answer, words string) {
	if j.told++; j.told > complaintsTold {
		return
	}
	ended := a.sent.Add(a.took)
	var spells []string
	for _, s := range j.app.between(a.sent.Add(-time.Second), ended) {
		spells = append(spells, fmt.Sprintf("%s from %.3f", s.name, s.from.Sub(j.start).Seconds()))
	}
	fmt.Printf("%s: at %.3f s %s (each %v), after %d ms: %d %q; the app: %s; the last flood: %s\n", what, a.sent.Sub(j.start).Seconds(), w.path, w.period,
		a.took.Milliseconds(), a.code, words, strings.Join(spells, ", "), j.flooded)
}
