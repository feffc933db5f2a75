package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// guardedAgent is the agent as the kubelet keeps it: killed it is started again at once.
type guardedAgent struct {
	binary, address, app string

	mutex   sync.Mutex
	process *exec.Cmd
	ended   chan struct{}
	kills   []time.Time
}

// agentStarts is how long an agent may take until its port is open.
const agentStarts = 10 * time.Second

// start returns when the agent's port is open.
func (agent *guardedAgent) start() error {
	_, port, _ := net.SplitHostPort(agent.app)
	process := exec.Command(agent.binary, "--listen", agent.address, "--admin", "off", "--target", ":"+port+"/status", "--log-level", "error")
	process.Stderr = os.Stderr
	// An agent must not outlive a soak that was killed.
	process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started, ended := make(chan error), make(chan struct{})
	go func() {
		// The signal comes when this thread ends, not this process.
		runtime.LockOSThread()
		err := process.Start()
		started <- err
		if err == nil {
			_ = process.Wait()
			close(ended)
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	agent.mutex.Lock()
	agent.process, agent.ended = process, ended
	agent.mutex.Unlock()
	for limit := time.Now().Add(agentStarts); time.Now().Before(limit); time.Sleep(2 * time.Millisecond) {
		if connection, err := net.DialTimeout("tcp", agent.address, time.Second); err == nil {
			connection.Close()
			return nil
		}
		if agent.hasEnded() {
			break
		}
	}
	return fmt.Errorf("the agent does not listen on %s", agent.address)
}

// kill ends the agent as nothing can be prepared for, and starts it again.
func (agent *guardedAgent) kill() error {
	agent.mutex.Lock()
	process, ended := agent.process, agent.ended
	agent.kills = append(agent.kills, time.Now())
	agent.mutex.Unlock()
	if err := process.Process.Kill(); err != nil {
		return err
	}
	<-ended
	return agent.start()
}

func (agent *guardedAgent) hasEnded() bool {
	agent.mutex.Lock()
	defer agent.mutex.Unlock()
	select {
	case <-agent.ended:
		return true
	default:
		return false
	}
}

// killedIn returns which kill it was that came in a stretch of time; -1 where there was none.
func (agent *guardedAgent) killedIn(from, to time.Time) int {
	agent.mutex.Lock()
	defer agent.mutex.Unlock()
	for number := len(agent.kills) - 1; number >= 0; number-- {
		if at := agent.kills[number]; !at.Before(from) && !at.After(to) {
			return number
		}
	}
	return -1
}

// footprint is what a process holds.
type footprint struct {
	residentMB  float64
	descriptors int
	threads     int
}

func (agent *guardedAgent) footprint() footprint {
	agent.mutex.Lock()
	folder := fmt.Sprintf("/proc/%d/", agent.process.Process.Pid)
	agent.mutex.Unlock()
	var held footprint
	if descriptors, err := os.ReadDir(folder + "fd"); err == nil {
		held.descriptors = len(descriptors)
	}
	status, err := os.ReadFile(folder + "status")
	if err != nil {
		return held
	}
	for _, line := range strings.Split(string(status), "\n") {
		words := strings.Fields(line)
		if len(words) < 2 {
			continue
		}
		number, _ := strconv.Atoi(words[1])
		switch words[0] {
		case "VmRSS:":
			held.residentMB = float64(number) / 1024
		case "Threads:":
			held.threads = number
		}
	}
	return held
}
