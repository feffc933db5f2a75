package main

import (
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"strings"
	"time"
)

// hookRunner calls lifecycle hooks with the settings of the kubelet's insecureContainerLifecycleHTTPClient.
type hookRunner struct {
	client *http.Client
}

func newHookRunner() hookRunner {
	return hookRunner{&http.Client{
		// Nothing else is set: no time limit, no HTTP/2, connections are kept.
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}},
		CheckRedirect: stayOnHost,
	}}
}

// run is the kubelet's runHTTPHandler (pkg/kubelet/lifecycle): whatever status comes back is a success, and so is a
// body that breaks off. The kubelet waits for as long as it takes, this program until the question's timeout.
func (h hookRunner) run(q question) (result, string) {
	// Connections that are kept belong to one hook here, so that questions do not meet each other.
	defer h.client.CloseIdleConnections()
	end := time.Now().Add(q.timeout())
	patience, cancel := context.WithDeadline(context.Background(), end)
	defer cancel()

	request, err := newRequest(q, "kube-lifecycle")
	if err != nil {
		return failure, err.Error()
	}
	status, err := h.do(request.WithContext(patience))
	if err != nil && strings.Contains(err.Error(), "server gave HTTP response to HTTPS client") {
		plain := request.Clone(patience)
		plain.URL.Scheme = "http"
		plain.Header.Del("Authorization")
		if again, plainErr := h.do(plain); plainErr == nil {
			status, err = again, nil
		}
	}

	switch {
	case !time.Now().Before(end):
		return unended, "it had not ended when the test lost patience"
	case err != nil:
		return failure, err.Error()
	default:
		return success, status
	}
}

func (h hookRunner) do(request *http.Request) (string, error) {
	response, err := h.client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	// What is longer is not read at all, and what goes wrong while reading is nobody's concern.
	if response.ContentLength <= bodyLimit {
		_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, bodyLimit))
	}
	return response.Status, nil
}
