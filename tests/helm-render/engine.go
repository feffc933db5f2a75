package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/semver"
	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

// capabilities is .Capabilities.
type capabilities struct {
	KubeVersion kubeVersion
	APIVersions apiVersions
	HelmVersion struct{ Version string }
}

type kubeVersion struct{ Version, Major, Minor string }

func (v kubeVersion) String() string { return v.Version }

func (v kubeVersion) GitVersion() string { return v.Version }

type apiVersions []string

func (a apiVersions) Has(version string) bool {
	for _, one := range a {
		if one == version {
			return true
		}
	}
	return false
}

type engine struct {
	root    *template.Template
	cluster []map[string]interface{}
}

// render returns what each template of the chart makes, by its name.
func render(release, folder string, o options) (map[string]string, error) {
	c, err := load(folder)
	if err != nil {
		return nil, err
	}
	version, err := semver.NewVersion(o.kubeVersion)
	if err != nil {
		return nil, fmt.Errorf("--kube-version %q: %v", o.kubeVersion, err)
	}
	if err := c.metadata.admits(version); err != nil {
		return nil, err
	}
	values, err := c.read(o)
	if err != nil {
		return nil, err
	}
	if err := c.judge(values); err != nil {
		return nil, err
	}
	cluster, err := resources(o.cluster)
	if err != nil {
		return nil, err
	}
	revision := 1
	if o.upgrade {
		revision = 2
	}
	root := map[string]interface{}{
		"Values": values,
		"Chart":  c.metadata,
		"Files":  c.files,
		"Release": map[string]interface{}{
			"Name": release, "Namespace": o.namespace, "Service": "Helm", "Revision": revision, "IsInstall": !o.upgrade, "IsUpgrade": o.upgrade,
		},
		"Capabilities": capabilities{
			KubeVersion: kubeVersion{"v" + version.String(), fmt.Sprint(version.Major()), fmt.Sprint(version.Minor())},
			APIVersions: apiVersions(o.apis),
		},
	}
	return (&engine{cluster: cluster}).execute(c, root)
}

func (e *engine) execute(c *chart, root map[string]interface{}) (map[string]string, error) {
	// missingkey=zero prints <no value> all the same; Helm takes that out afterwards.
	e.root = template.New("helm").Option("missingkey=zero")
	e.root.Funcs(e.functions())
	var names []string
	for name := range c.templates {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if _, err := e.root.New(path.Join(c.metadata.Name, name)).Parse(c.templates[name]); err != nil {
			return nil, fmt.Errorf("parse error at %v", err)
		}
	}
	rendered := map[string]string{}
	for _, name := range names {
		if strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		full := path.Join(c.metadata.Name, name)
		root["Template"] = map[string]interface{}{"Name": full, "BasePath": path.Join(c.metadata.Name, "templates")}
		text, err := e.include(full, root)
		if err != nil {
			return nil, fmt.Errorf("execution error at %v", err)
		}
		rendered[full] = text
	}
	return rendered, nil
}

func (e *engine) functions() template.FuncMap {
	functions := sprig.TxtFuncMap()
	delete(functions, "env")
	delete(functions, "expandenv")
	functions["include"] = e.include
	functions["tpl"] = e.tpl
	functions["lookup"] = e.lookup
	functions["required"] = required
	functions["toYaml"] = toYAML
	functions["fromYaml"] = fromYAML
	functions["toJson"] = toJSON
	functions["fromJson"] = fromYAML
	return functions
}

func (e *engine) include(name string, data interface{}) (string, error) {
	var text strings.Builder
	err := e.root.ExecuteTemplate(&text, name, data)
	return strings.ReplaceAll(text.String(), "<no value>", ""), err
}

func (e *engine) tpl(text string, data interface{}) (string, error) {
	copied, err := e.root.Clone()
	if err != nil {
		return "", err
	}
	parsed, err := copied.New("tpl").Parse(text)
	if err != nil {
		return "", err
	}
	var made strings.Builder
	err = parsed.Execute(&made, data)
	return made.String(), err
}

// lookup finds what the file of --cluster holds; an empty map where it holds nothing of that name, as Helm's.
func (e *engine) lookup(apiVersion, kind, namespace, name string) map[string]interface{} {
	for _, resource := range e.cluster {
		about, _ := resource["metadata"].(map[string]interface{})
		if resource["apiVersion"] == apiVersion && resource["kind"] == kind && about["name"] == name && (namespace == "" || about["namespace"] == namespace) {
			return resource
		}
	}
	return map[string]interface{}{}
}

// resources reads the documents of a YAML file.
func resources(file string) ([]map[string]interface{}, error) {
	if file == "" {
		return nil, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var all []map[string]interface{}
	for _, document := range strings.Split("\n"+string(data), "\n---") {
		var resource map[string]interface{}
		if err := yaml.Unmarshal([]byte(document), &resource); err != nil {
			return nil, fmt.Errorf("%s: %v", file, err)
		}
		if resource != nil {
			all = append(all, resource)
		}
	}
	return all, nil
}

func required(message string, value interface{}) (interface{}, error) {
	if value == nil || value == "" {
		return nil, errors.New(message)
	}
	return value, nil
}

func toYAML(value interface{}) string {
	data, err := yaml.Marshal(value)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(string(data), "\n")
}

func fromYAML(text string) map[string]interface{} {
	values := map[string]interface{}{}
	if err := yaml.Unmarshal([]byte(text), &values); err != nil {
		values["Error"] = err.Error()
	}
	return values
}

func toJSON(value interface{}) string {
	data, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(data)
}
