package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand"
	"net"
	"strings"
	"sync"
	"time"
)

// condition is what a fickle app does with whoever asks.
type condition struct {
	name   string
	isWell bool
	isFast bool // its answer is there within 50 ms, to each of many who ask
	status int  // 0 where it answers otherwise, or not at all
}

var (
	well        = condition{name: "well", isWell: true, isFast: true, status: 200}
	slow        = condition{name: "slow", isWell: true, status: 200}
	fails       = condition{name: "500", isFast: true, status: 500}
	unavailable = condition{name: "503", isFast: true, status: 503}
	missing     = condition{name: "404", isFast: true, status: 404}
	garbage     = condition{name: "garbage", isFast: true}
	hangs       = condition{name: "hangs"}
	drips       = condition{name: "drips"}
	stalls      = condition{name: "body stalls"}
	resets      = condition{name: "resets"}
	refuses     = condition{name: "refuses"}

	conditions = []condition{well, slow, fails, unavailable, missing, garbage, hangs, drips, stalls, resets, refuses}
)

// spell is a time during which the app was in one condition. Its end is when the last connection did as that condition
// says, where that was after the next had begun.
type spell struct {
	condition
	delay   time.Duration // of slow
	from    time.Time
	until   time.Time // zero while it lasts
	changed chan struct{}
}

// fickleApp changes from one condition to another, and keeps a log of it. What it has been asked and has not answered it
// answers as its new condition says, so that at any moment it is in one condition towards everybody.
type fickleApp struct {
	address string

	mutex    sync.Mutex
	listener net.Listener
	log      []*spell // of the last minute, the present one last
}

const logKept = time.Minute

func newFickleApp(address string) (*fickleApp, error) {
	app := &fickleApp{address: address}
	app.log = []*spell{{condition: well, from: time.Now(), changed: make(chan struct{})}}
	return app, app.listen()
}

// flap changes the app's condition until the context ends; where onlyFast says so, among those in which it answers at once.
func (app *fickleApp) flap(ctx context.Context, random *rand.Rand, onlyFast func() bool) {
	for ctx.Err() == nil {
		next := conditions[random.Intn(len(conditions))]
		if random.Intn(3) == 0 {
			next = well
		}
		stay := time.Duration(150+random.Intn(2500)) * time.Millisecond
		// In time also where this process waits for a core.
		delay := time.Duration(50+random.Intn(400)) * time.Millisecond
		if onlyFast() && !next.isFast {
			next, stay = well, stay/4
		}
		if err := app.become(next, delay); err != nil {
			fmt.Printf("the app cannot listen on %s: %v\n", app.address, err)
		}
		wait(ctx, stay)
	}
	_ = app.become(refuses, 0)
}

func (app *fickleApp) now() *spell {
	app.mutex.Lock()
	defer app.mutex.Unlock()
	return app.log[len(app.log)-1]
}

func (app *fickleApp) become(next condition, delay time.Duration) error {
	var err error
	if next.name != refuses.name {
		err = app.listen()
	}
	app.mutex.Lock()
	defer app.mutex.Unlock()
	now, last := time.Now(), app.log[len(app.log)-1]
	last.until = now
	for len(app.log) > 1 && now.Sub(app.log[0].until) > logKept {
		app.log = app.log[1:]
	}
	app.log = append(app.log, &spell{condition: next, delay: delay, from: now, changed: make(chan struct{})})
	if next.name == refuses.name && app.listener != nil {
		app.listener.Close()
		app.listener = nil
	}
	close(last.changed)
	return err
}

func (app *fickleApp) listen() error {
	app.mutex.Lock()
	defer app.mutex.Unlock()
	if app.listener != nil {
		return nil
	}
	listener, err := net.Listen("tcp", app.address)
	if err != nil {
		return err
	}
	app.listener = listener
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go app.serve(connection.(*net.TCPConn))
		}
	}()
	return nil
}

// acted notes that a connection did just now as that condition says.
func (app *fickleApp) acted(by *spell) {
	app.mutex.Lock()
	defer app.mutex.Unlock()
	if now := time.Now(); !by.until.IsZero() && by.until.Before(now) {
		by.until = now
	}
}

// between returns the spells that touch a stretch of time.
func (app *fickleApp) between(from, to time.Time) []spell {
	app.mutex.Lock()
	defer app.mutex.Unlock()
	var found []spell
	for _, s := range app.log {
		if !s.from.After(to) && (s.until.IsZero() || !s.until.Before(from)) {
			found = append(found, *s)
		}
	}
	return found
}

// serve takes a question, and does with it what the app's condition says, and the one after that, until one ends it.
func (app *fickleApp) serve(connection *net.TCPConn) {
	defer connection.Close()
	asked := time.Now()
	_ = connection.SetDeadline(asked.Add(time.Minute))
	question := bufio.NewReaderSize(connection, 4096)
	for line := ""; line != "\r\n"; {
		var err error
		if line, err = question.ReadString('\n'); err != nil {
			return
		}
	}
	begun := ""
	for isOver := false; !isOver; {
		s := app.now()
		begun, isOver = s.answer(connection, asked, begun)
		app.acted(s)
	}
}

// answer goes on with an answer of which that much is sent, and says how much it is then, and whether it is over.
func (s *spell) answer(connection *net.TCPConn, asked time.Time, begun string) (sent string, isOver bool) {
	const head, body = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 20\r\nX-Drip: ", "this is a well app.\n"
	switch {
	case s.isWell:
		if !s.lasts(time.Until(asked.Add(s.delay))) {
			return begun, false
		}
		whole := head + strings.Repeat("x", max(0, len(begun)-len(head))) + "\r\n\r\n" + body
		if strings.Contains(begun, "\r\n\r\n") {
			whole = begun + body[len(body)/2:]
		}
		_, _ = io.WriteString(connection, strings.TrimPrefix(whole, begun))
		return whole, true
	case s.status != 0 && begun == "":
		fmt.Fprintf(connection, "HTTP/1.1 %d It Is So\r\nConnection: close\r\nContent-Length: 4\r\n\r\nill\n", s.status)
		return begun, true
	case s.name == garbage.name && begun == "":
		_, _ = io.WriteString(connection, "\x00\x01 220 this is no HTTP\r\n\r\n")
		return begun, true
	case s.name == hangs.name:
		<-s.changed
		return begun, false
	case s.name == drips.name && !strings.Contains(begun, "\r\n\r\n"):
		return s.drip(connection, head, begun)
	case s.name == stalls.name && begun == "":
		begun = strings.TrimSuffix(head, "X-Drip: ") + "\r\n" + body[:len(body)/2]
		_, _ = io.WriteString(connection, begun)
		<-s.changed
		return begun, false
	case s.name == stalls.name || s.name == drips.name:
		<-s.changed
		return begun, false
	}
	// Reset, refused, or too late to say otherwise what has begun well.
	_ = connection.SetLinger(0)
	return begun, true
}

func (s *spell) drip(connection *net.TCPConn, head, begun string) (sent string, isOver bool) {
	for {
		drop := "x"
		if len(begun) < len(head) {
			drop = head[len(begun) : len(begun)+1]
		}
		if _, err := io.WriteString(connection, drop); err != nil {
			return begun, true
		}
		begun += drop
		if !s.lasts(20 * time.Millisecond) {
			return begun, false
		}
	}
}

// lasts waits so long, and says whether the app's condition is the same then.
func (s *spell) lasts(duration time.Duration) bool {
	if duration <= 0 {
		return true
	}
	timer := time.NewTimer(duration)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.changed:
		return false
	}
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}
