# The agent's image: one native binary on a base without a shell. Build it from the root of the checkout; docs/image.md says how to pin it.
# The SDK is the one whose runtime the lock file names: a locked restore refuses any other.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401
ARG BASE_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
# <Version> of Directory.Build.props, which a Dockerfile cannot read: a test holds it.
ARG VERSION=0.1.0

# On the processor of the machine that builds, whichever the image is for: emulated, the compiler would take many times as long.
FROM --platform=$BUILDPLATFORM ${SDK_IMAGE} AS build
ARG TARGETARCH
# The native compiler links with the platform's own linker, and for another processor with that one's. An SDK image that brings them is left as it is.
RUN case "$(uname -m)-$TARGETARCH" in \
        x86_64-arm64) tools="clang llvm-objcopy aarch64-linux-gnu-gcc" packages="llvm gcc-aarch64-linux-gnu libc6-dev-arm64-cross" ;; \
        aarch64-amd64) tools="clang llvm-objcopy x86_64-linux-gnu-gcc" packages="llvm gcc-x86-64-linux-gnu libc6-dev-amd64-cross" ;; \
        *) tools=cc packages= ;; \
    esac; \
    missing=; \
    for tool in python3 $tools; do command -v "$tool" || missing=$tool; done; \
    [ -z "$missing" ] || { \
        apt-get update && \
        apt-get install -y --no-install-recommends clang python3 $packages && \
        rm -rf /var/lib/apt/lists/*; }
# No build server outlives the step that started it.
ENV MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
WORKDIR /src
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Packages.props global.json ./
COPY src/ProbeAgent/ProbeAgent.csproj src/ProbeAgent/packages.lock.json src/ProbeAgent/
# Without -r: naming a runtime here would not match the lock file, which holds all of them.
RUN dotnet restore src/ProbeAgent --locked-mode
COPY deploy/image/sbom deploy/image/
COPY src/ProbeAgent/ src/ProbeAgent/
ARG VERSION
ARG REVISION
# Analyzers judge a change, not an image. Not every builder says for what it builds where nobody asked.
RUN architecture=${TARGETARCH:-$(dpkg --print-architecture)} && \
    dotnet publish src/ProbeAgent -c Release -a $architecture --no-restore -o /out -p:RunAnalyzers=false -p:Version=${VERSION} -p:SourceRevisionId=${REVISION} && \
    deploy/image/sbom $architecture ${VERSION} > /out/probe-agent.cdx.json

# What turns the addresses of a trace into functions and lines, of this very binary: docs/release.md.
FROM scratch AS symbols
COPY --from=build /out/probe-agent.dbg /

# Said though it is the default: older builders would go on with the platform of the stage before.
FROM --platform=$TARGETPLATFORM ${BASE_IMAGE}
COPY --from=build --chmod=0755 /out/probe-agent /usr/local/bin/probe-agent
# Scanners find it by its name: what is linked into a native binary they could not see.
COPY --from=build --chmod=0644 /out/probe-agent.cdx.json /usr/share/doc/probe-agent/probe-agent.cdx.json
COPY --chmod=0644 LICENSE /usr/share/doc/probe-agent/LICENSE
# The first TLS question would read every certificate of the system, 0.1 s of CPU and 2 MB; the agent believes a caFile or nobody.
ENV SSL_CERT_FILE=/dev/null SSL_CERT_DIR=/nonexistent
# Not 1337, 2102, 5678 or 5995: a process with the uid of a mesh's proxy has its traffic bent into that proxy.
USER 65532:65532
EXPOSE 15081
ENTRYPOINT ["/usr/local/bin/probe-agent"]
ARG BASE_IMAGE
ARG VERSION
ARG REVISION
ARG CREATED
LABEL org.opencontainers.image.title="probe-agent" \
      org.opencontainers.image.description="Answers the kubelet's probes truthfully beside an app under strict mutual TLS." \
      org.opencontainers.image.url="https://github.com/probe-agent/probe-agent" \
      org.opencontainers.image.source="https://github.com/probe-agent/probe-agent" \
      org.opencontainers.image.documentation="https://github.com/probe-agent/probe-agent/blob/main/docs/image.md" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.base.name="${BASE_IMAGE}"
