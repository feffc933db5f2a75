"""What is measured: each subject's command, environment, configuration and address."""
import dataclasses
import itertools
import pathlib
import shutil
import socket
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ARTIFACTS = HERE.parent / "artifacts"

# The order of the tables. 'direct' is the app itself, asked without anything in between.
LABELS = {
    "direct": "direct",
    "nginx": "nginx proxy_pass",
    "haproxy": "HAProxy",
    "blackbox": "blackbox_exporter",
    "relay": "Go relay",
    "agent": "agent, maxAge 0",
    "agent-shared": "agent, shared",
}

AGENT = """\
checks:
  - name: app
    {age}
    httpGet: {{host: 127.0.0.1, port: {app}, path: /status}}
"""


@dataclasses.dataclass(frozen=True)
class Subject:
    """One program, ready to be started at a port of its own. `contains` is what a good answer has in its body."""

    name: str
    command: list[str]
    port: int
    path: str
    folder: pathlib.Path
    environment: dict[str, str] = dataclasses.field(default_factory=dict)
    contains: str = ""

    @property
    def binary(self) -> pathlib.Path:
        return pathlib.Path(self.command[0]).resolve()


class Subjects:
    """Makes subjects, each time with new ports and a new folder, so that several of a kind can run side by side."""

    def __init__(self, folder: pathlib.Path, agent: pathlib.Path) -> None:
        self._folder = folder
        self._agent = agent
        self._numbers = itertools.count(1)
        self._ports: set[int] = set()
        self.app_port = 0

    def app(self) -> Subject:
        subject = self._configured("direct", "nginx", "app.conf", "/status", "-c")
        self.app_port = subject.port
        return subject

    def make(self, name: str) -> Subject:
        match name:
            case "nginx":
                return self._configured(name, "nginx", "nginx.conf", "/livez", "-c")
            case "haproxy":
                return self._configured(name, "haproxy", "haproxy.cfg", "/livez", "-f")
            case "blackbox":
                return self._blackbox()
            case "relay":
                port, folder = self._place()
                command = [str(ARTIFACTS / "bench/relay"), f"127.0.0.1:{port}", self._app_url()]
                return Subject(name, command, port, "/livez", folder)
            case "agent":
                return self._agent_with(name, "maxAgeSeconds: 0")
            case "agent-shared":
                return self._agent_with(name, "# maxAgeSeconds stays at its default, 0.1")
        raise ValueError(name)

    def _configured(self, name: str, program: str, file: str, path: str, option: str) -> Subject:
        port, folder = self._place()
        command = [installed(program), option, str(self._write(file, folder, port))]
        if program == "nginx":
            # Before it reads its configuration it would complain that its usual log is not writable.
            command += ["-e", "stderr", "-p", str(folder)]
        return Subject(name, command, port, path, folder)

    def _blackbox(self) -> Subject:
        port, folder = self._place()
        file = self._write("blackbox.yml", folder, port)
        program = installed("prometheus-blackbox-exporter")
        command = [program, f"--config.file={file}", f"--web.listen-address=127.0.0.1:{port}"]
        path = "/probe?" + urllib.parse.urlencode({"module": "app", "target": self._app_url()})
        return Subject("blackbox", command, port, path, folder, contains="\nprobe_success 1\n")

    def _agent_with(self, name: str, age: str) -> Subject:
        port, folder = self._place()
        environment = {
            "PROBEAGENT_CONFIG_YAML": AGENT.format(age=age, app=self.app_port),
            "PROBEAGENT_LISTEN": f"127.0.0.1:{port}",
            "PROBEAGENT_ADMIN": f"127.0.0.1:{self._free_port()}",
            # As for a native sidecar. Else it would stay for a while after SIGTERM, as the app still answers.
            "PROBEAGENT_DRAIN_SECONDS": "0",
        }
        return Subject(name, [str(self._agent)], port, "/livez", folder, environment)

    def _app_url(self) -> str:
        return f"http://127.0.0.1:{self.app_port}/status"

    def _write(self, file: str, folder: pathlib.Path, port: int) -> pathlib.Path:
        text = (HERE / "conf" / file).read_text()
        for mark, value in {"@PORT@": port, "@APP@": self.app_port, "@FOLDER@": folder}.items():
            text = text.replace(mark, str(value))
        target = folder / file
        target.write_text(text)
        return target

    def _place(self) -> tuple[int, pathlib.Path]:
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        return self._free_port(), folder

    def _free_port(self) -> int:
        """A port that the kernel says is free, and that no other subject was given."""
        while True:
            with socket.create_server(("127.0.0.1", 0)) as server:
                port = server.getsockname()[1]
            if port not in self._ports:
                self._ports.add(port)
                return port


def installed(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise FileNotFoundError(f"{program} is needed and not on PATH")
    return path
