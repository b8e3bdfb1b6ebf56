'use strict';
// Starts the daemon's bundle, as fresh as its sources. dist/daemon/main.js leads here: only a start of the daemon has to
// look at the daemon's sources, not every command.
const { pathToFileURL } = require('node:url');
const { freshEntry } = require('./fresh-entry.cjs');

try {
  void import(pathToFileURL(freshEntry('daemon')).href);
} catch (error) {
  process.stderr.write(`${/** @type {Error} */ (error).message}\n`);
  process.exitCode = 70;
}
