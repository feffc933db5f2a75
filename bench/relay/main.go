// Command relay is the least that a Go developer would write in the agent's place: it asks the app and passes its status on.
package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"time"
)

func main() {
	listen, app := os.Args[1], os.Args[2]
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	http.HandleFunc("/livez", func(response http.ResponseWriter, _ *http.Request) {
		answer, err := client.Get(app)
		if err != nil {
			http.Error(response, err.Error(), http.StatusBadGateway)
			return
		}
		defer answer.Body.Close()
		_, _ = io.Copy(io.Discard, answer.Body)
		response.WriteHeader(answer.StatusCode)
		_, _ = io.WriteString(response, "ok")
	})
	log.Fatal(http.ListenAndServe(listen, nil))
}
