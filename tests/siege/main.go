// siege besieges an agent: it probes as the kubelet does, floods with connections, and is the app that the agent asks,
// each as a process of its own, so that none waits for a core behind the others' work.
//
// Every subcommand goes on until its standard input ends or, with --for, until that time has passed, and closes with one
// line of JSON on standard output. Only soak, which is all of it together, has a time and a closing line of its own.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

// subcommands are told when to stop by the context, and return what their last line says.
var subcommands = map[string]func(ctx context.Context, arguments []string) (any, error){
	"app":     runApp,
	"flood":   runFlood,
	"kubelet": runKubelet,
	"soak":    runSoak,
}

func main() {
	if len(os.Args) < 2 || subcommands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "siege: the subcommands are app, flood, kubelet and soak; each has --help")
		os.Exit(2)
	}

	ctx, stop := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	last, err := subcommands[os.Args[1]](ctx, os.Args[2:])
	if err == nil && last != nil {
		err = json.NewEncoder(os.Stdout).Encode(last)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "siege: %v\n", err)
		os.Exit(1)
	}
}

// parse reads the options of a subcommand, to which it adds --for, and returns the context that ends with it.
func parse(ctx context.Context, options *flag.FlagSet, arguments []string) (context.Context, context.CancelFunc) {
	limit := options.Duration("for", time.Hour, "ends after this time, if its input has not ended before")
	// ExitOnError: it does not return with one.
	_ = options.Parse(arguments)
	return context.WithTimeout(ctx, *limit)
}
