package main

import (
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/Masterminds/semver"
	"sigs.k8s.io/yaml"
)

var releaseName = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)

// metadata is Chart.yaml. An unknown key of it is a mistake, as for helm lint.
type metadata struct {
	APIVersion  string   `json:"apiVersion"`
	Name        string   `json:"name"`
	Version     string   `json:"version"`
	AppVersion  string   `json:"appVersion"`
	KubeVersion string   `json:"kubeVersion"`
	Type        string   `json:"type"`
	Description string   `json:"description"`
	Home        string   `json:"home"`
	Icon        string   `json:"icon"`
	Keywords    []string `json:"keywords"`
	Sources     []string `json:"sources"`
}

type chart struct {
	metadata  metadata
	values    map[string]interface{}
	schema    []byte
	templates map[string]string
	files     files
}

// files is .Files: everything that is neither a template nor one of the chart's own files.
type files map[string][]byte

func (f files) Get(name string) string { return string(f[name]) }

func (f files) GetBytes(name string) []byte { return f[name] }

func (f files) Lines(name string) []string {
	return strings.Split(strings.TrimSuffix(string(f[name]), "\n"), "\n")
}

func (f files) Glob(pattern string) files {
	found := files{}
	for name, data := range f {
		if matches, err := path.Match(pattern, name); err == nil && matches {
			found[name] = data
		}
	}
	return found
}

func (f files) AsConfig() string {
	return f.as(func(data []byte) string { return string(data) })
}

func (f files) AsSecrets() string {
	return f.as(base64.StdEncoding.EncodeToString)
}

func (f files) as(text func([]byte) string) string {
	values := map[string]string{}
	for name, data := range f {
		values[path.Base(name)] = text(data)
	}
	return toYAML(values)
}

// load reads a chart's folder. Symbolic links to files are followed, as Helm follows them.
func load(folder string) (*chart, error) {
	c := &chart{templates: map[string]string{}, files: files{}}
	err := filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, file)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		switch {
		case name == "Chart.yaml":
			return yaml.UnmarshalStrict(data, &c.metadata)
		case name == "values.yaml":
			return yaml.UnmarshalStrict(data, &c.values)
		case name == "values.schema.json":
			c.schema = data
		case strings.HasPrefix(name, "templates/"):
			c.templates[name] = string(data)
		default:
			c.files[name] = data
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, c.metadata.judge()
}

func (m metadata) judge() error {
	if m.APIVersion != "v2" || m.Name == "" {
		return fmt.Errorf("Chart.yaml: apiVersion must be v2 and the chart must have a name")
	}
	if _, err := semver.StrictNewVersion(m.Version); err != nil {
		return fmt.Errorf("Chart.yaml: version %q: %v", m.Version, err)
	}
	return nil
}

// admits says whether the chart takes a cluster of that version.
func (m metadata) admits(cluster *semver.Version) error {
	if m.KubeVersion == "" {
		return nil
	}
	wanted, err := semver.NewConstraint(m.KubeVersion)
	if err != nil {
		return fmt.Errorf("Chart.yaml: kubeVersion %q: %v", m.KubeVersion, err)
	}
	if !wanted.Check(cluster) {
		return fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes v%s", m.KubeVersion, cluster)
	}
	return nil
}
