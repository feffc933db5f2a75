#!/bin/sh
# helm install app ./chart --post-renderer ./helm-post-renderer.sh
# Helm gives what it has rendered on standard input, and installs what comes out; where something cannot be resolved nothing does.
exec probe-agent inject -f - --mesh istio --image ghcr.io/probe-agent/probe-agent:0.1.0
