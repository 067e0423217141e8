//go:build tools

// Package ferretdb pins the FerretDB that the tests use: `go install …@v2.7.0` fails where a module proxy refuses
// version lists, a pinned go.mod does not.
package ferretdb

import _ "github.com/FerretDB/FerretDB/v2/cmd/ferretdb"
