// `npm start`: the main job, by the example that shows it.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = ['--conditions=@appointed/source', '--import', 'tsx', 'examples/start/src/main.ts'];
const program = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
program.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
