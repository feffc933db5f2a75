package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	stdlog "log"
	"math/big"
	"net"
	"net/http"
	"sync"
	"time"
)

// slowness is how long a slow app takes: well inside the budget of a probe.
const slowness = 300 * time.Millisecond

// interval is a time in which the app certainly was in a state. Between two of them it was changing.
type interval struct {
	State string  `json:"state"`
	From  float64 `json:"from"`
	Until float64 `json:"until"`
}

// app answers every path by HTTP, HTTPS and gRPC's health protocol, as its state wants it.
type app struct {
	ports     map[int]*tls.Config
	gate      sync.Mutex
	listeners []net.Listener
	past      []interval
	current   interval
	changed   chan struct{}
}

func newApp(port, tlsPort int) *app {
	a := &app{ports: map[int]*tls.Config{port: nil}, changed: make(chan struct{})}
	if tlsPort != 0 {
		a.ports[tlsPort] = &tls.Config{Certificates: []tls.Certificate{certificate()}, NextProtos: []string{"h2", "http/1.1"}}
	}
	return a
}

// become changes the state, and logs from when to when it certainly held.
func (a *app) become(state string) {
	a.gate.Lock()
	defer a.gate.Unlock()
	before := a.current
	before.Until = now()
	if before.State != "" {
		a.past = append(a.past, before)
	}
	if state == "closed" {
		for _, listener := range a.listeners {
			listener.Close()
		}
		a.listeners = nil
	} else if a.listeners == nil {
		a.listen()
	}
	close(a.changed)
	a.changed = make(chan struct{})
	a.current = interval{State: state, From: now()}
}

func (a *app) log() []interval {
	a.gate.Lock()
	defer a.gate.Unlock()
	last := a.current
	last.Until = now()
	return append(a.past, last)
}

func (a *app) listen() {
	for port, config := range a.ports {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			fail(err)
		}
		a.listeners = append(a.listeners, listener)
		server := &http.Server{Handler: a, TLSConfig: config, ErrorLog: stdlog.New(io.Discard, "", 0)}
		if config == nil {
			go server.Serve(listener)
		} else {
			go server.ServeTLS(listener, "", "")
		}
	}
}

func (a *app) state() (string, <-chan struct{}) {
	a.gate.Lock()
	defer a.gate.Unlock()
	return a.current.State, a.changed
}

// ServeHTTP answers by the state in which the app is at that moment: what hung, or was slow, follows a change.
func (a *app) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	for {
		state, changed := a.state()
		var pause <-chan time.Time
		switch state {
		case "well", "closed":
			answer(writer, request, true)
			return
		case "failing":
			answer(writer, request, false)
			return
		case "slow":
			pause = time.After(slowness)
		}
		select {
		case <-pause:
			// It has been slow all the time.
			answer(writer, request, true)
			return
		case <-changed:
		case <-request.Context().Done():
			return
		}
	}
}

func answer(writer http.ResponseWriter, request *http.Request, isWell bool) {
	if request.URL.Path == "/grpc.health.v1.Health/Check" {
		status := byte(1) // SERVING
		if !isWell {
			status = 2
		}
		writer.Header().Set("Content-Type", "application/grpc")
		writer.Header().Set("Trailer", "Grpc-Status")
		_, _ = writer.Write([]byte{0, 0, 0, 0, 2, 8, status})
		writer.Header().Set("Grpc-Status", "0")
		return
	}
	if !isWell {
		writer.WriteHeader(http.StatusInternalServerError)
	}
	_, _ = io.WriteString(writer, "said")
}

func certificate() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		fail(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"app"}, NotAfter: time.Now().AddDate(1, 0, 0)}
	bytes, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		fail(err)
	}
	return tls.Certificate{Certificate: [][]byte{bytes}, PrivateKey: key}
}
