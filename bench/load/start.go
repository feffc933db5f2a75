package main

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// How long to wait before the next try; it is the grain of the time to the first answer.
const pause = 200 * time.Microsecond

// first is what it took until the first whole answer, in milliseconds.
type first struct {
	Pid   int     `json:"pid"`
	Ms    float64 `json:"ms"`
	CPUMs float64 `json:"cpuMs"`
}

func start(t *target, command []string, within time.Duration) {
	if len(command) == 0 {
		fail("start wants a command after --")
	}
	begin := time.Now()
	pid, err := syscall.ForkExec(command[0], command, &syscall.ProcAttr{Env: os.Environ(), Files: []uintptr{0, 2, 2}})
	if err != nil {
		fail(fmt.Sprintf("%s cannot be started: %v", command[0], err))
	}
	// A signal to the group is meant for the command: this program ends behind it, when there is nothing left to wait for.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGTERM, syscall.SIGINT)

	var status syscall.WaitStatus
	for {
		if _, err = t.ask(); err == nil {
			break
		}
		if ended, _ := syscall.Wait4(pid, &status, syscall.WNOHANG, nil); ended == pid {
			fail("it ended before its first answer, with " + cause(status))
		}
		if time.Since(begin) > within {
			_ = syscall.Kill(pid, syscall.SIGKILL)
			fail(fmt.Sprintf("no good answer within %s: %v", within, err))
		}
		time.Sleep(pause)
	}
	ms := float64(time.Since(begin)) / float64(time.Millisecond)
	print(first{pid, ms, float64(cpu(pid)) / float64(time.Millisecond)})

	for err = syscall.EINTR; err == syscall.EINTR; {
		_, err = syscall.Wait4(pid, &status, 0, nil)
	}
	fail("it ended with " + cause(status))
}

func cause(status syscall.WaitStatus) string {
	if status.Signaled() {
		return fmt.Sprintf("signal %d", status.Signal())
	}
	return fmt.Sprintf("exit code %d", status.ExitStatus())
}

// cpu is what a process, its threads and its children have used. It is read here, as until another program came to it
// the command would have gone on.
func cpu(pid int) (used time.Duration) {
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	for _, task := range tasks {
		used += ran(task + "/schedstat")
		children, _ := os.ReadFile(task + "/children")
		for _, child := range strings.Fields(string(children)) {
			if number, err := strconv.Atoi(child); err == nil {
				used += cpu(number)
			}
		}
	}
	return used
}

func ran(file string) time.Duration {
	text, _ := os.ReadFile(file)
	if fields := strings.Fields(string(text)); len(fields) > 0 {
		nanoseconds, _ := strconv.ParseInt(fields[0], 10, 64)
		return time.Duration(nanoseconds)
	}
	return 0
}
