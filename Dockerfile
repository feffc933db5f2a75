# The agent's image: one native binary on a base without a shell. Build it from the root of the checkout.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG BASE_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled

FROM ${SDK_IMAGE} AS build
# The native compiler links with the platform's own linker; an SDK image that brings one is left as it is.
RUN command -v clang || command -v gcc || { \
        apt-get update && \
        apt-get install -y --no-install-recommends clang zlib1g-dev && \
        rm -rf /var/lib/apt/lists/*; }
# No build server outlives the step that started it.
ENV MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
WORKDIR /src
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Packages.props global.json ./
COPY src/ProbeAgent/ProbeAgent.csproj src/ProbeAgent/packages.lock.json src/ProbeAgent/
# Without -r: naming a runtime here would not match the lock file, which holds all of them.
RUN dotnet restore src/ProbeAgent --locked-mode
COPY src/ProbeAgent/ src/ProbeAgent/
ARG REVISION=
RUN dotnet publish src/ProbeAgent -c Release --no-restore -o /out -p:SourceRevisionId=${REVISION}

FROM ${BASE_IMAGE}
COPY --from=build --chmod=0755 /out/probe-agent /usr/local/bin/probe-agent
# The first TLS question would read every certificate of the system, 0.1 s of CPU and 2 MB; the agent believes a caFile or nobody.
ENV SSL_CERT_FILE=/dev/null SSL_CERT_DIR=/nonexistent
# Not 1337, 2102, 5678 or 5995: a process with the uid of a mesh's proxy has its traffic bent into that proxy.
USER 65532:65532
EXPOSE 15081
ENTRYPOINT ["/usr/local/bin/probe-agent"]
