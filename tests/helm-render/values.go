package main

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"

	"github.com/xeipuuv/gojsonschema"
	"sigs.k8s.io/yaml"
)

// read gathers the values: those of the chart, then files, then --set, --set-string and --set-file; later ones win.
func (c *chart) read(o options) (map[string]interface{}, error) {
	given := map[string]interface{}{}
	for _, file := range o.files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		values := map[string]interface{}{}
		if err := yaml.UnmarshalStrict(data, &values); err != nil {
			return nil, fmt.Errorf("%s: %v", file, err)
		}
		given = merge(given, values)
	}
	for _, set := range o.sets {
		if err := assignAll(given, set, typed); err != nil {
			return nil, err
		}
	}
	for _, set := range o.setStrings {
		if err := assignAll(given, set, func(text string) (interface{}, error) { return text, nil }); err != nil {
			return nil, err
		}
	}
	for _, set := range o.setFiles {
		err := assign(given, set, func(file string) (interface{}, error) {
			data, err := os.ReadFile(file)
			return string(data), err
		})
		if err != nil {
			return nil, err
		}
	}
	return withoutNulls(merge(c.values, given)), nil
}

// merge lays values over others: maps are merged, everything else is replaced.
func merge(under, over map[string]interface{}) map[string]interface{} {
	merged := map[string]interface{}{}
	for key, value := range under {
		merged[key] = value
	}
	for key, value := range over {
		lower, isMap := merged[key].(map[string]interface{})
		if upper, both := value.(map[string]interface{}); isMap && both {
			value = merge(lower, upper)
		}
		merged[key] = value
	}
	return merged
}

// withoutNulls: null takes a default away.
func withoutNulls(values map[string]interface{}) map[string]interface{} {
	for key, value := range values {
		if below, isMap := value.(map[string]interface{}); isMap {
			values[key] = withoutNulls(below)
		} else if value == nil {
			delete(values, key)
		}
	}
	return values
}

// assignAll reads a.b=value,c=other into values.
func assignAll(values map[string]interface{}, set string, read func(string) (interface{}, error)) error {
	for _, assignment := range split(set, ',') {
		if err := assign(values, assignment, read); err != nil {
			return err
		}
	}
	return nil
}

// assign reads a.b=value into values.
func assign(values map[string]interface{}, assignment string, read func(string) (interface{}, error)) error {
	name, text, found := strings.Cut(assignment, "=")
	if !found || name == "" {
		return fmt.Errorf("failed parsing --set data: %q has no value", assignment)
	}
	keys := split(name, '.')
	for _, key := range keys[:len(keys)-1] {
		below, isMap := values[key].(map[string]interface{})
		if !isMap {
			below = map[string]interface{}{}
			values[key] = below
		}
		values = below
	}
	value, err := read(text)
	values[keys[len(keys)-1]] = value
	return err
}

func typed(text string) (interface{}, error) {
	if strings.HasPrefix(text, "{") && strings.HasSuffix(text, "}") {
		list := []interface{}{}
		for _, item := range split(text[1:len(text)-1], ',') {
			if item != "" {
				value, _ := typed(item)
				list = append(list, value)
			}
		}
		return list, nil
	}
	switch text {
	case "true", "false":
		return text == "true", nil
	case "null":
		return nil, nil
	}
	if number, err := strconv.ParseInt(text, 10, 64); err == nil && (text == "0" || !strings.HasPrefix(text, "0")) {
		return number, nil
	}
	return text, nil
}

// split divides at a separator that no backslash stands before, and that is in no braces.
func split(text string, separator rune) []string {
	parts, depth, escaped := []string{""}, 0, false
	for _, c := range text {
		last := len(parts) - 1
		switch {
		case escaped:
			if c != separator {
				parts[last] += "\\"
			}
			parts[last] += string(c)
			escaped = false
		case c == '\\':
			escaped = true
		case c == separator && depth == 0:
			parts = append(parts, "")
		default:
			if c == '{' {
				depth++
			} else if c == '}' {
				depth--
			}
			parts[last] += string(c)
		}
	}
	return parts
}

// judge holds the values against values.schema.json.
func (c *chart) judge(values map[string]interface{}) error {
	if c.schema == nil {
		return nil
	}
	result, err := gojsonschema.Validate(gojsonschema.NewBytesLoader(c.schema), gojsonschema.NewGoLoader(values))
	if err != nil {
		return err
	}
	var mistakes []string
	for _, mistake := range result.Errors() {
		mistakes = append(mistakes, "- "+mistake.String())
	}
	if len(mistakes) == 0 {
		return nil
	}
	sort.Strings(mistakes)
	return fmt.Errorf("values don't meet the specifications of the schema(s) in the following chart(s):\n%s:\n%s", c.metadata.Name, strings.Join(mistakes, "\n"))
}
