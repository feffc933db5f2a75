package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// watches are the kubelet, and whoever else asks, each at a period of its own.
var watches = []watch{
	{path: "/livez", period: 2 * time.Second},
	{path: "/readyz", period: time.Second},
	{path: "/startupz", period: time.Second},
	{path: "/livez/app", period: time.Second},
	{path: "/readyz/app", period: 3 * time.Second},
	{path: "/app-health/app/livez", period: time.Second},
	{path: "/app-health/app/readyz", period: 2 * time.Second},
	{path: "/livez", period: 75 * time.Millisecond},
	{path: "/-/healthy", period: time.Second, isOwn: true},
	{path: "/-/ready", period: time.Second, isOwn: true},
	{path: "/metrics", period: time.Second, isOwn: true, has: "probe_agent_"},
}

// The agent may hold more after a soak than before it, by so much: what its runtime keeps for later.
const (
	mayGrowMB          = 24
	mayGrowDescriptors = 16
	mayGrowThreads     = 12
)

// On a machine with something else to do, too: an agent that blames its want of CPU for everything is of no use.
const mayBeLatePercent = 5

var errDoesNotHold = errors.New("the agent does not hold what it promises")

// soak is one run: an app that changes all the time, those who watch it through the agent, and what happens to the agent.
type soak struct {
	judge
	random   *rand.Rand
	kubelet  net.IP
	onlyFast int32 // 1 while a flood of complete requests needs an app that answers within 50 ms
	kills    time.Duration
	floods   bool
	peak     float64 // MB
}

// runSoak goes on for its time, whatever becomes of its input: one of hours has no terminal.
func runSoak(_ context.Context, arguments []string) (any, error) {
	options := flag.NewFlagSet("siege soak", flag.ExitOnError)
	binary := options.String("agent", "", "the binary of the agent")
	seconds := options.Int("seconds", 60, "how long")
	hours := options.Float64("hours", 0, "how long, instead of --seconds")
	seed := options.Int64("seed", 1, "what happens when follows from it")
	floods := options.Bool("floods", true, "flood the agent from time to time")
	// ExitOnError: it does not return with one.
	_ = options.Parse(arguments)
	duration := time.Duration(*seconds) * time.Second
	if *hours > 0 {
		duration = time.Duration(*hours * float64(time.Hour))
	}

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	s, err := newSoak(*binary, *seed)
	if err != nil {
		return nil, err
	}
	s.floods = *floods
	if s.kills = duration / 6; s.kills < 15*time.Second {
		s.kills = 15 * time.Second
	}
	return nil, s.run(ctx, *seed, duration)
}

func newSoak(binary string, seed int64) (*soak, error) {
	random := rand.New(rand.NewSource(seed))
	s := &soak{random: random, kubelet: net.IPv4(127, 0, 0, 1)}
	var err error
	var addresses [2]string
	for number := range addresses {
		if addresses[number], err = freeAddress(random); err != nil {
			return nil, err
		}
	}
	if s.app, err = newFickleApp(addresses[0]); err != nil {
		return nil, err
	}
	s.agent = &guardedAgent{binary: binary, address: addresses[1], app: addresses[0]}
	s.excused = map[string]int{}
	return s, s.agent.start()
}

// freeAddress is below the ports that the kernel gives to whoever connects: one of those could be taken while the app refuses.
func freeAddress(random *rand.Rand) (string, error) {
	var err error
	for try := 0; try < 50; try++ {
		var listener net.Listener
		if listener, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20000+random.Intn(10000))); err == nil {
			listener.Close()
			return listener.Addr().String(), nil
		}
	}
	return "", err
}

func (s *soak) run(ctx context.Context, seed int64, duration time.Duration) error {
	ctx, stop := context.WithTimeout(ctx, duration)
	defer stop()
	s.start = time.Now()
	var parts sync.WaitGroup
	part := func(run func()) {
		parts.Add(1)
		go func() {
			defer parts.Done()
			run()
		}()
	}
	flapping := rand.New(rand.NewSource(seed + 1))
	part(func() { s.app.flap(ctx, flapping, func() bool { return atomic.LoadInt32(&s.onlyFast) == 1 }) })
	for _, w := range watches {
		w, phase := w, time.Duration(s.random.Int63n(int64(w.period)))
		part(func() {
			wait(ctx, phase)
			prober{s.kubelet, s.agent.address, w.path, time.Second}.run(ctx, w.period, func(a answer) { s.hear(w, a) })
		})
	}

	part(func() { s.watchMemory(ctx) })

	// What it holds when it has been asked for everything once, and when all is quiet again.
	wait(ctx, quiet)
	before := s.agent.footprint()
	s.trouble(ctx)
	after := s.agent.footprint()
	parts.Wait()
	survived := !s.agent.hasEnded()
	if survived {
		_ = s.agent.process.Process.Signal(syscall.SIGTERM)
	}
	return s.close(seed, time.Since(s.start), before, after, survived)
}

const quiet = 3 * time.Second

func (s *soak) watchMemory(ctx context.Context) {
	for ctx.Err() == nil {
		if held := s.agent.footprint().residentMB; held > s.peak {
			s.peak = held
		}
		wait(ctx, time.Second)
	}
}

// trouble kills and floods the agent, and leaves it in peace at the end.
func (s *soak) trouble(ctx context.Context) {
	deadline, _ := ctx.Deadline()
	nextKill := time.Now().Add(s.kills / 2)
	for number := s.random.Intn(100); ; number++ {
		seconds := time.Duration(2+s.random.Intn(4)) * time.Second
		wait(ctx, time.Duration(1+s.random.Intn(5))*time.Second)
		if ctx.Err() != nil || time.Until(deadline) < seconds+2*quiet {
			wait(ctx, time.Until(deadline)-quiet/2)
			return
		}
		if time.Now().After(nextKill) {
			nextKill = time.Now().Add(s.kills)
			if err := s.agent.kill(); err != nil {
				fmt.Println(err)
				return
			}
			continue
		}
		if s.floods {
			s.flood(ctx, number, seconds)
		}
	}
}

// flood does so from another process: attackers do not share the kubelet's.
func (s *soak) flood(ctx context.Context, number int, duration time.Duration) {
	kind := kindNames()[number%len(kinds)]
	from := []string{"127.0.0.2", "127.0.0.1"}[number/len(kinds)%2]
	if kind == "requests" {
		atomic.StoreInt32(&s.onlyFast, 1)
		if !s.app.now().isFast {
			_ = s.app.become(well, 0)
		}
		defer func() {
			// Those under way get their answers first.
			wait(ctx, time.Second)
			atomic.StoreInt32(&s.onlyFast, 0)
		}()
	}
	s.noteFlood(kind, from)
	program, err := os.Executable()
	if err != nil {
		fmt.Println(err)
		return
	}
	flood := exec.CommandContext(ctx, program, "flood", "--kind", kind, "--from", from, "--to", s.agent.address, "--for", duration.String(),
		"--count", "300", "--rate", "500", "--pause", "50ms")
	flood.Stderr = os.Stderr
	// It goes on for as long as its input does.
	if _, err := flood.StdinPipe(); err != nil {
		fmt.Println(err)
		return
	}
	if err := flood.Run(); err != nil && ctx.Err() == nil {
		fmt.Println(err)
	}
}

func (s *soak) close(seed int64, took time.Duration, before, after footprint, survived bool) error {
	times := tally{durations: s.durations}
	times.close()
	var why string
	switch {
	case s.probes == 0:
		why = "; nobody probed"
	case !survived:
		why = "; the agent ended by itself"
	case s.late*100 > s.probes*mayBeLatePercent:
		why = "; it says too often that it was starved"
	case after.residentMB > before.residentMB+mayGrowMB:
		why = "; its memory grows"
	case after.descriptors > before.descriptors+mayGrowDescriptors:
		why = "; its descriptors grow"
	case after.threads > before.threads+mayGrowThreads:
		why = "; its threads grow"
	}
	fmt.Printf("soak: seed %d, %.0f s: %d probes, %d untrue, %d lost, %d agent_late, %d lost to %d kills, p50/p99/max %.1f/%.1f/%.1f ms, "+
		"rss %.1f→%.1f MB (at most %.1f), fds %d→%d, threads %d→%d%s\n",
		seed, took.Seconds(), s.probes, s.untrue, s.lost, s.late, s.killed, len(s.agent.kills), times.P50Milliseconds, times.P99Milliseconds,
		times.MaxMilliseconds, before.residentMB, after.residentMB, s.peak, before.descriptors, after.descriptors, before.threads, after.threads, why)
	if why != "" || s.untrue > 0 || s.lost > 0 {
		return errDoesNotHold
	}
	return nil
}
