package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// flooding is what a flood consists of: count connections are held open at once, and each that the agent closes is
// opened again after pause.
type flooding struct {
	kind  string // a key of kinds
	count int
	from  []net.IP
	to    string        // address:port
	pause time.Duration // before a connection is opened again, and from one request of a connection to the next
	rate  int           // connections opened in a second, at most
}

// damage is what a flood did, and the last line of siege flood.
type damage struct {
	Opened  int64 `json:"opened"`
	Refused int64 `json:"refused"` // could not be opened
	Closed  int64 `json:"closed"`  // by the agent
	Answers int64 `json:"answers"` // to complete requests
}

// patience is how long a connection may take to be opened.
const patience = 5 * time.Second

func runFlood(ctx context.Context, arguments []string) (any, error) {
	options := flag.NewFlagSet("siege flood", flag.ExitOnError)
	kind := options.String("kind", "idle", strings.Join(kindNames(), ", "))
	count := options.Int("count", 2000, "connections held at once")
	from := options.String("from", "127.0.0.2", "addresses that the connections come from, with commas between")
	to := options.String("to", "", "address:port of the agent")
	pause := options.Duration("pause", 20*time.Millisecond, "before a connection is opened again, or sends its next request")
	rate := options.Int("rate", 2000, "connections opened in a second, at most")
	hold := options.Duration("hold", time.Hour, "ends this long after every connection has been opened or turned away once")
	ctx, stop := parse(ctx, options, arguments)
	defer stop()

	f := flooding{kind: *kind, count: *count, to: *to, pause: *pause, rate: *rate}
	for _, text := range strings.Split(*from, ",") {
		f.from = append(f.from, net.ParseIP(text))
	}
	if kinds[f.kind] == nil {
		return nil, fmt.Errorf("there is no flood %q; the kinds are %s", f.kind, strings.Join(kindNames(), ", "))
	}
	// Attackers have processors of their own: those here are for the agent and the kubelet first.
	if err := syscall.Setpriority(syscall.PRIO_PROCESS, 0, 10); err != nil {
		return nil, err
	}
	return flood(ctx, f, func() {
		fmt.Fprintln(os.Stdout, "tried")
		time.AfterFunc(*hold, stop)
	}), nil
}

// flood goes on until the context ends, and calls allTried when every connection has been opened or turned away once.
func flood(ctx context.Context, f flooding, allTried func()) damage {
	var done damage
	var all, first sync.WaitGroup
	turns := pace(ctx, f.rate)
	for number := 0; number < f.count; number++ {
		all.Add(1)
		first.Add(1)
		go func(number int) {
			defer all.Done()
			var once sync.Once
			tried := func() { once.Do(first.Done) }
			defer tried()
			for ctx.Err() == nil {
				f.connect(ctx, number, turns, &done, tried)
				wait(ctx, f.pause)
			}
		}(number)
	}
	go func() {
		first.Wait()
		if ctx.Err() == nil {
			allTried()
		}
	}()
	all.Wait()
	return done
}

func (f flooding) connect(ctx context.Context, number int, turns <-chan struct{}, done *damage, tried func()) {
	select {
	case <-turns:
	case <-ctx.Done():
		return
	}
	dialled, err := newDialer(f.from[number%len(f.from)], patience).DialContext(ctx, "tcp", f.to)
	tried()
	if err != nil {
		atomic.AddInt64(&done.Refused, 1)
		return
	}
	atomic.AddInt64(&done.Opened, 1)
	connection := dialled.(*net.TCPConn)
	// By RST, so that no port waits for two minutes after a close.
	_ = connection.SetLinger(0)
	ended := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
			connection.Close()
		case <-ended:
		}
	}()
	kinds[f.kind](f, number, connection, func() { atomic.AddInt64(&done.Answers, 1) })
	close(ended)
	if ctx.Err() == nil {
		atomic.AddInt64(&done.Closed, 1)
	}
	connection.Close()
}

// pace returns a channel that gives so many turns a second.
func pace(ctx context.Context, rate int) <-chan struct{} {
	const perSecond = 200
	turns := make(chan struct{}, rate/perSecond+1)
	go func() {
		ticks := time.NewTicker(time.Second / perSecond)
		defer ticks.Stop()
		for owed := 0; ; owed += rate {
			for ; owed >= perSecond; owed -= perSecond {
				select {
				case turns <- struct{}{}:
				default: // nobody wants it
				}
			}
			select {
			case <-ticks.C:
			case <-ctx.Done():
				return
			}
		}
	}()
	return turns
}

func wait(ctx context.Context, duration time.Duration) {
	timer := time.NewTimer(duration)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
