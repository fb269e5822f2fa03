import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Figure, figureOf, machineMs } from './figures.ts';
import { CLI, startShop } from './shop.ts';

/** From starting the process to the scanner being listened to, against a Node that does nothing at all. */
export async function startToScannerReady(starts: number): Promise<Figure[]> {
  await using shop = await startShop();
  const [ready, empty]: [number[], number[]] = [[], []];
  for (let start = 0; start <= starts; start++) {
    const from = machineMs();
    const args = ['sell', '--data', shop.dataDir, '--amount', '1', '--scanner', `serial:${shop.scannerPath}@9600`];
    const saoma = spawn(process.execPath, [CLI, ...args, '--printer', 'none', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...shop.envFor(`https://127.0.0.1:${shop.gatewayPort}`) },
    });
    await once(createInterface({ input: saoma.stdout }), 'line');
    const readyMs = machineMs() - from;
    saoma.kill('SIGKILL');
    await once(saoma, 'exit');
    const emptyMs = await emptyNode();
    // The first start makes the data folder.
    if (start === 0) continue;
    ready.push(readyMs);
    empty.push(emptyMs);
  }
  return [figureOf('start → scanner ready', ready, '≤ 400 ms'), figureOf('floor: an empty Node', empty)];
}

async function emptyNode(): Promise<number> {
  const from = machineMs();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return machineMs() - from;
}
