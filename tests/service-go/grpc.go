//go:build grpc

package main

import (
	"fmt"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
)

func init() {
	status := health.NewServer()
	grpcHealth = func(listener net.Listener) error {
		server := grpc.NewServer()
		grpc_health_v1.RegisterHealthServer(server, status)
		return server.Serve(listener)
	}
	setGRPCHealth = func(word string) error {
		number, ok := grpc_health_v1.HealthCheckResponse_ServingStatus_value[word]
		if !ok {
			return fmt.Errorf("grpc %q: wanted a status such as NOT_SERVING", word)
		}
		status.SetServingStatus("", grpc_health_v1.HealthCheckResponse_ServingStatus(number))
		return nil
	}
}
