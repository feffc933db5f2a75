//go:build grpc

package main

import (
	"context"
	"net"
	"strconv"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health/grpc_health_v1"
)

func init() {
	askers["grpc"] = probeGRPC
}

// probeGRPC asks with the settings of the kubelet's pkg/probe/grpc: plain HTTP/2, and whatever is not SERVING is a
// failure. It goes on connecting until the timeout, as the kubelet does.
func probeGRPC(q question) (result, string) {
	ctx, cancel := context.WithTimeout(context.Background(), q.timeout())
	defer cancel()

	connection, err := grpc.DialContext(ctx, net.JoinHostPort(q.Host, strconv.Itoa(q.Port)),
		grpc.WithUserAgent("kube-probe/"+kubernetes),
		grpc.WithBlock(),
		grpc.WithInsecure(),
		grpc.WithContextDialer(func(ctx context.Context, address string) (net.Conn, error) {
			return newDialer().DialContext(ctx, "tcp", address)
		}))
	if err != nil {
		return failure, "connecting: " + err.Error()
	}
	defer connection.Close()

	request := &grpc_health_v1.HealthCheckRequest{Service: q.Service}
	answer, err := grpc_health_v1.NewHealthClient(connection).Check(ctx, request)
	if err != nil {
		return failure, err.Error()
	}
	if answer.GetStatus() != grpc_health_v1.HealthCheckResponse_SERVING {
		return failure, answer.GetStatus().String()
	}
	return success, ""
}
