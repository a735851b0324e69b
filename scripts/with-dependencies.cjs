// Installs what the workspace needs, when it is not there yet, and then runs one of its scripts. Written for any Node,
// however old, so that an old one gets one clear line and not a syntax error.
'use strict';

var child = require('child_process');
var crypto = require('crypto');
var fs = require('fs');
var path = require('path');

var root = path.join(__dirname, '..');
var manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

function isOlder(version, wanted) {
  var have = version.split('.').map(Number);
  var want = wanted.split('.').map(Number);
  for (var i = 0; i < want.length; i++) {
    if (have[i] !== want[i]) return have[i] < want[i];
  }
  return false;
}

function fingerprint() {
  var hash = crypto.createHash('sha256').update(process.version);
  ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].forEach(function (file) {
    hash.update(fs.readFileSync(path.join(root, file)));
  });
  return hash.digest('hex');
}

function run(command, args) {
  // On Windows npx is a command file, which only a shell can start; nothing here comes from outside this file.
  var options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' };
  var result = child.spawnSync(command, args, options);
  if (result.error) {
    console.error('Could not start ' + command + ': ' + result.error.message);
    process.exit(1);
  }
  if (result.status !== 0) process.exit(result.status === null ? 1 : result.status);
}

var oldest = manifest.engines.node.replace('>=', '');
if (isOlder(process.versions.node, oldest)) {
  console.error('Appointed needs Node.js ' + oldest + ' or newer; this is ' + process.version + '.');
  process.exit(1);
}

var stamp = path.join(root, 'node_modules', '.appointed-installed');
var wanted = fingerprint();
if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== wanted) {
  console.log('Installing dependencies (once)...');
  run('npx', ['-y', manifest.packageManager, 'install', '--frozen-lockfile', '--reporter=append-only']);
  fs.writeFileSync(stamp, wanted);
}
run(process.execPath, [path.join(__dirname, process.argv[2] + '.mjs')].concat(process.argv.slice(3)));
