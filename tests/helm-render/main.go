// helm-render renders a chart as `helm template` and `helm upgrade` do, for tests where Helm is not to be had.
//
//	helm-render [options] RELEASE CHART
//
// Templates and values go through the libraries that Helm itself uses, text/template, sprig and sigs.k8s.io/yaml, and the schema through
// gojsonschema, which was Helm's up to 3.17. What lies around them is written from Helm's documentation: the built-in objects, the
// merging of values, the order in which they are judged. There are no subcharts, hooks, library charts or values by index (--set a[0]=b), and nothing is sorted by kind.
// Mistakes are told on standard error with exit code 1.
package main

import (
	"flag"
	"fmt"
	"os"
	"sort"
	"strings"
)

const notes = "NOTES.txt"

// many is an option that may be given more than once.
type many []string

func (m *many) String() string { return strings.Join(*m, " ") }

func (m *many) Set(value string) error {
	*m = append(*m, value)
	return nil
}

type options struct {
	namespace, kubeVersion, cluster         string
	upgrade, notes                          bool
	files, sets, setStrings, setFiles, apis many
}

func main() {
	log := func(err error) {
		fmt.Fprintf(os.Stderr, "Error: %v\n", err)
		os.Exit(1)
	}
	var o options
	flag.StringVar(&o.namespace, "namespace", "default", "the namespace of the release")
	flag.StringVar(&o.kubeVersion, "kube-version", "1.33.0", "the version of the cluster")
	flag.StringVar(&o.cluster, "cluster", "", "a file of the resources that lookup finds")
	flag.BoolVar(&o.upgrade, "is-upgrade", false, "render an upgrade instead of an installation")
	flag.BoolVar(&o.notes, "notes", false, "write what is told after an installation, instead of the resources")
	flag.Var(&o.files, "f", "a file of values")
	flag.Var(&o.sets, "set", "values, as a.b=1,c=x")
	flag.Var(&o.setStrings, "set-string", "the same, all of it text")
	flag.Var(&o.setFiles, "set-file", "a value that is the text of a file, as a.b=FILE")
	flag.Var(&o.apis, "api-versions", "a version that the API server has")
	flag.Parse()
	if flag.NArg() != 2 {
		log(fmt.Errorf("a release and a chart are needed, there are %d arguments", flag.NArg()))
	}
	// As helm install: lowercase names, not longer than 53.
	release := flag.Arg(0)
	if !releaseName.MatchString(release) || len(release) > 53 {
		log(fmt.Errorf("invalid release name %q", release))
	}
	rendered, err := render(release, flag.Arg(1), o)
	if err != nil {
		log(err)
	}
	write(rendered, o.notes)
}

func write(rendered map[string]string, onlyNotes bool) {
	var names []string
	for name := range rendered {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		text := rendered[name]
		isNotes := strings.HasSuffix(name, "/"+notes)
		if isNotes != onlyNotes || strings.TrimSpace(text) == "" {
			continue
		}
		if isNotes {
			fmt.Println(text)
			continue
		}
		fmt.Printf("---\n# Source: %s\n%s\n", name, strings.TrimSuffix(text, "\n"))
	}
}
