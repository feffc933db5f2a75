package main

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
)

const (
	// kubernetes is the version that the kubelet names in its User-Agent, behind what it asks for.
	kubernetes = "1.36"
	// bodyLimit is how much of an answer's body the kubelet reads; what follows it is cut off without harm.
	bodyLimit = 10 << 10
	// redirectLimit is the number of requests after which the kubelet follows no more.
	redirectLimit = 10
)

// httpProber asks with the settings of the kubelet's pkg/probe/http.
type httpProber struct {
	transport *http.Transport
}

func newHTTPProber() httpProber {
	defaults := http.DefaultTransport.(*http.Transport)
	return httpProber{&http.Transport{
		Proxy:              nil,
		DialContext:        newDialer().DialContext,
		DisableKeepAlives:  true,
		DisableCompression: true,
		// The certificate of a pod is made out to anything but its address.
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
		// What k8s.io/apimachinery's SetTransportDefaults adds: HTTP/2 by ALPN, and the two time limits.
		ForceAttemptHTTP2:   true,
		TLSHandshakeTimeout: defaults.TLSHandshakeTimeout,
		IdleConnTimeout:     defaults.IdleConnTimeout,
	}}
}

func (p httpProber) probe(q question) (result, string) {
	request, err := newRequest(q, "kube-probe")
	if err != nil {
		return thrownAway, err.Error()
	}

	client := &http.Client{Transport: p.transport, Timeout: q.timeout(), CheckRedirect: stayOnHost}
	response, err := client.Do(request)
	if err != nil {
		return failure, err.Error()
	}
	defer response.Body.Close()

	// A body that reaches the limit is not read on, so what is wrong beyond the limit is never seen.
	if _, err := io.Copy(io.Discard, io.LimitReader(response.Body, bodyLimit)); err != nil {
		return thrownAway, err.Error()
	}

	status := "statuscode: " + strconv.Itoa(response.StatusCode)
	switch {
	case response.StatusCode < http.StatusOK || response.StatusCode >= http.StatusBadRequest:
		return failure, status
	case response.StatusCode >= http.StatusMultipleChoices:
		return warning, status
	default:
		return success, status
	}
}

// newRequest makes the request of a probe (kube-probe) or a hook (kube-lifecycle), as the kubelet's
// pkg/probe/http/request.go.
func newRequest(q question, asking string) (*http.Request, error) {
	target, err := url.Parse(q.Path)
	if err != nil {
		// A path that is none is passed on as it is.
		target = &url.URL{Path: q.Path}
	}
	target.Scheme = q.Scheme
	target.Host = net.JoinHostPort(q.Host, strconv.Itoa(q.Port))

	// The kubelet goes by way of the text, which settles how the path is escaped.
	request, err := http.NewRequest(http.MethodGet, target.String(), nil)
	if err != nil {
		return nil, err
	}
	for _, configured := range q.Headers {
		request.Header.Add(configured.Name, configured.Value)
	}
	if _, ok := request.Header["User-Agent"]; !ok {
		request.Header.Set("User-Agent", asking+"/"+kubernetes)
	}
	if _, ok := request.Header["Accept"]; !ok {
		request.Header.Set("Accept", "*/*")
	} else if request.Header.Get("Accept") == "" {
		request.Header.Del("Accept")
	}
	// Without a configured header it is the address that is dialled.
	request.Host = request.Header.Get("Host")
	return request, nil
}

// stayOnHost is the kubelet's rule for redirects: to the same host name only, the port does not matter.
func stayOnHost(request *http.Request, via []*http.Request) error {
	if request.URL.Hostname() != via[0].URL.Hostname() {
		return http.ErrUseLastResponse
	}
	if len(via) >= redirectLimit {
		return errors.New("stopped after 10 redirects")
	}
	return nil
}
