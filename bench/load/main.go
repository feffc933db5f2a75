// Command load asks as the kubelet does: each probe on a new connection, one after the other, nothing pooled.
//
//	load probe --address 127.0.0.1:8080 --path /livez --count 2000
//	load start --address 127.0.0.1:8080 --path /livez -- COMMAND…
//
// The first prints what the probes took, as JSON. The second starts COMMAND, prints what its first answer took, and stays
// its parent until it ends.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"
)

func main() {
	if len(os.Args) < 2 || os.Args[1] != "probe" && os.Args[1] != "start" {
		fail("load probe … or load start …")
	}
	options := flag.NewFlagSet("load "+os.Args[1], flag.ExitOnError)
	address := options.String("address", "", "IPv4 address and port to ask")
	path := options.String("path", "/", "path to ask for")
	contains := options.String("contains", "", "text that a good answer has")
	count := options.Int("count", 1, "probe: how many probes")
	every := options.Duration("every", 0, "probe: from one probe to the next; 0: at once")
	within := options.Duration("within", 20*time.Second, "start: how long to wait for the first answer")
	_ = options.Parse(os.Args[2:])

	target, err := newTarget(*address, *path, *contains)
	if err != nil {
		fail(err.Error())
	}
	// One thread, and no collection in the midst: the program's own noise stays out of the latencies.
	runtime.LockOSThread()
	debug.SetGCPercent(-1)
	if os.Args[1] == "probe" {
		print(probeAll(target, *count, *every))
		return
	}
	start(target, options.Args(), *within)
}

func print(result any) { _ = json.NewEncoder(os.Stdout).Encode(result) }

func fail(message string) {
	fmt.Fprintln(os.Stderr, "load: "+message)
	os.Exit(2)
}
