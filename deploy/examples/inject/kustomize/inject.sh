#!/bin/sh
# A function: a ResourceList on standard input, one on standard output. probe-agent must be on PATH.
exec probe-agent inject -f - --mesh istio --image ghcr.io/probe-agent/probe-agent:0.1.0
